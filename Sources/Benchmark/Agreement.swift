import Foundation
import LFPKernels

/// What Scripts/reference_benchmark.py writes.
struct ReferenceResults: Decodable {
  struct Case: Decodable {
    let name: String
    let compartments: Int
    let seconds: [Double]

    /// Outputs × lags 0 ... tau, mV.
    let kernel: [[Double]]
  }

  let cases: [Case]

  init(path: String) throws {
    self = try JSONDecoder().decode(
      ReferenceResults.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  // A type with an initialiser of its own has no synthesised one beside it.
  init(from decoder: any Decoder) throws {
    cases = try decoder.container(keyedBy: Keys.self).decode([Case].self, forKey: .cases)
  }

  private enum Keys: CodingKey { case cases }
}

/// How a kernel of the reference compares with ours.
struct Agreement: Codable {
  /// With our kernel in the reference's steps: whether both compute the same thing.
  let difference: Double

  /// With our exact kernel: what the reference's steps cost it.
  let steppingError: Double

  /// The reference rounds coordinates, which alone moves kernels by 1e-6.
  static let tolerance = 1e-5

  /// - Throws: when our kernels cannot be computed or have another shape.
  init(_ reference: ReferenceResults.Case, _ item: Case) throws {
    func difference(_ solver: CableSolver) throws -> Double {
      var network = item.network
      network.settings.solver = solver
      network.settings.average = .separate
      network.settings.lags = .fir
      let ours = try KernelEngine(network).kernels(from: item.pre)[0].values
      guard reference.kernel.count == ours.rows,
        reference.kernel.allSatisfy({ $0.count == ours.columns + 1 })
      else { throw BenchmarkError("\(item.name): the reference's kernel has another shape") }
      var worst = 0.0
      for (e, row) in reference.kernel.enumerated() {
        worst = max(worst, abs(row[0]))
        for (k, value) in row.dropFirst().enumerated() {
          // Written so that NaN counts.
          let d = abs(value - ours[e, k])
          if !(d <= worst) { worst = d }
        }
      }
      return worst / ours.maximumMagnitude
    }
    self.difference = try difference(.backwardEuler)
    steppingError = try difference(.exact)
  }

  var isGood: Bool { difference < Agreement.tolerance }
}

/// Why there is no result.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
