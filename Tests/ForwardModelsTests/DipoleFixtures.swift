import Foundation
import LinearAlgebra

@testable import ForwardModels

/// The values that Fixtures/make_dipole_fixtures.py wrote.
struct DipoleFixtures: Decodable, Sendable {
  struct EEG: Decodable, Sendable {
    let electrodes: [[Double]]
    let dipoleLocation: [Double]
    let radii: [Double]
    let sigmas: [Double]
    let fourSphere: [[Double]]
    let fourSphereTangentialFree: [[Double]]
    let infinite: [[Double]]
  }
  struct MEG: Decodable, Sendable {
    let sensors: [[Double]]
    let dipoleLocation: [Double]
    let infiniteHomogeneous: [[[Double]]]
    let sphericallySymmetric: [[[Double]]]
  }
  struct Head: Decodable, Sendable {
    let electrodes: [[Double]]
    let radii: [Double]
    let sigmas: [Double]
    let dipole: [Double]
    let shallow: [Double]
    let fourSphere: [[Double]]
    let fourSphereShallow: [[Double]]
    let infinite: [[Double]]
    let megInfinite: [[[Double]]]
    let megSphere: [[[Double]]]
  }
  struct FiniteElements: Decodable, Sendable {
    let eleCoords: [[Double]]
    let rz: [Double]
    let p: [[Double]]
    let radii: [Double]
    let potFem: [[Double]]
    let sigmas: [Double]
  }
  struct Exact: Decodable, Sendable {
    let name: String
    let electrodes: [[Double]]
    let dipole: [Double]
    let radii: [Double]
    let sigmas: [Double]
    let matrix: [[Double]]
  }
  let eeg: EEG
  let meg: MEG
  let head: Head
  let fem: FiniteElements
  let exact: [Exact]
  let eegFurther: [[[Double]]]

  static let all: Result<DipoleFixtures, any Error> = Result {
    guard
      let url = Bundle.module.url(
        forResource: "dipoles", withExtension: "json", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(DipoleFixtures.self, from: Data(contentsOf: url))
  }
}

func point(_ p: [Double]) -> SIMD3<Double> { SIMD3(p[0], p[1], p[2]) }

/// The largest difference, over the largest entry of what is expected.
func difference(_ ours: Matrix, _ expected: [[Double]]) -> Double {
  let expected = Matrix(expected)
  guard ours.rows == expected.rows, ours.columns == expected.columns else { return .infinity }
  return (ours - expected).maximumMagnitude / expected.maximumMagnitude
}

/// Random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  /// A direction, uniform on the sphere.
  mutating func direction() -> SIMD3<Double> {
    while true {
      let v = SIMD3(number(-1...1), number(-1...1), number(-1...1))
      let n = norm(v)
      if n > 0.1, n <= 1 { return v / n }
    }
  }

  /// A place at a distance from the origin.
  mutating func place(_ distance: ClosedRange<Double>) -> SIMD3<Double> {
    number(distance) * direction()
  }

  mutating func rotation() throws -> RotationMatrix {
    try RotationMatrix(turning: direction(), to: direction())
      * RotationMatrix(turning: direction(), to: direction())
  }
}

/// Row `index` of a matrix with three columns.
func row(_ matrix: Matrix, _ index: Int) -> SIMD3<Double> {
  SIMD3(matrix[index, 0], matrix[index, 1], matrix[index, 2])
}
