import Foundation
import Testing

@testable import ParameterSweeps

/// Arithmetic on parameters.
@Suite struct ExpressionTests {
  private let names = ["a", "b", "w_EE", "é"]
  private let values = [2.0, 3, 0.5, 7]

  private func value(_ text: String) throws -> Double {
    try ExpressionParser.parse(text, names: names).value(values)
  }

  @Test(arguments: [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("2 ^ -1", 0.5),
    ("6 / 3 / 2", 1), ("5 - 3 - 1", 1), ("a * b", 6), ("w_EE*-a", -1), ("sqrt(b + 1)", 2),
    ("max(a, b, 1) - min(a, b)", 1), ("1.5e-1 * 2E1", 3), (".5 + 1.", 1.5), ("--a", 2),
    ("exp(log(a))", 2), ("é + 0", 7), ("abs(-a) + floor(1.5) + ceil(1.5) + round(2.4)", 7),
    ("cos(pi)", -1), ("log10(100)", 2),
  ])
  func isComputed(_ text: String, _ expected: Double) throws {
    // A few roundings of the functions.
    #expect(abs(try value(text) - expected) <= 4e-16 * abs(expected))
  }

  @Test(arguments: [
    ("", 1, "ends where"), ("1 +", 4, "ends where"), ("a b", 3, "an operator is needed"),
    ("(a", 3, "a ) is missing for the ( in column 1"), ("a)", 2, "cannot stand here"),
    ("c * 2", 1, "there is no parameter 'c'"), ("2 * w_EI", 5, "did you mean 'w_EE'?"),
    ("sqr(a)", 1, "did you mean 'sqrt'?"), ("sqrt(a, b)", 1, "takes one argument, not 2"),
    ("1e999", 1, "is not a number"), ("1..2", 1, "is not a number"),
    ("a ** b", 4, "cannot stand here"),
    ("a & b", 3, "cannot stand here"),
  ])
  func isRefused(_ text: String, _ column: Int, _ message: String) {
    do throws(ExpressionParser.Failure) {
      _ = try ExpressionParser.parse(text, names: names)
      Issue.record("'\(text)' was accepted")
    } catch {
      #expect(error.column == column && error.message.contains(message), "\(error)")
    }
  }

  @Test func deepNestingIsRefused() {
    for text in [
      String(repeating: "(", count: 100_000), String(repeating: "-", count: 100_000) + "1",
      String(repeating: "sqrt(", count: 100_000),
    ] {
      #expect(throws: ExpressionParser.Failure.self) {
        try ExpressionParser.parse(text, names: names)
      }
    }
  }
}
