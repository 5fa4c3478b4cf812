internal import CellMorphology

/// Eight straight pieces of current.
struct LineGroup {
  /// Where a contact counts as one in the compartment, at a distance of its radius from its axis.
  enum Limit {
    /// Within the radius from the axis, also beyond the ends.
    case axis
    /// Within the radius from the compartment between its ends.
    case segment
    /// Nowhere: the contact is known to be outside.
    case none
  }

  var endX, endY, endZ: Lanes
  var directionX, directionY, directionZ: Lanes
  var length, radiusSquared: Lanes

  init(_ lines: [LineSource], _ members: [Int]) {
    endX = lanes(members) { lines[$0].end.x }
    endY = lanes(members) { lines[$0].end.y }
    endZ = lanes(members) { lines[$0].end.z }
    directionX = lanes(members) { lines[$0].direction.x }
    directionY = lanes(members) { lines[$0].direction.y }
    directionZ = lanes(members) { lines[$0].direction.z }
    length = lanes(members) { lines[$0].length }
    radiusSquared = lanes(members) { lines[$0].radius * lines[$0].radius }
  }

  /// The mean of 1 / distance over each line, for a contact at each lane's place.
  ///
  /// With the distances r and s from the ends and the length L, the mean is 2 artanh(L / (r + s)) / L:
  /// a short series away from the line; near it, three forms of a logarithm without cancellation.
  @inline(__always)
  func meanInverseDistance(_ x: Lanes, _ y: Lanes, _ z: Lanes, limit: Limit) -> Lanes {
    let (vx, vy, vz) = (x - endX, y - endY, z - endZ)
    let square = vx * vx + vy * vy + vz * vz
    let h = vx * directionX + vy * directionY + vz * directionZ
    let l = h + length
    let (h2, l2) = (h * h, l * l)
    var rho2 = square - h2
    rho2.replace(with: Lanes.zero, where: rho2 .< 0)
    rho2 = limited(rho2, h: h, l: l, limit: limit)
    let (rh, rl) = (squareRoot(h2 + rho2), squareRoot(l2 + rho2))
    let inverse = 1 / (rh + rl)
    let ratio = length * inverse
    let near = ratio .> 0.2
    let far = 2 * inverse * artanhRatio(square: ratio * ratio)
    if !any(near) { return far }
    let close = nearMean((vx, vy, vz), h: h, l: l, limit: limit)
    return far.replacing(with: close, where: near)
  }

  /// The square of the distance from the axis, at least that of the radius where the limit applies.
  @inline(__always)
  private func limited(_ rho2: Lanes, h: Lanes, l: Lanes, limit: Limit) -> Lanes {
    switch limit {
    case .none: return rho2
    case .axis: return rho2.replacing(with: radiusSquared, where: rho2 .< radiusSquared)
    case .segment:
      var along = Lanes.zero
      along.replace(with: h, where: h .> 0)
      along.replace(with: l, where: l .< 0)
      return rho2.replacing(
        with: radiusSquared,
        where: (rho2 .< radiusSquared) .& (rho2 + along * along .< radiusSquared))
    }
  }

  @inline(never)
  private func nearMean(
    _ v: (x: Lanes, y: Lanes, z: Lanes), h: Lanes, l: Lanes, limit: Limit
  ) -> Lanes {
    // The vector product gives the distance from the axis without cancellation.
    let cx = v.y * directionZ - v.z * directionY
    let cy = v.z * directionX - v.x * directionZ
    let cz = v.x * directionY - v.y * directionX
    let rho2 = limited(cx * cx + cy * cy + cz * cz, h: h, l: l, limit: limit)
    let (rh, rl) = (squareRoot(h * h + rho2), squareRoot(l * l + rho2))
    var (absH, absL) = (h, l)
    absH.replace(with: -h, where: h .< 0)
    absL.replace(with: -l, where: l .< 0)
    let (a, b) = (rh + absH, rl + absL)
    let (before, beyond) = (l .< 0, h .>= 0)
    let alongside = .!(before .| beyond)
    let numerator = a.replacing(with: b, where: .!before)
    let denominator = b.replacing(with: a, where: .!before)
    let between = (a * b) / rho2.replacing(with: 1, where: .!alongside)
    let quotient = (numerator / denominator).replacing(with: between, where: alongside)
    return logarithm(quotient) / length
  }
}

/// A straight piece of current.
struct LineSource: Sendable {
  var end: SIMD3<Double>
  var direction: SIMD3<Double>
  var length: Double
  var radius: Double

  init(start: SIMD3<Double>, end: SIMD3<Double>, radius: Double) {
    let d = end - start
    length = (d * d).sum().squareRoot()
    direction = length > 0 ? d / length : .zero
    self.end = end
    self.radius = radius
  }

  init(_ compartments: Compartments, _ i: Int) {
    self.init(
      start: compartments.start(i), end: compartments.end(i),
      radius: 0.5 * compartments.diameter[i])
  }

  var start: SIMD3<Double> { end - length * direction }

  /// The same line where lengths along the axes are multiplied.
  func stretched(by factors: SIMD3<Double>) -> LineSource {
    LineSource(start: factors * start, end: factors * end, radius: radius)
  }
}
