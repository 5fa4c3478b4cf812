/// One electrode as the series sees it.
struct SphereLane {
  let index: Int

  /// Which layer it is in, from 0.
  let layer: Int

  /// Distance from the centre, um, not beyond the last sphere.
  let radius: Double

  /// 1 - |cos| of the angle between dipole and electrode, without cancellation.
  let complement: Double

  /// The sign of the cosine.
  let sign: Double

  /// The electrode's direction without its part along the axis: as long as the angle's sine.
  let across: SIMD3<Double>

  /// By which factor the terms of the series fall at least.
  let ratio: Double

  init(
    index: Int, _ electrode: SIMD3<Double>, axis: SIMD3<Double>, depth: Double, radii: [Double]
  ) throws {
    self.index = index
    let outermost = radii[radii.count - 1]
    radius = min(norm(electrode), outermost)
    let direction = radius > 0 ? electrode / norm(electrode) : axis
    let cosine = dot(direction, axis)
    sign = cosine < 0 ? -1 : 1
    let difference = direction - sign * axis
    complement = 0.5 * dot(difference, difference)
    // direction - cos axis, with the cosine from its complement.
    across = difference + sign * complement * axis
    let distance = radius
    layer = radii.firstIndex { distance <= $0 } ?? radii.count - 1
    ratio = layer == 0 ? (depth / radii[0]) * (radius / radii[0]) : depth / radius
    guard 40 < (1 - ratio) * LayeredSphereModel.termLimit else {
      throw ForwardModelError(
        parameter: "location",
        "dipole and electrode \(index + 1) are both at the innermost sphere, "
          + "\(depth.inMessage) um and \(radius.inMessage) um from the centre with its radius \(radii[0]) um; move one of them by 1 um"
      )
    }
  }
}
