/// How the cable equation is solved in time.
public enum CableSolver: String, Sendable, Equatable, CaseIterable {
  /// Exact in time, by numerical inversion of the Laplace transform with error control.
  case exact

  /// First-order steps, as NEURON takes them.
  case backwardEuler = "backward-euler"
}

/// How a distribution of delays acts on kernels on a grid of lags.
public enum DelayMethod: String, Sendable, Equatable, CaseIterable {
  /// The density at the grid's lags, normalised to sum 1 (as the reference does).
  case sampled

  /// The probability of each grid cell (k - 1/2) dt ... (k + 1/2) dt: what simulators that round
  /// delays to their step do.
  case rounded

  /// The convolution integral.
  case continuous
}

/// Which lags a kernel holds.
public enum LagRange: String, Sendable, Equatable, CaseIterable {
  /// -tau ... tau, with zeros at negative lags and lag 0.
  case full

  /// dt ... tau: the coefficients of a causal filter.
  case fir
}

/// How kernels are averaged over the depths of somata.
public enum SomaAverage: String, Sendable, Equatable, CaseIterable {
  /// The mean over depths of matrix × response × placement: each cell has its synapses and its distance
  /// to the probe at one and the same depth.
  case joint

  /// The product of a mean matrix and the response to a mean placement, as the reference has it. The
  /// spread of depths acts twice, and what depends on both is lost.
  case separate
}

/// The time grid of kernels and how they are computed.
public struct KernelSettings: Sendable, Equatable {
  /// Step of the lags, ms.
  public var dt: Double

  /// Largest lag, ms. Kernels have the lags k dt up to the nearest whole number of steps.
  public var tau: Double
  public var solver: CableSolver
  public var delays: DelayMethod
  public var lags: LagRange

  /// Bound on the exact solver's error relative to a kernel's maximum.
  public var tolerance: Double
  public var average: SomaAverage

  /// Bound on the error of the joint average over depths, relative to a kernel's maximum.
  public var averageTolerance: Double

  public init(
    dt: Double = 0.0625, tau: Double = 50, solver: CableSolver = .exact,
    delays: DelayMethod = .sampled, lags: LagRange = .full, tolerance: Double = 1e-9,
    average: SomaAverage = .joint, averageTolerance: Double = 1e-6
  ) {
    self.dt = dt
    self.tau = tau
    self.solver = solver
    self.delays = delays
    self.lags = lags
    self.tolerance = tolerance
    self.average = average
    self.averageTolerance = averageTolerance
  }

  /// Number of steps in tau; 0 where dt and tau make no grid.
  public var steps: Int {
    let ratio = (tau / dt).rounded()
    return ratio >= 0 && ratio <= 1e9 ? Int(ratio) : 0
  }
}
