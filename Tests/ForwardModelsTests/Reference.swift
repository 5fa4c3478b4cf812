import CellMorphology
import Foundation

/// What Fixtures/make_fixtures.py wrote.
enum Reference {
  /// The mean of 1 / distance over a segment, at least the radius from its axis, 1/um.
  struct Line: Decodable, Sendable {
    let start, end, contact: [Double]
    let radius, mean: Double
  }

  /// F(distance) for a disc of this radius, spread with this scale, um.
  struct Cylinder: Decodable, Sendable {
    let radius, scale: Double
    let distance, value: [Double]
  }

  /// Point and line sources of the reference implementation, mV/nA.
  struct Golden: Decodable, Sendable {
    struct Columns: Decodable, Sendable {
      let x, y, z: [[Double]]
      let d: [Double]
    }
    let cell: Columns
    let contacts: [[Double]]
    let sigma: Double
    let point, line: [[Double]]
  }

  static func lines() throws -> [Line] { try read("line") }
  static func cylinders() throws -> [Cylinder] { try read("cylinder") }
  static func golden() throws -> Golden { try read("golden") }

  private static func read<Value: Decodable>(_ name: String) throws -> Value {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
  }
}

extension SIMD3<Double> {
  init(row: [Double]) { self.init(row[0], row[1], row[2]) }

  var norm: Double { (self * self).sum().squareRoot() }
}

/// |value - expected| / |expected|.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  value == expected ? 0 : abs(value - expected) / abs(expected)
}

extension Compartments {
  /// Straight pieces by their ends and diameters.
  init(_ pieces: [(start: SIMD3<Double>, end: SIMD3<Double>, diameter: Double)]) {
    let length = pieces.map { ($0.end - $0.start).norm }
    self.init(
      startX: pieces.map(\.start.x), startY: pieces.map(\.start.y), startZ: pieces.map(\.start.z),
      endX: pieces.map(\.end.x), endY: pieces.map(\.end.y), endZ: pieces.map(\.end.z),
      diameter: pieces.map(\.diameter), area: zip(pieces, length).map { .pi * $0.diameter * $1 },
      length: length, section: pieces.map { _ in 0 }, sectionNames: ["dend"])
  }

  /// Discs at these depths, um.
  init(depths: [Double]) {
    self.init(
      depths.map { (start: SIMD3(3, 1, $0 - 0.25), end: SIMD3(3, 1, $0 + 0.25), diameter: 1) })
  }
}

/// A reproducible stream of random numbers (SplitMix64).
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func position(within size: Double = 100) -> SIMD3<Double> {
    SIMD3(
      .random(in: -size...size, using: &self), .random(in: -size...size, using: &self),
      .random(in: -size...size, using: &self))
  }

  mutating func pieces(_ count: Int) -> Compartments {
    Compartments(
      (0..<count).map { _ in
        let start = position()
        return (
          start: start, end: start + position(within: 20),
          diameter: .random(in: 0.2...5, using: &self)
        )
      })
  }
}

/// The larger of two numbers; NaN when either is, so that no test passes on NaN.
func largestOrNaN(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }
