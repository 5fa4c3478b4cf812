public import KernelFiles
import LFPKernels

/// Kernels over levels of some parameters, such as presynaptic rates and the resting potential: from a
/// sweep over a grid of them.
///
/// Kernels depend on the state of the network about which neurons are linear: on the effective leak, which
/// rates set, and on the potential. A bank has them at some states, and picks the nearest or interpolates
/// between them.
public struct KernelBank: Sendable {
  public let results: SweepResults

  /// Names of the parameters that levels are of.
  public let parameters: [String]

  /// For each parameter its levels in ascending order.
  public let levels: [[Double]]

  /// The point at each combination of levels, the last parameter fastest.
  private let points: [Int]

  /// A bank from a sweep.
  ///
  /// - Parameter parameters: nil for the first of each axis with more than one value.
  /// - Throws: `SweepError` unless kernels are stored, and the complete points are every combination of
  ///   levels, once each.
  public init(_ results: SweepResults, parameters: [String]? = nil) throws(SweepError) {
    guard results.hasKernels else {
      throw SweepError("\(results.path): holds measures only; store kernels: true in the sweep")
    }
    var columns: [[Double]] = []
    var names: [String] = []
    for name in parameters ?? results.variedParameters {
      columns.append(try results.values(ofParameter: name))
      names.append(name)
    }
    let levels = columns.map { Array(Set($0)).sorted() }
    let count = levels.reduce(1.0) { $0 * Double($1.count) }
    guard count == Double(results.pointCount) else {
      throw SweepError(
        "\(results.path): \(listing(names, last: "and")) have \(Int(min(count, 1e15))) combinations "
          + "of levels, but there are \(results.pointCount) points; a bank needs a grid")
    }
    var points = [Int?](repeating: nil, count: results.pointCount)
    for point in 0..<results.pointCount {
      var place = 0
      for (column, levels) in zip(columns, levels) {
        place = place * levels.count + (levels.firstIndex(of: column[point]) ?? 0)
      }
      guard results.status[point] == .complete else {
        throw SweepError("\(results.path): point \(point) is not complete; a bank needs all")
      }
      points[place] = point
    }
    guard !points.contains(nil) else {
      throw SweepError(
        "\(results.path): not every combination of the levels of "
          + "\(listing(names, last: "and")) is there; a bank needs a grid")
    }
    self.results = results
    self.parameters = names
    self.levels = levels
    self.points = points.compactMap { $0 }
  }

  /// The kernel at the levels that are nearest to some values, one for each parameter.
  public func nearest(
    to values: [Double], _ pathway: SweepResults.Pathway
  ) throws(StorageError) -> KernelFileContents.Kernel {
    precondition(values.count == levels.count, "a bank needs a value for each of its parameters")
    var place = 0
    for (value, levels) in zip(values, levels) {
      let index = levels.indices.min { abs(levels[$0] - value) < abs(levels[$1] - value) } ?? 0
      place = place * levels.count + index
    }
    return try results.kernel(of: pathway, atPoint: points[place])
  }

  /// The kernel between the levels, linear in each parameter; beyond the outermost levels it is that at
  /// them.
  public func interpolated(
    at values: [Double], _ pathway: SweepResults.Pathway
  ) throws(StorageError) -> KernelFileContents.Kernel {
    precondition(values.count == levels.count, "a bank needs a value for each of its parameters")
    // Corners of the cell that holds the values, with their weights.
    var corners: [(place: Int, weight: Double)] = [(0, 1)]
    for (value, levels) in zip(values, levels) {
      let (index, fraction) = Self.position(of: value, in: levels)
      corners = corners.flatMap { corner in
        [(index, 1 - fraction), (min(index + 1, levels.count - 1), fraction)]
          .filter { $0.1 > 0 }
          .map { (corner.place * levels.count + $0.0, corner.weight * $0.1) }
      }
    }
    var sum: [Double] = []
    var result = try results.kernel(of: pathway, atPoint: points[corners[0].place])
    for (place, weight) in corners {
      let kernel = try results.kernel(of: pathway, atPoint: points[place])
      if sum.isEmpty { sum = [Double](repeating: 0, count: kernel.values.storage.count) }
      for (index, value) in kernel.values.storage.enumerated() { sum[index] += weight * value }
    }
    result.values = Matrix(
      rows: result.values.rows, columns: result.values.columns, storage: sum)
    return result
  }

  /// The level below a value and how far it is to the next, 0 to 1.
  private static func position(of value: Double, in levels: [Double]) -> (Int, Double) {
    guard let first = levels.first, let last = levels.last, value > first else { return (0, 0) }
    guard value < last else { return (levels.count - 1, 0) }
    let index = (levels.firstIndex { $0 > value } ?? 1) - 1
    return (index, (value - levels[index]) / (levels[index + 1] - levels[index]))
  }
}
