public import LinearAlgebra

/// Potentials of a dipole in the innermost of concentric spheres about the origin: brain, cerebrospinal
/// fluid, skull and scalp, each homogeneous, with an insulator outside (Srinivasan et al. 1998, Brain
/// Topogr 11: 55; Næss et al. 2017, Front Hum Neurosci 11: 490). Any other number of layers is possible.
///
/// The potential is a Legendre series, summed until what is left out is below 1e-14 of the result by a
/// bound that always holds. In the brain the dipole's own part is added in closed form, so that contacts
/// may be anywhere: near the dipole, deeper than it, or opposite to it.
public struct LayeredSphereModel: DipoleModel, Equatable {
  /// Contacts, um from the common centre.
  public let electrodes: [SIMD3<Double>]

  /// Outer radii of the layers from the inside, um.
  public let radii: [Double]

  /// Conductivities of the layers, S/m.
  public let sigmas: [Double]

  /// Radii of brain, cerebrospinal fluid, skull and scalp, um.
  public static let fourSphereRadii = [79_000.0, 80_000, 85_000, 90_000]

  /// Conductivities of brain, cerebrospinal fluid, skull and scalp, S/m.
  public static let fourSphereSigmas = [0.3, 1.5, 0.015, 0.3]

  /// Electrodes may be outside the last sphere by this much of its radius: rounding.
  static let roundingAllowance = 1e-9

  /// Sums are refused that would need more terms.
  static let termLimit = 20_000_000.0

  /// - Throws: `ForwardModelError` when there is no electrode, one is outside the spheres by more than
  ///   rounding (1e-9 of the radius), radii are not positive or decrease from one to the next, or
  ///   conductivities are not as many as radii, positive and finite. Equal radii make a layer without
  ///   thickness; a very small conductivity stands for an insulator.
  public init(
    electrodes: [SIMD3<Double>], radii: [Double] = Self.fourSphereRadii,
    sigmas: [Double] = Self.fourSphereSigmas
  ) throws {
    try ForwardModelError.requireFinite(electrodes)
    try Self.check(radii: radii, sigmas: sigmas)
    let scalp = radii[radii.count - 1]
    for (i, electrode) in electrodes.enumerated()
    where norm(electrode) > scalp * (1 + Self.roundingAllowance) {
      throw ForwardModelError(
        parameter: "electrodes",
        "electrode \(i + 1) is \(norm(electrode).inMessage) um from the centre, outside the outermost "
          + "sphere of radius \(scalp) um; electrodes lie on or inside it")
    }
    self.electrodes = electrodes
    self.radii = radii
    self.sigmas = sigmas
  }

  private static func check(radii: [Double], sigmas: [Double]) throws {
    guard !radii.isEmpty else {
      throw ForwardModelError(parameter: "radii", "there are no radii; give those of all spheres")
    }
    guard radii.count == sigmas.count else {
      throw ForwardModelError(
        parameter: "sigmas",
        "there are \(sigmas.count) conductivities for \(radii.count) spheres; give one for each")
    }
    for radius in radii { try ForwardModelError.requirePositive(radius, "radii", unit: "um") }
    for (inner, outer) in zip(radii, radii.dropFirst()) where outer < inner {
      throw ForwardModelError(
        parameter: "radii",
        "a sphere of radius \(outer) um follows one of \(inner) um; give radii from the inside out")
    }
    for sigma in sigmas { try ForwardModelError.requirePositive(sigma, "sigmas", unit: "S/m") }
  }

  public var quantity: DipoleQuantity { .potential }
  public var positions: [SIMD3<Double>] { electrodes }

  /// - Throws: `ForwardModelError` when the location is not finite or not inside the innermost sphere,
  ///   an electrode is there, or both are so close to the innermost sphere (2e-6 of its radius) that
  ///   the series would need more than twenty million terms.
  public func dipoleMatrix(at location: SIMD3<Double>) throws -> Matrix {
    try ForwardModelError.requireFinite(location: location)
    try ForwardModelError.requireApart(electrodes, location, "electrode")
    let (depth, brain) = (norm(location), radii[0])
    guard depth < brain else {
      throw ForwardModelError(
        parameter: "location",
        "the dipole is \(depth.inMessage) um from the centre, not inside the innermost sphere of radius "
          + "\(brain) um; move it inwards")
    }
    // At the centre any axis serves.
    let axis = depth > 0 ? location / depth : SIMD3(0, 0, 1)
    let lanes = try electrodes.indices.map { index in
      try SphereLane(index: index, electrodes[index], axis: axis, depth: depth, radii: radii)
    }
    let sums = LayeredSphereSums(radii: radii, sigmas: sigmas, depth: depth).sums(lanes)
    let shared = 1 / (4 * Double.pi * sigmas[0])
    var rows = [SIMD3<Double>](repeating: .zero, count: electrodes.count)
    for (lane, sum) in zip(lanes, sums) {
      let series = (sum.radial * axis + sum.tangential * lane.across) / (brain * brain)
      let own = lane.layer == 0 ? inverseSquare(electrodes[lane.index] - location) : .zero
      rows[lane.index] = shared * (series + own)
    }
    return Matrix(rows: rows.count, columns: 3, storage: rows.flatMap { [$0.x, $0.y, $0.z] })
  }
}
