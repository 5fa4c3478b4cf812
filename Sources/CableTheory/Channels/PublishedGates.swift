/// Gates with published kinetics: Ih of Kole, Hallermann & Stuart 2006 (J Neurosci 26: 1677), and the
/// channels of the layer 5 pyramidal cell of Hay et al. 2011 (PLoS Comput Biol 7: e1002107; ModelDB
/// 139653), whose rates come from recordings at 21 °C and are sped up to 34 °C.
public enum PublishedGate: String, Sendable, Equatable, CaseIterable {
  case ihM = "Ih.m"
  case naTaM = "NaTa_t.m"
  case naTaH = "NaTa_t.h"
  case naTs2M = "NaTs2_t.m"
  case naTs2H = "NaTs2_t.h"
  case napM = "Nap_Et2.m"
  case napH = "Nap_Et2.h"
  case kPstM = "K_Pst.m"
  case kPstH = "K_Pst.h"
  case kTstM = "K_Tst.m"
  case kTstH = "K_Tst.h"
  case skv3M = "SKv3_1.m"
  case imM = "Im.m"
  case caHVAM = "Ca_HVA.m"
  case caHVAH = "Ca_HVA.h"
  case caLVAM = "Ca_LVAst.m"
  case caLVAH = "Ca_LVAst.h"

  /// 2.3^((34 - 21) / 10).
  static let speed = 2.952882641412121

  func state(at v: Dual) -> GateState {
    switch self {
    case .ihM: ih(v)
    case .naTaM, .naTs2M: sodiumActivation(v, midpoint: self == .naTaM ? -38 : -32)
    case .naTaH, .naTs2H: sodiumInactivation(v, midpoint: self == .naTaH ? -66 : -60)
    case .napM, .napH: persistentSodium(v)
    case .kPstM, .kPstH: persistentPotassium(v)
    case .kTstM, .kTstH: transientPotassium(v)
    case .skv3M:
      GateState((-((v - 18.7) / 9.7)).sigmoid, 4 * (-((v + 46.56) / 44.14)).sigmoid)
    case .imM: muscarinic(v)
    case .caHVAM, .caHVAH: highVoltageCalcium(v)
    case .caLVAM, .caLVAH: lowVoltageCalcium(v)
    }
  }

  private func ih(_ v: Dual) -> GateState {
    GateState(
      opening: 0.00643 * 11.9 * ((v + 154.9) / 11.9).linoid,
      closing: 0.193 * (v / 33.1).exponential)
  }

  private func sodiumActivation(_ v: Dual, midpoint: Double) -> GateState {
    let x = (v - midpoint) / 6
    return GateState(
      opening: 0.182 * 6 * (-x).linoid, closing: 0.124 * 6 * x.linoid,
      speed: PublishedGate.speed)
  }

  private func sodiumInactivation(_ v: Dual, midpoint: Double) -> GateState {
    let x = (v - midpoint) / 6
    return GateState(
      opening: 0.015 * 6 * x.linoid, closing: 0.015 * 6 * (-x).linoid,
      speed: PublishedGate.speed)
  }

  /// Its activation is six times slower than that of NaTa_t.
  private func persistentSodium(_ v: Dual) -> GateState {
    if self == .napM {
      let fast = sodiumActivation(v, midpoint: -38).timeConstant
      return GateState(
        steadyState: (-((v + 52.6) / 4.6)).sigmoid, timeConstant: 6 * fast)
    }
    let opening = 2.88e-6 * 4.63 * ((v + 17) / 4.63).linoid
    let closing = 6.94e-6 * 2.63 * (-((v + 64.4) / 2.63)).linoid
    let rates = GateState(opening: opening, closing: closing, speed: PublishedGate.speed)
    return GateState(
      steadyState: ((v + 48.8) / 10).sigmoid, timeConstant: rates.timeConstant)
  }

  private func persistentPotassium(_ v: Dual) -> GateState {
    let u = v + 10
    if self == .kPstM {
      let tau =
        u.value < -50
        ? 1.25 + 175.03 * (0.026 * u).exponential : 1.25 + 13 * (-0.026 * u).exponential
      return GateState((-((u + 1) / 12)).sigmoid, tau / PublishedGate.speed)
    }
    let x = (u + 75) / 48
    let tau = 360 + (1010 + 24 * (u + 55)) * (-(x * x)).exponential
    return GateState(((u + 54) / 11).sigmoid, tau / PublishedGate.speed)
  }

  private func transientPotassium(_ v: Dual) -> GateState {
    let u = v + 10
    if self == .kTstM {
      let x = (u + 71) / 59
      return GateState(
        (-(u / 19)).sigmoid, (0.34 + 0.92 * (-(x * x)).exponential) / PublishedGate.speed)
    }
    let x = (u + 73) / 23
    return GateState(
      ((u + 66) / 10).sigmoid, (8 + 49 * (-(x * x)).exponential) / PublishedGate.speed)
  }

  private func muscarinic(_ v: Dual) -> GateState {
    GateState(
      opening: 3.3e-3 * (0.1 * (v + 35)).exponential,
      closing: 3.3e-3 * (-0.1 * (v + 35)).exponential, speed: PublishedGate.speed)
  }

  private func highVoltageCalcium(_ v: Dual) -> GateState {
    if self == .caHVAM {
      return GateState(
        opening: 0.055 * 3.8 * ((-27 - v) / 3.8).linoid,
        closing: 0.94 * ((-75 - v) / 17).exponential)
    }
    return GateState(
      opening: 0.000457 * ((-13 - v) / 50).exponential,
      closing: 0.0065 * ((-15 - v) / 28).sigmoid)
  }

  private func lowVoltageCalcium(_ v: Dual) -> GateState {
    let u = v + 10
    if self == .caLVAM {
      return GateState(
        (-((u + 30) / 6)).sigmoid, (5 + 20 * ((u + 25) / 5).sigmoid) / PublishedGate.speed)
    }
    return GateState(
      ((u + 80) / 6.4).sigmoid, (20 + 50 * ((u + 40) / 7).sigmoid) / PublishedGate.speed)
  }
}
