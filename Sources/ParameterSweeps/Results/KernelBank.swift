public import LFPKernels

/// Kernels over levels of the state of a network, such as presynaptic rates, which set the effective leak,
/// and the resting potential: a sweep that stores whole kernels.
///
/// Each axis of the sweep with more than one value is an axis of the bank, named by its first parameter.
/// Between levels kernels are interpolated linearly in each parameter, or the nearest level is taken.
public struct KernelBank: Sendable {
  /// One parameter and its levels.
  public struct Axis: Sendable, Equatable {
    public let parameter: String

    /// Empty for pure numbers.
    public let unit: String

    /// Ascending, each once.
    public let levels: [Double]

    /// The populations whose rate it sets; a network's spikes tell its value where there are some.
    public let populations: [String]

    /// The position of each level along the axis of the sweep.
    let positions: [Int]
    let sweepAxis: Int
  }

  /// How kernels between levels are found.
  public enum Interpolation: String, Sendable, CaseIterable {
    case linear
    case nearest
  }

  /// A point of the sweep and how much of its kernels is taken.
  public struct Share: Sendable, Equatable {
    public let point: Int
    public let weight: Double
  }

  public let results: SweepResults
  public let axes: [Axis]

  /// - Throws: `SweepError` unless kernels are stored at levels that differ, and the parameters of an axis
  ///   rise or fall together.
  public init(_ results: SweepResults) throws {
    guard results.hasKernels else {
      throw SweepError(
        "\(results.path): holds no kernels; a bank needs a sweep with store: {kernels: true}")
    }
    var axes: [Axis] = []
    for parameter in results.parameters {
      guard let axis = parameter.axis, results.axes[axis] > 1,
        !axes.contains(where: { $0.sweepAxis == axis })
      else { continue }
      let values = try results.levels(of: parameter.name)
      let order = values.indices.sorted { values[$0] < values[$1] }
      for (a, b) in zip(order, order.dropFirst()) where values[a] == values[b] {
        throw SweepError(
          "\(results.path): '\(parameter.name)' has the value \(values[a]) twice; levels of a bank "
            + "differ")
      }
      try Self.checkCompanions(of: parameter.name, axis, order, results)
      axes.append(
        Axis(
          parameter: parameter.name, unit: parameter.unit, levels: order.map { values[$0] },
          populations: Self.populations(of: parameter, results), positions: order,
          sweepAxis: axis))
    }
    self.results = results
    self.axes = axes
  }

  /// Between levels, all parameters of an axis are taken to lie between theirs: samples and tables whose
  /// columns go their own ways are no levels.
  private static func checkCompanions(
    of parameter: String, _ axis: Int, _ order: [Int], _ results: SweepResults
  ) throws {
    for other in results.parameters where other.axis == axis && other.name != parameter {
      let values = try results.levels(of: other.name)
      let steps = zip(order, order.dropFirst()).map { values[$1] - values[$0] }
      guard steps.allSatisfy({ $0 >= 0 }) || steps.allSatisfy({ $0 <= 0 }) else {
        throw SweepError(
          "\(results.path): '\(other.name)' goes up and down along '\(parameter)', so nothing lies "
            + "between their levels; a bank needs each under parameters, or values that rise or fall "
            + "together")
      }
    }
  }

  private static func populations(
    of parameter: SweepResults.Parameter, _ results: SweepResults
  ) -> [String] {
    results.populationSizes.keys.sorted().filter {
      parameter.keyPaths.contains("populations.\($0).rate")
    }
  }

  /// The points whose kernels are taken at a state, with weights that sum to 1.
  ///
  /// - Parameters:
  ///   - state: a value for each axis.
  ///   - clamping: whether the outermost level is taken beyond it.
  /// - Throws: `SweepError` naming the range for a value that is not finite, or outside of the levels
  ///   unless `clamping`.
  public func shares(
    at state: [Double], _ interpolation: Interpolation = .linear, clamping: Bool = false
  ) throws(SweepError) -> [Share] {
    guard state.count == axes.count else {
      throw SweepError(
        "\(results.path): a state of \(state.count) values was asked for; the bank has "
          + "\(axes.count) axes (\(axes.map(\.parameter).joined(separator: ", ")))")
    }
    var corners: [(positions: [Int], weight: Double)] = [
      ([Int](repeating: 0, count: results.axes.count), 1)
    ]
    for (axis, value) in zip(axes, state) {
      guard value.isFinite, clamping || axis.reaches(value) else {
        throw SweepError(
          "\(results.path): \(axis.parameter) is \(value), and its levels are "
            + "\(axis.levels[0]) ... \(axis.last) \(axis.unit)")
      }
      let sides = axis.sides(of: value, interpolation)
      corners = corners.flatMap { corner in
        sides.map { side in
          var positions = corner.positions
          positions[axis.sweepAxis] = axis.positions[side.level]
          return (positions, corner.weight * side.weight)
        }
      }
    }
    return corners.map { Share(point: results.point(at: $0.positions), weight: $0.weight) }
  }

  /// The kernels at a state.
  ///
  /// - Throws: `SweepError` for a state outside of the levels, or where a point that is needed is missing
  ///   or has failed.
  public func kernels(
    at state: [Double], _ interpolation: Interpolation = .linear, clamping: Bool = false
  ) throws -> [Kernel] {
    let shares = try shares(at: state, interpolation, clamping: clamping)
    var result: [Kernel] = []
    for share in shares {
      let kernels = try results.kernels(ofPoint: share.point)
      // A level itself is taken as it is.
      if shares.count == 1 { return kernels }
      for (index, kernel) in kernels.enumerated() {
        let scaled = share.weight * kernel.values
        if result.count <= index {
          result.append(kernel)
          result[index].values = scaled
        } else {
          result[index].values = result[index].values + scaled
        }
      }
    }
    return result
  }
}

extension KernelBank.Axis {
  var last: Double { levels[levels.count - 1] }

  /// Whether a value is within the levels, up to rounding.
  fileprivate func reaches(_ value: Double) -> Bool {
    let slack = 1e-9 * (last - levels[0])
    return value >= levels[0] - slack && value <= last + slack
  }

  /// The levels about a value, one or two.
  fileprivate func sides(
    of value: Double, _ interpolation: KernelBank.Interpolation
  ) -> [(level: Int, weight: Double)] {
    let above = levels.firstIndex { $0 >= value } ?? levels.count - 1
    guard above > 0, levels[above] > value else { return [(above, 1)] }
    let fraction = (value - levels[above - 1]) / (levels[above] - levels[above - 1])
    switch interpolation {
    case .nearest: return [(fraction > 0.5 ? above : above - 1, 1)]
    case .linear:
      // Values so near to a level that nothing of the other is left.
      if fraction <= 0 { return [(above - 1, 1)] }
      return [(above - 1, 1 - fraction), (above, fraction)]
    }
  }
}
