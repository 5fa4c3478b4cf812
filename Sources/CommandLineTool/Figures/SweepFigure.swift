import Foundation
import KernelFiles
import LFPKernels
import ParameterSweeps
import Pictures

/// The picture of a sweep: a measure over one parameter (lines, one for each pathway) or two (images), or
/// kernels over one parameter (a family of curves).
struct SweepFigure {
  private let view: SweepView
  private let measures: [String]

  /// More curves than this in a family are not drawn; every so many are left out.
  private static let mostCurves = 100
  private static let columns = 4

  init(_ results: SweepResults, _ choice: SweepChoice) throws {
    var choice = choice
    if choice.measures.isEmpty, !choice.kernels {
      // Kernels alone are drawn as such.
      choice.kernels = results.hasKernels && choice.y == nil && !results.storesMeasures
      choice.measures = choice.kernels ? [] : Array(results.measures.prefix(1))
    }
    if choice.kernels, !results.hasKernels {
      throw InputError(
        "\(results.path): holds no kernels; draw a measure (\(results.measures.joined(separator: ", ")))"
      )
    }
    view = try SweepView(results, choice)
    measures = choice.measures
  }

  func figure() throws -> Figure {
    var rows: [Figure.Row] = []
    for probe in view.results.probes {
      let pathways = view.pathways.filter { $0.probe == probe.name }
      guard !pathways.isEmpty else { continue }
      let output = try self.output(probe, pathways)
      let place = Self.name(of: output, probe)
      if measures.isEmpty {
        let panels = try pathways.map { try family($0, output) }
        rows += Figure.rows(
          heading: "\(probe.name), \(place)", of: panels, columns: Self.columns)
      }
      if view.y == nil, !measures.isEmpty {
        let panels = try measures.map { try lines($0, pathways, output) }
        rows += Figure.rows(
          heading: "\(probe.name), \(place)", of: panels, columns: Self.columns)
      } else {
        for measure in measures {
          let panels = try pathways.map { try image(measure, $0, output) }
          rows += Figure.rows(
            heading: "\(probe.name), \(place): \(measure)", of: panels, columns: Self.columns)
        }
      }
    }
    return Figure(title: view.fixed.isEmpty ? nil : "At " + view.fixed, rows: rows, panelWidth: 160)
  }

  /// What is missing in the picture; nil where nothing is.
  func gaps() throws -> String? {
    let points = view.allPoints
    var (absent, failed, reason) = (0, 0, String?.none)
    for point in points {
      switch try view.results.status(ofPoint: point) {
      case .complete: break
      case .absent: absent += 1
      case .failed:
        failed += 1
        if reason == nil { reason = try view.results.failure(ofPoint: point) }
      }
    }
    var parts: [String] = []
    if failed > 0 { parts.append("\(failed) failed (\(reason ?? "unknown"))") }
    if absent > 0 { parts.append("\(absent) \(absent == 1 ? "is" : "are") missing") }
    guard !parts.isEmpty else { return nil }
    return "of \(points.count) points \(parts.joined(separator: " and ")); they are gaps"
  }

  /// All pathways of a probe over x.
  private func lines(
    _ measure: String, _ pathways: [SweepResults.Pathway], _ output: Int
  ) throws -> Panel {
    let points = view.points()
    let series = try pathways.enumerated().map { index, pathway in
      let values = try self.values(measure, pathway, output, points)
      var line = try LineSeries(
        name: "\(pathway.pre) → \(pathway.post)", x: view.x.values, y: values,
        color: Color.series[index % Color.series.count])
      line.marksPoints = points.count <= 50
      return line
    }
    return Panel(
      title: measure + (pathways.count == 1 ? ", " + series[0].name : ""),
      LinePlot(
        series: series, xAxis: Self.axis(view.x),
        yAxis: Axis(measure, unit: try view.results.unit(of: measure, pathways[0]))))
  }

  private func image(
    _ measure: String, _ pathway: SweepResults.Pathway, _ output: Int
  ) throws -> Panel {
    guard let y = view.y else { throw InputError("an image needs two parameters") }
    let values = try y.values.indices.flatMap {
      try self.values(measure, pathway, output, view.points(row: $0))
    }
    return Panel(
      title: "\(pathway.pre) → \(pathway.post)",
      try GridImage(
        x: view.x.values, y: y.values, values: values,
        unit: try view.results.unit(of: measure, pathway), xAxis: Self.axis(view.x),
        yAxis: Self.axis(y)))
  }

