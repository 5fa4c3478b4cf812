/// A unit of measurement and its size in the documented unit of its dimension.
package struct Unit: Sendable, Equatable {
  package enum Size: Sendable, Equatable {
    /// 10 to this power: numbers are converted without rounding twice.
    case power(Int)
    case factor(Double)
  }

  package let symbol: String
  package let size: Size

  init(_ symbol: String, _ power: Int) {
    self.symbol = symbol
    size = .power(power)
  }

  init(_ symbol: String, factor: Double) {
    self.symbol = symbol
    size = .factor(factor)
  }
}

/// What a number of a description file measures, and the units in which it may be written.
package struct Dimension: Sendable, Equatable {
  /// With its article: `a length`.
  package let name: String

  /// The first is the documented one, in which plain numbers are.
  package let units: [Unit]

  /// The documented unit; empty for pure numbers.
  package var documentedUnit: String { units.first?.symbol ?? "" }

  package static let number = Dimension(name: "a number", units: [])

  static let length = Dimension(
    name: "a length",
    units: [Unit("um", 0), Unit("nm", -3), Unit("mm", 3), Unit("cm", 4), Unit("m", 6)])

  static let time = Dimension(
    name: "a time", units: [Unit("ms", 0), Unit("us", -3), Unit("ns", -6), Unit("s", 3)])

  static let voltage = Dimension(
    name: "a voltage", units: [Unit("mV", 0), Unit("uV", -3), Unit("V", 3)])

  static let current = Dimension(
    name: "a current",
    units: [
      Unit("nA", 0), Unit("fA", -6), Unit("pA", -3), Unit("uA", 3), Unit("mA", 6), Unit("A", 9),
    ])

  static let conductance = Dimension(
    name: "a conductance",
    units: [Unit("uS", 0), Unit("pS", -6), Unit("nS", -3), Unit("mS", 3), Unit("S", 6)])

  static let conductanceDensity = Dimension(
    name: "a conductance per area",
    units: [
      Unit("S/cm2", 0), Unit("mS/cm2", -3), Unit("uS/cm2", -6), Unit("S/m2", -4),
      Unit("pS/um2", -4),
    ])

  static let specificCapacitance = Dimension(
    name: "a capacitance per area",
    units: [Unit("uF/cm2", 0), Unit("nF/cm2", -3), Unit("F/m2", 2), Unit("pF/um2", 2)])

  static let resistivity = Dimension(
    name: "a resistivity", units: [Unit("ohm cm", 0), Unit("kohm cm", 3), Unit("ohm m", 2)])

  static let conductivity = Dimension(
    name: "a conductivity",
    units: [Unit("S/m", 0), Unit("mS/m", -3), Unit("S/cm", 2), Unit("mS/cm", -1)])

  static let rate = Dimension(
    name: "a rate",
    units: [
      Unit("spikes/s", 0), Unit("1/s", 0), Unit("Hz", 0), Unit("kHz", 3), Unit("spikes/ms", 3),
      Unit("1/ms", 3),
    ])

  static let frequency = Dimension(
    name: "a frequency",
    units: [Unit("Hz", 0), Unit("kHz", 3), Unit("1/s", 0), Unit("1/ms", 3)])

  static let angle = Dimension(
    name: "an angle", units: [Unit("rad", 0), Unit("deg", factor: .pi / 180)])

  /// All that have units.
  static let all: [Dimension] = [
    .length, .time, .voltage, .current, .conductance, .conductanceDensity, .specificCapacitance,
    .resistivity, .conductivity, .rate, .frequency, .angle,
  ]

  /// The unit that a text names, in any of the usual spellings (`µm`, `S/cm^2`, `Ω·cm`).
  func unit(named text: some StringProtocol) -> Unit? {
    let symbol = Dimension.normalized(text)
    return units.first { $0.symbol == symbol }
  }

  /// `um, nm, mm, cm or m`.
  var listOfUnits: String { listing(units.map(\.symbol), last: "or") }

  private static func normalized(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{B5}", "\u{3BC}": result += "u"
      case "\u{3A9}", "\u{2126}": result += "ohm"
      case "\u{B0}": result += "deg"
      case "\u{B2}": result += "2"
      case "^": break
      case "*", "\u{B7}", "\u{22C5}", " ", "\t", "\u{A0}", "\u{202F}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    let words = result.split(separator: " ")
    return words.map { $0.lowercased() == "ohm" ? "ohm" : String($0) }.joined(separator: " ")
  }
}

/// `a, b or c`.
package func listing(_ words: [String], last: String) -> String {
  guard words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
}
