import Foundation

@testable import Distributions

/// The values that Fixtures/make_fixtures.py wrote.
struct Reference: Decodable, Sendable {
  struct Point: Decodable, Sendable {
    let x: Double
    let pdf: Double
    let below: Double
    let above: Double
  }
  struct Case: Decodable, Sendable {
    let name: String
    let parameters: [String: Double]
    let mean: Double
    let standardDeviation: Double
    let points: [Point]
  }
  let cases: [Case]

  static let scipy: Result<Reference, any Error> = Result {
    guard
      let url = Bundle.module.url(
        forResource: "scipy", withExtension: "json", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}

/// |value - expected| / |expected|.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  value == expected ? 0 : abs(value - expected) / abs(expected)
}