  /// Kernels of a pathway at all points of x.
  private func family(_ pathway: SweepResults.Pathway, _ output: Int) throws -> Panel {
    let points = view.points()
    let every = (points.count + Self.mostCurves - 1) / Self.mostCurves
    let axis = Self.axis(view.x)
    let (low, high) = (view.x.values[0], view.x.values[points.count - 1])
    var series: [LineSeries] = []
    var unit = ""
    for index in stride(from: 0, to: points.count, by: every) {
      guard let kernel = try view.results.kernel(pathway, ofPoint: points[index]) else { continue }
      unit = kernel.unit
      series.append(
        LineSeries(
          name: "", y: Array(kernel.values.row(output)),
          positions: SamplePositions(first: kernel.firstLag, step: kernel.dt),
          color: .sequential(
            Self.fraction(of: view.x.values[index], from: low, to: high, axis.scale))))
    }
    var plot = LinePlot(series: series, xAxis: .lag, yAxis: Axis("Kernel", unit: unit))
    if low < high { plot.colorBar = LinePlot.ColorBar(axis, range: low...high) }
    return Panel(title: "\(pathway.pre) → \(pathway.post)", plot)
  }

  private func values(
    _ measure: String, _ pathway: SweepResults.Pathway, _ output: Int, _ points: [Int]
  ) throws -> [Double] {
    // What is missing is a gap.
    try view.results.measure(measure, of: pathway, atPoints: points).map { $0?[output] ?? .nan }
  }

  /// The output that is drawn: that of the largest signal at the first complete point.
  private func output(
    _ probe: KernelFileContents.Probe, _ pathways: [SweepResults.Pathway]
  ) throws -> Int {
    let known = view.results.measures
    let name = ["norm", "peak", "integral"].first(where: known.contains) ?? known.first ?? ""
    var largest: [Double] = []
    for point in view.allPoints.prefix(1000) where largest.isEmpty {
      for pathway in pathways {
        guard let values = try view.results.measure(name, of: pathway, atPoints: [point])[0] else {
          continue
        }
        if largest.isEmpty { largest = values.map { abs($0) } }
        for (index, value) in values.enumerated() {
          largest[index] = max(largest[index], abs(value))
        }
      }
    }
    let count = largest.isEmpty ? max(probe.positions.count, 1) : largest.count
    if let output = view.choice.output {
      guard (0..<count).contains(output) else {
        throw InputError(
          "--output-index \(output): the probe \(probe.name) has \(count) outputs, 0 ... \(count - 1); "
            + "choose a probe with --probe")
      }
      return output
    }
    return largest.indices.max { largest[$0] < largest[$1] } ?? 0
  }
}

extension SweepFigure {
  /// `Px`, or where a contact is.
  private static func name(of output: Int, _ probe: KernelFileContents.Probe) -> String {
    if probe.outputNames.indices.contains(output) { return probe.outputNames[output] }
    guard probe.positions.indices.contains(output) else { return "output \(output)" }
    let place = probe.positions[output]
    if probe.positions.allSatisfy({ $0.x == place.x && $0.y == place.y }) {
      return "z = \(plain(place.z)) µm"
    }
    return "(\(plain(place.x)), \(plain(place.y)), \(plain(place.z))) µm"
  }

  /// Whole numbers without a point.
  static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// The end of a long key path.
  static func short(_ name: String) -> String {
    guard name.count > 28 else { return name }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    var (result, rest) = (String(parts.last ?? ""), parts.dropLast())
    while let part = rest.popLast(), result.count + part.count < 26 { result = "\(part).\(result)" }
    return "…" + result
  }

  private static func axis(_ side: SweepView.Side) -> Axis {
    Axis(
      short(side.parameter.name), unit: side.parameter.unit,
      scale: isGeometric(side.values) ? .logarithmic : .linear)
  }

  /// Whether values have about equal ratios rather than equal distances.
  private static func isGeometric(_ values: [Double]) -> Bool {
    guard let first = values.first, let last = values.last, first > 0, values.count > 2,
      last > 5 * first
    else { return false }
    let ratios = zip(values.dropFirst(), values).map { $0 / $1 }
    return (ratios.max() ?? 0) < 1.7 * (ratios.min() ?? 0)
  }

  private static func fraction(
    of value: Double, from low: Double, to high: Double, _ scale: AxisScale
  ) -> Double {
    guard high > low else { return 0.5 }
    guard scale == .logarithmic else { return (value - low) / (high - low) }
    return log(value / low) / log(high / low)
  }
}
