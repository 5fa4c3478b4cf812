#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The time course of a synapse after one presynaptic spike, scaled to a peak of 1. Times in ms.
public enum SynapticTimeCourse: Sendable, Equatable, Hashable {
  /// A difference of exponentials with rise time tau1 and decay time tau2 (0 < tau1 <= tau2); where
  /// both are equal it is the alpha function, its limit.
  case exp2(tau1: Double, tau2: Double)

  /// An immediate jump and an exponential decay.
  case exp(tau: Double)

  /// t / tau * exp(1 - t / tau).
  case alpha(tau: Double)

  /// The value at time t after the spike; 0 before it.
  public func value(at t: Double) -> Double {
    if t < 0 { return 0 }
    switch self {
    case .exp(let tau): return naturalExponential(-t / tau)
    case .alpha(let tau): return t / tau * naturalExponential(1 - t / tau)
    case .exp2(let tau1, let tau2):
      let rate = 1 / tau1 - 1 / tau2
      return gain * naturalExponential(-t / tau2) * (rate == 0 ? t : -expm1(-rate * t) / rate)
    }
  }

  /// The transform's gain: it is gain / ((s + 1/tau1) (s + 1/tau2)), or gain / (s + 1/tau) for `exp`.
  ///
  /// With r = 1/tau1 - 1/tau2 the peak lies at t = ln(tau2/tau1) / r; written with log1p and expm1 it
  /// has no cancellation where both time constants come together.
  var gain: Double {
    switch self {
    case .exp: return 1
    case .alpha(let tau): return M_E / tau
    case .exp2(let tau1, let tau2):
      let rate = 1 / tau1 - 1 / tau2
      guard rate > 0 else { return M_E / tau1 }
      let peakTime = log1p((tau2 - tau1) / tau1) / rate
      return rate / (naturalExponential(-peakTime / tau2) * -expm1(-rate * peakTime))
    }
  }

  /// The two rates of the transform's poles, 1/ms; the second is infinite (absent) for `exp`.
  var rates: (Double, Double?) {
    switch self {
    case .exp2(let tau1, let tau2): (1 / tau1, 1 / tau2)
    case .alpha(let tau): (1 / tau, 1 / tau)
    case .exp(let tau): (1 / tau, nil)
    }
  }

  /// The integral over time, ms: the value of the transform at 0.
  public var integral: Double {
    switch rates {
    case (let a, let b?): gain / (a * b)
    case (let a, nil): gain / a
    }
  }
}

/// `exp` under a name that does not clash with the case of that name.
private func naturalExponential(_ x: Double) -> Double { exp(x) }
