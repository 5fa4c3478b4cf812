public import CellMorphology
public import LinearAlgebra

/// Current source density in cylinders about a vertical axis: the membrane current within each, divided
/// by its volume (Pettersen et al. 2008, J Comput Neurosci 24: 291; Hagen et al. 2016, Cereb Cortex 26:
/// 4461).
///
///     M = (fraction of the compartment within the cylinder) / (pi r^2 (z1 - z0))
///
/// Currents are spread evenly along straight compartments, and the fractions are those of the exact
/// intersections: where cylinders tile the space that a cell is in, the fractions of each compartment
/// sum to 1. (LFPykit's are 0 for a compartment that passes through a cylinder with both ends outside,
/// and treat the distance from the axis as linear along the compartment.)
public struct LaminarCurrentSourceDensity: ForwardModel, Equatable {
  /// A cylinder about the axis: lower and upper height and radius, um.
  public struct Cylinder: Sendable, Equatable {
    public var low, high, radius: Double

    public init(from low: Double, to high: Double, radius: Double) {
      self.low = low
      self.high = high
      self.radius = radius
    }

    /// um3
    public var volume: Double { Double.pi * radius * radius * (high - low) }
  }

  public let cylinders: [Cylinder]

  /// x and y of the axis, um.
  public let axis: SIMD2<Double>

  /// - Throws: `ForwardModelError` when there is no cylinder, one has no volume, or a number is not finite.
  public init(cylinders: [Cylinder], axis: SIMD2<Double> = SIMD2(0, 0)) throws {
    guard !cylinders.isEmpty else {
      throw ForwardModelError(
        parameter: "cylinders", "there are no cylinders; give at least one")
    }
    for (k, cylinder) in cylinders.enumerated() {
      guard cylinder.low.isFinite, cylinder.high.isFinite, cylinder.low < cylinder.high else {
        throw ForwardModelError(
          parameter: "cylinders",
          "cylinder \(k + 1) is from \(cylinder.low) to \(cylinder.high) um; "
            + "it must be from a lower to a higher finite height")
      }
      guard cylinder.radius > 0, cylinder.radius.isFinite else {
        throw ForwardModelError(
          parameter: "cylinders",
          "the radius of cylinder \(k + 1) is \(cylinder.radius) um; it must be positive and finite"
        )
      }
    }
    guard axis.x.isFinite, axis.y.isFinite else {
      throw ForwardModelError(parameter: "axis", "axis is \(axis); it must be finite")
    }
    self.cylinders = cylinders
    self.axis = axis
  }

  public var unit: String { "nA/um3" }

  /// Centres of the cylinders, um.
  public var positions: [SIMD3<Double>] {
    cylinders.map { SIMD3(axis.x, axis.y, 0.5 * ($0.low + $0.high)) }
  }

  public func transformationMatrix(for compartments: Compartments) -> Matrix {
    var result = Matrix(rows: cylinders.count, columns: compartments.count)
    for i in 0..<compartments.count {
      let start = compartments.start(i)
      let segment = Segment(start: start, step: compartments.end(i) - start)
      for (k, cylinder) in cylinders.enumerated() {
        guard
          let between = Segment.between(
            cylinder.low, cylinder.high, start: start.z, step: segment.step.z, (0, 1)),
          let part = segment.inCylinder(axis: axis, radius: cylinder.radius, between)
        else { continue }
        result[k, i] = (part.high - part.low) / cylinder.volume
      }
    }
    return result
  }
}
