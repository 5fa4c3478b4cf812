#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How a gate's rate depends on potential, 1/ms (Hodgkin & Huxley's three forms).
public enum RateFunction: Sendable, Equatable {
  /// rate × exp((V - midpoint) / scale)
  case exponential(rate: Double, midpoint: Double, scale: Double)

  /// rate / (1 + exp(-(V - midpoint) / scale))
  case sigmoid(rate: Double, midpoint: Double, scale: Double)

  /// rate × x / (1 - exp(-x)) with x = (V - midpoint) / scale
  case linoid(rate: Double, midpoint: Double, scale: Double)

  func callAsFunction(_ v: Dual) -> Dual {
    switch self {
    case .exponential(let rate, let midpoint, let scale):
      return rate * ((v - midpoint) / scale).exponential
    case .sigmoid(let rate, let midpoint, let scale):
      return rate * (-((v - midpoint) / scale)).sigmoid
    case .linoid(let rate, let midpoint, let scale):
      return rate * (-((v - midpoint) / scale)).linoid
    }
  }
}

/// What a gate tends to and how fast, at one potential.
public struct GateState: Sendable, Equatable {
  /// The steady state and its slope, 1/mV.
  public var steadyState: Dual

  /// ms.
  public var timeConstant: Double
}

/// A gate's kinetics.
public enum GateKinetics: Sendable, Equatable {
  /// Numbers that hold at the potential in question: steady state, its slope (1/mV) and time constant
  /// (ms).
  case values(steadyState: Double, slope: Double, timeConstant: Double)

  /// Steady state 1 / (1 + exp(-(V - midpoint) / scale)) with a time constant in ms.
  case boltzmann(midpoint: Double, scale: Double, timeConstant: Double)

  /// Steady state a / (a + b) and time constant 1 / ((a + b) × speed) from rates of opening a and
  /// closing b.
  case rates(opening: RateFunction, closing: RateFunction, speed: Double = 1)

  /// Published kinetics, by name.
  case published(PublishedGate)

  /// At the membrane potential v, mV.
  public func state(at v: Double) -> GateState {
    switch self {
    case .values(let steadyState, let slope, let timeConstant):
      return GateState(
        steadyState: Dual(steadyState, slope: slope), timeConstant: timeConstant)
    case .boltzmann(let midpoint, let scale, let timeConstant):
      return GateState(
        steadyState: (-((Dual.potential(v) - midpoint) / scale)).sigmoid,
        timeConstant: timeConstant)
    case .rates(let opening, let closing, let speed):
      return GateState(
        opening: opening(.potential(v)), closing: closing(.potential(v)), speed: speed)
    case .published(let gate): return gate.state(at: .potential(v))
    }
  }
}

extension GateState {
  init(opening a: Dual, closing b: Dual, speed: Double = 1) {
    self.init(
      steadyState: a / (a + b), timeConstant: 1 / ((a.value + b.value) * speed))
  }

  init(_ steadyState: Dual, _ timeConstant: Dual) {
    self.init(steadyState: steadyState, timeConstant: timeConstant.value)
  }
}
