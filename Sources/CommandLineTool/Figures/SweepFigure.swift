import Foundation
import KernelFiles
import LFPKernels
import ParameterSweeps
import Pictures

/// The picture of a sweep's results: a panel for each pathway and probe.
///
/// Where kernels are stored, curves over lag for the values of a parameter; else, or when a measure is
/// asked for, that measure over a parameter, with a curve for each value of a second one. Other parameters
/// keep the values that they have at the first point that is complete. Of several outputs the one with
/// the largest magnitude is shown.
struct SweepFigure {
  private let results: SweepResults

  /// Columns of the parameters along x and from curve to curve.
  private let over: [Int]
  private let measure: String?

  /// Most curves in a panel.
  private static let curves = 8

  /// - Parameters:
  ///   - measure: nil for kernels where they are stored, else for the first measure.
  ///   - over: names of one or two parameters; nil for the first that vary.
  init(_ results: SweepResults, measure: String?, over: [String]?) throws {
    self.results = results
    if let measure, !results.measures.contains(measure) {
      throw InputError(
        results.measures.isEmpty
          ? "\(results.path): holds kernels, no measures"
          : "\(results.path): holds no measure '\(measure)', but "
            + results.measures.joined(separator: ", "))
    }
    self.measure = measure ?? (results.hasKernels ? nil : results.measures.first)
    var columns: [Int] = []
    let chosen = over ?? Array(results.variedParameters.prefix(self.measure == nil ? 1 : 2))
    for name in chosen {
      _ = try results.values(ofParameter: name)
      columns += results.parameterNames.indices.filter { results.parameterNames[$0] == name }
    }
    guard (1...2).contains(columns.count) else {
      throw InputError("\(results.path): a picture is over one or two parameters")
    }
    self.over = columns
  }

  func figure() throws -> Figure {
    guard let reference = results.status.firstIndex(of: .complete) else {
      throw InputError("\(results.path): has no complete points")
    }
    let points = points(like: reference)
    var panels: [Panel] = []
    for pathway in results.pathways {
      let title = "\(pathway.pre) → \(pathway.post), \(pathway.probe)"
      panels.append(
        Panel(
          title: title,
          try measure.map { try lines($0, pathway, points) } ?? curves(pathway, points)))
    }
    return Figure(panels: panels, columns: 2)
  }

  /// The complete points at which all axes but the picture's are where they are at one point, by the
  /// first parameter.
  private func points(like reference: Int) -> [Int] {
    let axes = Set(over.map { results.parameterAxes[$0] })
    let others = results.parameterNames.indices.filter {
      results.parameterAxes[$0] != nil && !axes.contains(results.parameterAxes[$0])
    }
    // Where the picture is over an expression, all axes may change it.
    let free = over.contains { results.parameterAxes[$0] == nil }
    return (0..<results.pointCount).filter { point in
      results.status[point] == .complete
        && (free
          || others.allSatisfy {
            results.parameters[point, $0] == results.parameters[reference, $0]
          })
    }.sorted { results.parameters[$0, over[0]] < results.parameters[$1, over[0]] }
  }

  /// A measure over the first parameter, a curve for each value of the second.
  private func lines(
    _ measure: String, _ pathway: SweepResults.Pathway, _ points: [Int]
  ) throws -> LinePlot {
    let (values, unit) = try results.measure(measure, of: pathway)
    let output =
      (0..<values.columns).max { a, b in
        largest(points) { abs(values[$0, a]) } < largest(points) { abs(values[$0, b]) }
      } ?? 0
    var series: [LineSeries] = []
    for (name, members) in groups(points) {
      series.append(
        try LineSeries(
          name: name, x: members.map { results.parameters[$0, over[0]] },
          y: members.map { values[$0, output] }))
    }
    let title = measure.prefix(1).uppercased() + measure.dropFirst()
    return LinePlot(
      series: series, xAxis: axis(points), yAxis: Axis(title, unit: unit))
  }

  private func largest(_ points: [Int], _ value: (Int) -> Double) -> Double {
    points.map(value).max() ?? 0
  }

  /// The points by the values of the second parameter, as many as can be told apart.
  private func groups(_ points: [Int]) -> [(name: String, points: [Int])] {
    guard over.count > 1 else { return [("", points)] }
    let levels = Set(points.map { results.parameters[$0, over[1]] }).sorted()
    return Self.spread(levels).map { level in
      (label(over[1], level), points.filter { results.parameters[$0, over[1]] == level })
    }
  }

  /// Kernels at the output of the largest magnitude, for values of the first parameter.
  private func curves(_ pathway: SweepResults.Pathway, _ points: [Int]) throws -> LinePlot {
    let kernels = try Self.spread(points).map { point in
      (point, try results.kernel(of: pathway, atPoint: point))
    }
    let rows = kernels.first?.1.values.rows ?? 0
    let row = (0..<rows).max { a, b in peak(kernels, a) < peak(kernels, b) } ?? 0
    let unit = results.probes.first { $0.name == pathway.probe }?.unit ?? ""
    let series = try kernels.map { point, kernel in
      let lags = (0..<kernel.values.columns).map { kernel.firstLag + Double($0) * kernel.dt }
      return try LineSeries(
        name: label(over[0], results.parameters[point, over[0]]), x: lags,
        y: lags.indices.map { kernel.values[row, $0] })
    }
    return LinePlot(series: series, xAxis: .lag, yAxis: Axis("Kernel", unit: unit))
  }

  private func peak(_ kernels: [(Int, KernelFileContents.Kernel)], _ row: Int) -> Double {
    kernels.map { _, kernel in
      (0..<kernel.values.columns).map { abs(kernel.values[row, $0]) }.max() ?? 0
    }.max() ?? 0
  }

  /// Elements from all over a list, at most as many as there are curves.
  private static func spread<Element>(_ elements: [Element]) -> [Element] {
    guard elements.count > curves else { return elements }
    return (0..<curves).map { elements[$0 * (elements.count - 1) / (curves - 1)] }
  }

  /// The axis of the first parameter, logarithmic where its values are spaced so.
  private func axis(_ points: [Int]) -> Axis {
    let values = Set(points.map { results.parameters[$0, over[0]] }).sorted()
    var scale = AxisScale.linear
    if let first = values.first, let last = values.last, first > 0, values.count > 2 {
      let middle = values[values.count / 2]
      let isNearMean =
        abs(middle - 0.5 * (first + last)) < abs(middle - (first * last).squareRoot())
      scale = isNearMean || last / first < 5 ? .linear : .logarithmic
    }
    return Axis(
      Self.short(results.parameterNames[over[0]]), unit: results.parameterUnits[over[0]],
      scale: scale)
  }

  private func label(_ column: Int, _ value: Double) -> String {
    let unit = results.parameterUnits[column]
    let name = Self.short(results.parameterNames[column])
    return "\(name) = " + String(format: "%.4g", value) + (unit.isEmpty ? "" : " \(unit)")
  }

  /// The last keys of a key path, of which panels have no room for more.
  private static func short(_ name: String) -> String {
    guard name.count > 16 else { return name }
    let keys = name.split(separator: ".")
    let skipped = keys.filter { !["exp2", "exp", "alpha", "norm", "truncnorm"].contains($0) }
    return skipped.suffix(2).joined(separator: " ")
  }
}
