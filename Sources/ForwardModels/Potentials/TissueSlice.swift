internal import CellMorphology

/// A slice of tissue between two other media, such as the glass of an electrode array below it and
/// saline above it: three layers of homogeneous conductivity with horizontal interfaces.
public struct TissueSlice: Sendable, Equatable {
  /// Height of the tissue's lower face, um.
  public let bottom: Double

  /// Height of the tissue's upper face less that of its lower, um.
  public let thickness: Double

  /// Conductivity of the tissue, S/m.
  public let tissue: Double

  /// Conductivity above the tissue, S/m; 0 for an insulator.
  public let above: Double

  /// Conductivity below the tissue, S/m; 0 for an insulator, such as glass.
  public let below: Double

  /// Number of terms of the series of images, from the first with the current itself and its two
  /// nearest images on: 20 are 79 terms.
  public let steps: Int

  /// - Throws: `ForwardModelError` when a length or the tissue's conductivity is not positive, another
  ///   conductivity is negative, or there is no step.
  public init(
    bottom: Double = 0, thickness: Double = 300, tissue: Double = 0.3, above: Double = 1.5,
    below: Double = 0, steps: Int = 20
  ) throws {
    guard bottom.isFinite else {
      throw ForwardModelError(parameter: "bottom", "bottom is \(bottom) um; it must be finite")
    }
    try ForwardModelError.requirePositive(thickness, "thickness", unit: "um")
    try ForwardModelError.requirePositive(tissue, "tissue", unit: "S/m")
    for (sigma, name) in [(above, "above"), (below, "below")] {
      guard sigma >= 0, sigma.isFinite else {
        throw ForwardModelError(
          parameter: name,
          "the conductivity \(name) the tissue is \(sigma) S/m; it must be finite and not negative")
      }
    }
    guard steps >= 1 else {
      throw ForwardModelError(parameter: "steps", "steps is \(steps); it must be at least 1")
    }
    self.bottom = bottom
    self.thickness = thickness
    self.tissue = tissue
    self.above = above
    self.below = below
    self.steps = steps
  }

  /// Height of the tissue's upper face, um.
  public var top: Double { bottom + thickness }

  /// What an image in the upper interface weighs: 0 where the media are equal.
  var weightAbove: Double { (tissue - above) / (tissue + above) }

  /// What an image in the lower interface weighs.
  var weightBelow: Double { (tissue - below) / (tissue + below) }

  private var allowance: Double { 1e-9 * max(thickness, abs(bottom), abs(top)) }

  /// Throws where a contact, or a part of its surface, is outside the tissue.
  func requireInside(_ contacts: [SIMD3<Double>], _ surfaces: [ContactSurface])
    throws(ForwardModelError)
  {
    for (j, contact) in contacts.enumerated() {
      let reach =
        surfaces.isEmpty ? 0 : surfaces[surfaces.count == 1 ? 0 : j].reachInZ
      let (low, high) = (contact.z - reach, contact.z + reach)
      if low < bottom - allowance {
        throw ForwardModelError(
          parameter: "contacts",
          "contact \(j + 1) reaches down to z = \(low.inMessage) um, below the tissue from \(bottom) to \(top) um"
            + (below == 0 ? " (inside the glass)" : ""))
      }
      if high > top + allowance {
        throw ForwardModelError(
          parameter: "contacts",
          "contact \(j + 1) reaches up to z = \(high.inMessage) um, above the tissue from \(bottom) to \(top) um"
        )
      }
    }
  }

  /// Throws where a compartment is outside the tissue: by how much, and which one is farthest.
  func requireInside(_ compartments: Compartments) throws(ForwardModelError) {
    var (farthest, distance) = (0, 0.0)
    for i in 0..<compartments.count {
      let (a, b) = (compartments.startZ[i], compartments.endZ[i])
      let outside = max(bottom - min(a, b), max(a, b) - top)
      if !(outside <= distance) { (farthest, distance) = (i, outside) }
    }
    guard !(distance <= allowance) else { return }
    let (a, b) = (compartments.startZ[farthest], compartments.endZ[farthest])
    let section = compartments.sectionNames[compartments.section[farthest]]
    let side = bottom - min(a, b) == distance ? "below" : "above"
    throw ForwardModelError(
      parameter: "slice",
      "the cell reaches \(distance.inMessage) um out of the slice: compartment \(farthest) of section \(section), "
        + "from z = \(a.inMessage) to \(b.inMessage) um, is \(side) the tissue from \(bottom) to \(top) um; "
        + "move or squeeze the cell")
  }

  /// The cell with heights moved towards that of the first compartment's midpoint by a factor, into the
  /// tissue: z becomes z0 + (1 - factor) (z - z0). Radii stay.
  func squeezed(_ compartments: Compartments, by factor: Double) throws(ForwardModelError)
    -> Compartments
  {
    guard compartments.count > 0 else { return compartments }
    let z0 = compartments.midpointZ(0)
    guard z0 > bottom, z0 < top else {
      throw ForwardModelError(
        parameter: "squeeze",
        "the midpoint of compartment 0 is at z = \(z0.inMessage) um, outside the tissue from \(bottom) to "
          + "\(top) um; a squeezed cell stays outside")
    }
    var result = compartments
    result.startZ = compartments.startZ.map { z0 + (1 - factor) * ($0 - z0) }
    result.endZ = compartments.endZ.map { z0 + (1 - factor) * ($0 - z0) }
    return result
  }
}
