#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Channels with published kinetics.
public enum PublishedChannel: String, Sendable, Equatable, CaseIterable {
  case ih = "Ih"
  case naTa = "NaTa_t"
  case naTs2 = "NaTs2_t"
  case nap = "Nap_Et2"
  case kPst = "K_Pst"
  case kTst = "K_Tst"
  case skv3 = "SKv3_1"
  case im = "Im"
  case caHVA = "Ca_HVA"
  case caLVA = "Ca_LVAst"
  case skE2 = "SK_E2"

  /// The channel.
  ///
  /// - Parameters:
  ///   - reversal: mV; nil for the usual one: -45 for Ih, 50 for sodium, -85 for potassium, and for
  ///     calcium the Nernst potential at 34 °C for 2 mM outside and `calcium` inside.
  ///   - calcium: the concentration at rest, mM; SK_E2's gate depends on it.
  public func channel(reversal: Double? = nil, calcium: Double = 1e-4) -> IonChannel {
    let gates: [Gate] =
      switch self {
      case .ih: [Gate(.published(.ihM))]
      case .naTa: [Gate(.published(.naTaM), power: 3), Gate(.published(.naTaH))]
      case .naTs2: [Gate(.published(.naTs2M), power: 3), Gate(.published(.naTs2H))]
      case .nap: [Gate(.published(.napM), power: 3), Gate(.published(.napH))]
      case .kPst: [Gate(.published(.kPstM), power: 2), Gate(.published(.kPstH))]
      case .kTst: [Gate(.published(.kTstM), power: 4), Gate(.published(.kTstH))]
      case .skv3: [Gate(.published(.skv3M))]
      case .im: [Gate(.published(.imM))]
      case .caHVA: [Gate(.published(.caHVAM), power: 2), Gate(.published(.caHVAH))]
      case .caLVA: [Gate(.published(.caLVAM), power: 2), Gate(.published(.caLVAH))]
      case .skE2: []
      }
    let factor = self == .skE2 ? 1 / (1 + pow(0.00043 / calcium, 4.8)) : 1
    return IonChannel(
      name: rawValue, reversal: reversal ?? usualReversal(calcium: calcium), gates: gates,
      constantFactor: factor)
  }

  private func usualReversal(calcium: Double) -> Double {
    switch self {
    case .ih: -45
    case .naTa, .naTs2, .nap: 50
    case .kPst, .kTst, .skv3, .im, .skE2: -85
    case .caHVA, .caLVA:
      // R T / 2 F in mV.
      8.314462618 * 307.15 / (2 * 96485.33212) * 1e3 * log(2 / calcium)
    }
  }
}
