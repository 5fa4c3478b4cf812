import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

/// The reference's cells, contacts and matrices.
struct PotentialsFixture: Decodable {
  struct Cell: Decodable {
    var start, end: [[Double]]
    var diameter: [Double]
  }
  struct Case: Decodable {
    var cell: Cell
    var contacts, sphere: [[Double]]
    var matrices: [String: [[Double]]]

    func compartments(shiftedBy z: Double = 0) -> Compartments {
      makeCompartments(
        zip(cell.start, cell.end).map {
          (SIMD3($0[0], $0[1], $0[2] + z), SIMD3($1[0], $1[1], $1[2] + z))
        }, cell.diameter)
    }

    var points: [SIMD3<Double>] { contacts.map { SIMD3($0[0], $0[1], $0[2]) } }

    func matrix(_ name: String) throws -> Matrix { Matrix(try #require(matrices[name])) }
  }
  var golden, survey: Case

  static func load() throws -> PotentialsFixture {
    let url = try #require(
      Bundle.module.url(forResource: "potentials", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(PotentialsFixture.self, from: Data(contentsOf: url))
  }
}

func makeCompartments(_ lines: [(SIMD3<Double>, SIMD3<Double>)], _ diameter: [Double])
  -> Compartments
{
  let length = lines.map { (($0.1 - $0.0) * ($0.1 - $0.0)).sum().squareRoot() }
  return Compartments(
    startX: lines.map(\.0.x), startY: lines.map(\.0.y), startZ: lines.map(\.0.z),
    endX: lines.map(\.1.x), endY: lines.map(\.1.y), endZ: lines.map(\.1.z), diameter: diameter,
    area: zip(length, diameter).map { Double.pi * $0 * $1 }, length: length,
    section: lines.map { _ in 0 }, sectionNames: ["dend[0]"])
}

/// Numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(_ low: Double, _ high: Double) -> Double {
    Double.random(in: low...high, using: &self)
  }

  mutating func point(_ low: Double, _ high: Double) -> SIMD3<Double> {
    SIMD3(number(low, high), number(low, high), number(low, high))
  }

  /// Compartments of about the given length within a cube.
  mutating func compartments(_ count: Int, within half: Double, length: Double = 20)
    -> Compartments
  {
    let lines = (0..<count).map { _ in
      let start = point(-half, half)
      let end = start + point(-length, length)
      return (
        start, end.clamped(lowerBound: SIMD3(repeating: -half), upperBound: SIMD3(repeating: half))
      )
    }
    return makeCompartments(lines, lines.map { _ in number(0.5, 3) })
  }

  /// A rotation: the rows of an orthogonal matrix.
  mutating func rotation() -> (SIMD3<Double>) -> SIMD3<Double> {
    var (a, b) = (point(-1, 1), point(-1, 1))
    while (a * a).sum() < 0.1 { a = point(-1, 1) }
    a /= (a * a).sum().squareRoot()
    b -= (a * b).sum() * a
    while (b * b).sum() < 0.1 {
      b = point(-1, 1)
      b -= (a * b).sum() * a
    }
    b /= (b * b).sum().squareRoot()
    let c = cross(a, b)
    let (first, second) = (a, b)
    return { SIMD3((first * $0).sum(), (second * $0).sum(), (c * $0).sum()) }
  }
}

extension Compartments {
  var midpoints: [SIMD3<Double>] { (0..<count).map { midpoint($0) } }

  func mapped(_ f: (SIMD3<Double>) -> SIMD3<Double>) -> Compartments {
    makeCompartments((0..<count).map { (f(start($0)), f(end($0))) }, diameter)
  }
}

/// Largest difference over the largest entry.
func relativeDifference(_ a: Matrix, _ b: Matrix) -> Double {
  guard a.rows == b.rows, a.columns == b.columns else { return .infinity }
  return (a - b).maximumMagnitude / b.maximumMagnitude
}

/// The message of the forward model error that a closure throws.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch let error as ForwardModelError {
    return "\(error.parameter): \(error.description)"
  } catch {
    return "another error: \(error)"
  }
}
