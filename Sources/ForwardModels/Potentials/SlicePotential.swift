public import CellMorphology
public import LinearAlgebra

/// How the current of a compartment is spread in space.
public enum CurrentSource: Sendable, Equatable {
  /// Each compartment is a point at its midpoint.
  case points
  /// Each compartment is a line from its start to its end.
  case lines
  /// The compartments with these indices are points, the others are lines; `[0]` for the soma.
  case linesAndPoints([Int])
}

/// Potentials in a slice of tissue, for example on an electrode array, by the method of images
/// (Ness et al. 2015, Neuroinformatics 13: 403).
///
/// Contacts are anywhere in the tissue or on its faces. For a contact at height z above the lower face
/// of a slice of thickness h, a current contributes as in one medium to the contact and to its images
/// at the heights
///
///     2 h - z : S,  -z : G,  and times (S G)^k for k = 1 ... steps - 1
///     2 (k + 1) h - z : S,  -2 k h - z : G,  z + 2 k h : 1,  z - 2 k h : 1,
///
/// each with its weight, S = (sT - sS) / (sT + sS), G = (sT - sG) / (sT + sG), and sT, sS, sG the
/// conductivities of the tissue and of what is above and below. For lines, the very last image with
/// weight S is left out, as in LFPykit; for that, its sums for points and for lines differ by about
/// |S G|^steps.
///
/// A contact within a compartment's radius counts as one on its surface: for points by moving it
/// horizontally, for lines by moving it away from the nearest point of the axis between the ends.
public struct SlicePotential: ForwardModel, Equatable {
  /// Contacts, um: the centres of their surfaces.
  public let contacts: [SIMD3<Double>]

  /// Surfaces that the potentials are averaged over: none for points, one for all contacts, or one
  /// for each.
  public let surfaces: [ContactSurface]

  public let slice: TissueSlice
  public let source: CurrentSource

  /// Where given, the matrix is that of the cell with all heights moved towards that of the midpoint of
  /// compartment 0: z becomes z0 + (1 - squeeze) (z - z0). The cell itself is not changed.
  public let squeeze: Double?

  /// - Throws: `ForwardModelError` when there is no contact, one is outside the tissue, a number is not
  ///   finite, the number of surfaces is not that of the contacts, or squeeze is not between -1 and 1.
  public init(
    contacts: [SIMD3<Double>], slice: TissueSlice, source: CurrentSource = .lines,
    surfaces: [ContactSurface] = [], squeeze: Double? = nil
  ) throws {
    try validate(contacts: contacts, surfaces: surfaces)
    try slice.requireInside(contacts, surfaces)
    if let squeeze, !(abs(squeeze) < 1) {
      throw ForwardModelError(
        parameter: "squeeze", "squeeze is \(squeeze); it must be between -1 and 1")
    }
    self.contacts = contacts
    self.surfaces = surfaces
    self.slice = slice
    self.source = source
    self.squeeze = squeeze
  }

  public var unit: String { "mV" }
  public var positions: [SIMD3<Double>] { contacts }

  /// - Throws: `ForwardModelError` when a compartment is outside the tissue, or one that is to be a
  ///   point does not exist.
  public func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    var cell = compartments
    if let squeeze { cell = try slice.squeezed(cell, by: squeeze) }
    try slice.requireInside(cell)
    let series = ImageSeries(slice, inPairs: false)
    let lineSeries = ImageSeries(slice, inPairs: true)
    switch source {
    case .points:
      return matrix(SlicePointSources(cell, series: series))
    case .lines:
      return matrix(SliceLineSources(cell, series: lineSeries))
    case .linesAndPoints(let indices):
      try requirePointCompartments(indices, of: cell.count)
      return matrix(
        MixedSources(
          lines: SliceLineSources(cell, series: lineSeries),
          points: SlicePointSources(cell, series: series).selecting(indices),
          pointIndices: indices))
    }
  }

  private func matrix(_ kernel: some SourceKernel) -> Matrix {
    potentialMatrix(contacts: contacts, surfaces: surfaces, kernel: kernel)
  }
}
