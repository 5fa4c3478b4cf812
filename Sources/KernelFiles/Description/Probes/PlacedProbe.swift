import LFPKernels

/// Where a probe is put: turned about its origin by `rotation`, then moved to `position`.
struct PlacedProbe {
  private let position: SIMD3<Double>

  /// Nil for none: numbers then stay as they are.
  private let turn: RotationMatrix?

  init?(_ map: FieldMap) {
    guard let position = map.optional("position").map({ $0.vector(.length) }) ?? SIMD3.zero,
      let rotation = map.given("rotation", { Rotation.read($0) })
    else { return nil }
    self.position = position
    turn = rotation.map { RotationMatrix($0) }
  }

  func place(_ point: SIMD3<Double>) -> SIMD3<Double> { turned(point) + position }

  func turned(_ direction: SIMD3<Double>) -> SIMD3<Double> { turn?(direction) ?? direction }
}
