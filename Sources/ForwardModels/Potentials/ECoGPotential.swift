public import CellMorphology
public import LinearAlgebra

/// Potentials on the surface of the cortex, or in it below the surface (electrocorticography, ECoG): the
/// method of images upside down. Tissue is below a horizontal surface, and above it a medium of another
/// conductivity: cerebrospinal fluid or saline, or an insulating carrier (0).
///
/// With S = (sT - sA) / (sT + sA), and nothing else below, each current has one image in the surface:
///
///     M = (1 / distance to the contact + S / distance to the contact's image) / (4 pi sT)
///
/// (Ness et al. 2015, Neuroinformatics 13: 403). With a medium below the tissue, such as white matter, it
/// is the slice of `SlicePotential`.
public struct ECoGPotential: ForwardModel, Equatable {
  /// The equivalent slice.
  public let potential: SlicePotential

  /// - Parameters:
  ///   - contacts: Positions, um, not above the surface.
  ///   - surface: Height of the surface, um.
  ///   - tissue: Conductivity of the tissue, S/m.
  ///   - above: Conductivity above the surface, S/m.
  ///   - depth: How far the tissue reaches below the surface, um; the cell must be within it.
  ///   - below: Conductivity below that, S/m; that of the tissue unless told.
  /// - Throws: `ForwardModelError` as `TissueSlice` and `SlicePotential`.
  public init(
    contacts: [SIMD3<Double>], surface: Double = 0, tissue: Double = 0.3, above: Double = 1.5,
    depth: Double = 10_000, below: Double? = nil, steps: Int = 20, source: CurrentSource = .lines,
    surfaces: [ContactSurface] = []
  ) throws {
    try ForwardModelError.requirePositive(depth, "depth", unit: "um")
    guard surface.isFinite else {
      throw ForwardModelError(parameter: "surface", "surface is \(surface) um; it must be finite")
    }
    let slice = try TissueSlice(
      bottom: surface - depth, thickness: depth, tissue: tissue, above: above,
      below: below ?? tissue, steps: steps)
    potential = try SlicePotential(
      contacts: contacts, slice: slice, source: source, surfaces: surfaces)
  }

  public var unit: String { potential.unit }
  public var positions: [SIMD3<Double>] { potential.positions }

  /// - Throws: `ForwardModelError` when a compartment is above the surface or below the tissue.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try potential.transformationMatrix(for: compartments)
  }
}
