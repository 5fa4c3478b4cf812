public import LinearAlgebra

/// One event of a presynaptic population: currents into the compartments with a common time course,
/// after delays.
public struct SynapticDrive: Sendable, Equatable {
  /// Peak current into each compartment, nA, positive inward.
  public var weights: [Double]
  public var timeCourse: SynapticTimeCourse
  public var delay: Delay

  public init(
    weights: [Double], timeCourse: SynapticTimeCourse, delay: Delay = .grid(.none)
  ) {
    self.weights = weights
    self.timeCourse = timeCourse
    self.delay = delay
  }
}

/// How delays act on a response.
public enum Delay: Sendable, Equatable {
  /// As weights on whole lags of the grid.
  case grid(DelayFilter)

  /// As a convolution integral (the exact solver only).
  case continuous(ContinuousDelay)

  /// As a convolution integral with a gamma density, in closed form (the exact solver only).
  case gamma(GammaDelay)

  /// The first lag, in steps, that has weight; 0 for integrals, which have no negative delays.
  var firstLag: Int {
    switch self {
    case .grid(let filter): filter.firstLag
    case .continuous, .gamma: 0
    }
  }
}

/// Lags k dt for k = 0 ... steps.
public struct LagGrid: Sendable, Equatable {
  /// ms.
  public let dt: Double
  public let steps: Int

  public init(dt: Double, steps: Int) {
    precondition(dt > 0 && steps >= 1, "a grid of lags needs a positive step and a lag")
    self.dt = dt
    self.steps = steps
  }
}

/// What a drive causes at the outputs.
public struct DrivenResponse: Sendable {
  /// Outputs × lags 0 ... steps.
  public var values: Matrix

  /// For each group of outputs the estimated error over its largest value; nil where the method has
  /// no estimate (backward Euler).
  public var errorEstimates: [Double]?
}
