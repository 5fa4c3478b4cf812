import Testing

@testable import Pictures

@Suite struct NumberTextTests {
  @Test func decimals() {
    #expect(NumberText.decimal(-0.25, digits: 2) == "\u{2212}0.25")
    #expect(NumberText.decimal(1000, digits: 0) == "1000")
    #expect(NumberText.decimal(-0.0001, digits: 2) == "0.00")
    #expect(NumberText.decimal(-0.0, digits: 1) == "0.0")
  }

  @Test func significantDigits() {
    #expect(NumberText.significant(0.05, digits: 3) == "0.05")
    #expect(NumberText.significant(-120, digits: 2) == "\u{2212}120")
    #expect(NumberText.significant(2.5e-7, digits: 3) == "2.5·10⁻⁷")
    #expect(NumberText.significant(0, digits: 3) == "0")
  }

  @Test func superscripts() {
    #expect(NumberText.superscript(-12) == "⁻¹²")
    #expect(NumberText.superscript(340) == "³⁴⁰")
  }

  @Test func units() {
    #expect(UnitText.typeset("um") == "µm")
    #expect(UnitText.typeset("nA um") == "nA µm")
    #expect(UnitText.typeset("nA*um") == "nA·µm")
    #expect(UnitText.typeset("mV^2/Hz") == "mV²/Hz")
    #expect(UnitText.typeset("uS cm^-2") == "µS cm⁻²")
    #expect(UnitText.typeset("nA/um3") == "nA/µm³")
    #expect(UnitText.typeset("S/cm2 x2y") == "S/cm² x2y")
    #expect(UnitText.typeset("mu") == "mu")
    #expect(UnitText.typeset("x^y^") == "x^y^")
    #expect(UnitText.typeset("") == "")
  }

  @Test(arguments: [
    (0.5, "mV", 0, "mV"), (2e-4, "mV", -6, "nV"), (2e-2, "mV", -3, "µV"), (8.3e-7, "mV", -9, "pV"),
    (8.3e-5, "uV", -6, "pV"), (5000, "mV", 3, "V"), (2e-7, "fT", -7, "×10⁻⁷ fT"),
    (3e-5, "nA um", -5, "×10⁻⁵ nA µm"), (25, "nA um", 0, "nA µm"), (4e12, "", 12, "×10¹²"),
    (0, "mV", 0, "mV"), (.infinity, "mV", 0, "mV"), (.leastNonzeroMagnitude, "mV", 0, "mV"),
  ])
  func multiplesOfUnits(maximum: Double, unit: String, exponent: Int, text: String) {
    let display = DisplayUnit.suiting(maximum: maximum, unit: unit)
    #expect(display.exponent == exponent)
    #expect(display.text == text)
  }

  @Test func shownNumbersAreEasilyRead() {
    for exponent in -280...280 {
      let maximum = 3 * TickStep(mantissa: 1, exponent: exponent).value
      for unit in ["mV", "nA um", "T", ""] {
        let shown = DisplayUnit.suiting(maximum: maximum, unit: unit).shown(maximum)
        #expect((0.01..<10_000).contains(shown), "\(maximum) \(unit)")
      }
    }
  }
}
