import Foundation
import LFPKernels

/// What Scripts/reference_probes.py writes.
struct ProbeReference: Decodable {
  struct Case: Decodable {
    let name: String

    /// Of the whole matrix.
    let seconds: [Double]

    /// Outputs × those compartments that were computed.
    let matrix: [[Double]]
  }

  let cases: [Case]

  static func read(_ path: String) throws -> ProbeReference {
    try JSONDecoder().decode(
      ProbeReference.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

/// What was measured of a probe.
struct ProbeResult: Codable {
  let name, title: String
  let ours: Timing
  let reference: Timing?

  /// Largest difference between the reference and a matrix that is as exact as can be, over the largest
  /// entry.
  let referenceDifference: Double?

  /// Largest difference between the matrix that is timed and that one.
  let error: Double?
  let targetRatio, limit: Double?
  let tolerance: Double?

  init(
    _ input: ProbeInputs.Case, _ item: ProbeCase, reference: ProbeReference?, time: Double
  ) throws {
    name = input.name
    title = item.title
    targetRatio = item.ratio
    limit = item.limit.isFinite ? item.limit : nil
    tolerance = item.tolerance
    var matrix = try item.matrix()
    ours = try Timing.repeating(for: time) { matrix = try item.matrix() }
    let exact = try item.exact?() ?? matrix
    error = item.exact == nil ? nil : (matrix - exact).maximumMagnitude / exact.maximumMagnitude
    guard let theirs = reference?.cases.first(where: { $0.name == input.name }) else {
      guard reference == nil else {
        throw BenchmarkError("the reference was not run on the probe '\(input.name)'")
      }
      self.reference = nil
      referenceDifference = nil
      return
    }
    self.reference = Timing(seconds: theirs.seconds)
    referenceDifference = try Self.difference(theirs.matrix, exact, every: input.every)
  }

  /// How many times longer the reference takes.
  var ratio: Double? { reference.map { $0.median / ours.median } }

  /// What must not be; nil when all is well.
  var failure: String? {
    if let tolerance, let referenceDifference, !(referenceDifference <= tolerance) {
      return
        "\(title): differs from the reference by \(format(referenceDifference)) of the largest "
        + "entry, more than \(tolerance)"
    }
    if let error, !(error <= 1e-4) {
      return "\(title): the error is \(format(error)), more than 1e-4"
    }
    return nil
  }

  private static func difference(
    _ theirs: [[Double]], _ ours: Matrix, every step: Int
  ) throws -> Double {
    let columns = Array(stride(from: 0, to: ours.columns, by: step))
    guard theirs.count == ours.rows, theirs.allSatisfy({ $0.count == columns.count }) else {
      throw BenchmarkError("the reference's matrix has another shape")
    }
    var worst = 0.0
    for (j, row) in theirs.enumerated() {
      for (value, column) in zip(row, columns) {
        // Written so that NaN counts.
        let d = abs(value - ours[j, column])
        if !(d <= worst) { worst = d }
      }
    }
    return worst / ours.maximumMagnitude
  }
}
