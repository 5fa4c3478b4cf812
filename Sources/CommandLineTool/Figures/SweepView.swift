import KernelFiles
import LFPKernels
import ParameterSweeps
import Pictures

/// What a picture of a sweep shows.
struct SweepChoice {
  /// Parameters along the axes; nil for the first that vary.
  var x: String?
  var y: String?

  /// Nil for the first one that is stored; kernels where there is none.
  var measures: [String] = []
  var kernels = false
  var probes: [String] = []

  /// As in `I->E`.
  var pathways: [String] = []

  /// Counted from 0; nil for that of the largest signal.
  var output: Int?

  /// Values of the other parameters; the first ones unless given.
  var fixed: [(name: String, value: Double)] = []
}

/// The points of a sweep that a picture shows.
struct SweepView {
  /// A parameter along an axis of the picture: its values, ascending, and the position of each along
  /// the axis of the sweep.
  struct Side {
    let parameter: SweepResults.Parameter
    let axis: Int
    let values: [Double]
    let positions: [Int]
  }

  let results: SweepResults
  let choice: SweepChoice
  let pathways: [SweepResults.Pathway]
  let x: Side
  let y: Side?

  /// Positions along all axes of the sweep; those of the picture's are free.
  private let base: [Int]

  /// What is said about parameters that do not vary in the picture.
  let fixed: String

  init(_ results: SweepResults, _ choice: SweepChoice) throws {
    self.results = results
    self.choice = choice
    pathways = try Self.pathways(results, choice)
    let varying = results.parameters.filter { parameter in
      parameter.axis.map { results.axes[$0] > 1 } ?? false
    }
    guard let first = choice.x ?? varying.first?.name else {
      throw InputError("\(results.path): no parameter varies; there is one point only")
    }
    let x = try Self.side(results, first)
    let wantsImage = !choice.kernels && choice.x == nil && !results.measures.isEmpty
    let second = varying.first { wantsImage && $0.axis != x.axis }?.name
    y = try (choice.y ?? second).map { try Self.side(results, $0) }
    self.x = x
    if let y, y.axis == x.axis {
      throw InputError(
        "--y \(y.parameter.name): goes together with \(x.parameter.name), so that they are no two "
          + "axes of a picture")
    }
    if choice.kernels, y != nil {
      throw InputError("--y: kernels are drawn over one parameter; give --x alone")
    }
    (base, fixed) = try Self.base(results, choice.fixed, free: [x.axis, y?.axis].compactMap { $0 })
  }

  /// The points along x at a row of y.
  func points(row: Int = 0) -> [Int] {
    x.positions.map { position in
      var positions = base
      positions[x.axis] = position
      if let y { positions[y.axis] = y.positions[row] }
      return results.point(at: positions)
    }
  }

  var allPoints: [Int] { (0..<(y?.values.count ?? 1)).flatMap { points(row: $0) } }

  private static func side(_ results: SweepResults, _ name: String) throws -> Side {
    let parameter = results.parameters[try results.index(of: name)]
    guard let axis = parameter.axis else {
      throw InputError(
        "\(results.path): '\(name)' follows from other parameters; choose one of those")
    }
    let values = try results.levels(of: name)
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    // Of equal values, which a grid has no room for, the first.
    var kept: [Int] = []
    for index in order where kept.last.map({ values[$0] < values[index] }) ?? true {
      kept.append(index)
    }
    return Side(
      parameter: parameter, axis: axis, values: kept.map { values[$0] }, positions: kept)
  }

  private static func base(
    _ results: SweepResults, _ fixed: [(name: String, value: Double)], free: [Int]
  ) throws -> ([Int], String) {
    var positions = [Int](repeating: 0, count: results.axes.count)
    for (name, value) in fixed {
      let side = try side(results, name)
      guard !free.contains(side.axis) else {
        throw InputError("--at \(name): varies in the picture; choose others with --x and --y")
      }
      let nearest = side.values.indices.min {
        abs(side.values[$0] - value) < abs(side.values[$1] - value)
      }
      if let nearest { positions[side.axis] = side.positions[nearest] }
    }
    let point = try results.values(ofPoint: results.point(at: positions))
    let texts = zip(results.parameters, point).compactMap { parameter, value -> String? in
      guard let axis = parameter.axis, !free.contains(axis), results.axes[axis] > 1 else {
        return nil
      }
      let unit = parameter.unit.isEmpty ? "" : " \(parameter.unit)"
      return "\(SweepFigure.short(parameter.name)) = \(SweepFigure.plain(value))\(unit)"
    }
    return (positions, texts.joined(separator: ", "))
  }

  private static func pathways(
    _ results: SweepResults, _ choice: SweepChoice
  ) throws -> [SweepResults.Pathway] {
    let probes = results.probes.map(\.name)
    for name in choice.probes where !probes.contains(name) {
      throw InputError(
        "\(results.path): has no probe '\(name)'\(advice(for: name, among: probes))")
    }
    var names: [String] = []
    for pathway in results.pathways where !names.contains("\(pathway.pre)->\(pathway.post)") {
      names.append("\(pathway.pre)->\(pathway.post)")
    }
    let wanted = choice.pathways.map { $0.filter { $0 != " " } }
    for name in wanted where !names.contains(name) {
      throw InputError(
        "\(results.path): has no pathway '\(name)'\(advice(for: name, among: names))")
    }
    return results.pathways.filter {
      (choice.probes.isEmpty || choice.probes.contains($0.probe))
        && (wanted.isEmpty || wanted.contains("\($0.pre)->\($0.post)"))
    }
  }
}
