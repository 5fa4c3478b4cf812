import KernelFiles
public import LFPKernels

/// A parameter sweep: a network, which of its numbers vary, and what is kept of the kernels.
///
/// Points are counted from 0 in the order of the description: axes as they stand in it, the last one
/// fastest.
public struct Sweep: Sendable {
  /// One parameter: a value for each point.
  struct Parameter: Sendable {
    let name: String

    /// The numbers of the network that it sets; none for one that only serves others.
    let slots: [NumberSlot]

    /// The unit of its values; empty for pure numbers.
    let unit: String
    let source: Source
  }

  enum Source: Sendable, Equatable {
    /// The values of an axis.
    case axis(Int, SweepValues)
    case expression(Expression)

    /// What files say: `axis 2`, counted from 1, or `expression`.
    var summary: String {
      if case .axis(let axis, _) = self { "axis \(axis + 1)" } else { "expression" }
    }
  }

  let template: NetworkTemplate
  let parameters: [Parameter]

  /// The number of values along each axis.
  let axes: [Int]

  /// Indices of the parameters with expressions, each after those it needs.
  let derived: [Int]
  let store: StoredResults

  /// What identifies the sweep: names and values that must agree between a run and its resumption.
  let lines: [IdentityLine]

  /// The base network, from which points differ.
  public var network: Network { template.network }

  /// The description of the base network.
  public var description: DescriptionFile { template.file }

  /// Names of the parameters, in the order of the table of parameters.
  public var parameterNames: [String] { parameters.map(\.name) }

  /// The number of points.
  public var pointCount: Int { axes.reduce(1, *) }

  /// The values of all parameters at a point, in documented units. Those without a value are not finite.
  public func values(ofPoint point: Int) -> [Double] {
    var values = [Double](repeating: 0, count: parameters.count)
    setValues(ofPoint: point, &values)
    return values
  }

  func setValues(ofPoint point: Int, _ values: inout [Double]) {
    let positions = self.positions(ofPoint: point)
    for (index, parameter) in parameters.enumerated() {
      if case .axis(let axis, let source) = parameter.source {
        values[index] = source[positions[axis]]
      }
    }
    for index in derived {
      if case .expression(let expression) = parameters[index].source {
        values[index] = expression.value(values)
      }
    }
  }

  /// The position along each axis.
  private func positions(ofPoint point: Int) -> [Int] {
    var rest = point
    var positions = [Int](repeating: 0, count: axes.count)
    for axis in axes.indices.reversed() {
      positions[axis] = rest % axes[axis]
      rest /= axes[axis]
    }
    return positions
  }

  /// The network at a point, as a description with the point's values would be read.
  ///
  /// - Throws: `DescriptionError` where a value is not possible.
  public func network(atPoint point: Int) throws(DescriptionError) -> Network {
    var variation = PointNetworks(self)
    return try variation.network(atPoint: point).network
  }
}

/// A part of what identifies a sweep.
struct IdentityLine: Sendable, Codable, Equatable {
  let name: String
  let value: String
}
