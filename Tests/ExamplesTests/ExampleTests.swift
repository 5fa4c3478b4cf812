import Foundation
import Testing

/// The example programs print what they should.
@Suite struct ExampleTests {
  private func output(of example: String) throws -> [String] {
    let run = try Run(Project.products.appendingPathComponent(example))
    #expect(run.status == 0)
    #expect(run.errors == "")
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test func stickNeuron() throws {
    let lines = try output(of: "StickNeuron")
    #expect(lines.count == 10)
    for (k, line) in lines.enumerated() {
      let match = try #require(line.wholeMatch(of: /z = (.+) um: (.+) mV/))
      let z = -75 + 50 * Double(k)
      #expect(Double(match.1) == z)
      // Compartments are centred at 50, 150 and 250 um and carry -1, 0 and 1 nA.
      func distance(_ center: Double) -> Double {
        (50 * 50 + (z - center) * (z - center)).squareRoot()
      }
      let expected = (1 / distance(250) - 1 / distance(50)) / (4 * .pi * 0.3)
      let value = try #require(Double(match.2))
      #expect(abs(value - expected) <= 1e-15 + 1e-12 * abs(expected))
    }
  }

  @Test func firstKernel() throws {
    let lines = try output(of: "FirstKernel")
    let values = try lines.map { line in
      let match = try #require(line.wholeMatch(of: /z = (.+) um: (.+) mV/))
      return try #require(Double(match.2))
    }
    // Inhibition of somata: positive around them, negative at the apical dendrites.
    #expect(values.map { $0 > 0 } == [false, false, true, true])
    #expect(values.allSatisfy { abs($0) > 1e-3 && abs($0) < 1 })
  }

  @Test func ownProbe() throws {
    let lines = try output(of: "OwnProbe")
    let values = try #require(lines.first).dropFirst().dropLast()
      .split(separator: ", ").compactMap { Double($0) }
    #expect(lines.count == 1)
    #expect(values.count == 3)
    #expect(values[2] == 0, "the reference")
    // Halves at 25 and 75 um, contacts at 0, 100 and 5000 um, 20 um beside.
    func potential(_ z: Double) -> Double {
      let (a, b) = (20 * 20 + (z - 25) * (z - 25), 20 * 20 + (z - 75) * (z - 75))
      return (1 / b.squareRoot() - 1 / a.squareRoot()) / (4 * .pi * 0.3)
    }
    for (value, z) in zip(values, [0.0, 100]) {
      #expect(abs(value - (potential(z) - potential(5000))) < 1e-14)
    }
  }

  /// Superpositions of the responses in closed form.
  @Test func onlinePrediction() throws {
    let lines = try output(of: "OnlinePrediction")
    let head = try #require(lines.first?.wholeMatch(of: /(\d+) states, error (.+)/))
    #expect(try #require(Int(head.1)) <= 10)
    #expect(try #require(Double(head.2)) <= 1e-11)
    func response(_ tau: Double, _ lag: Int) -> Double {
      let t = 0.1 * Double(lag) / tau
      return lag < 0 ? 0 : t * exp(1 - t)
    }
    #expect(lines.count == 6)
    for line in lines.dropFirst() {
      let match = try #require(line.wholeMatch(of: /(\d+): (.+) (.+)/))
      let step = try #require(Int(match.1))
      let e = stride(from: 0, through: step, by: 100).reduce(0) { $0 + 3 * response(2, step - $1) }
      let i = stride(from: 0, through: step, by: 250).reduce(0) { $0 + response(9, step - $1) }
      let first = try #require(Double(match.2)) - (1e-4 * e - 3e-4 * i)
      let second = try #require(Double(match.3)) - (-2e-4 * e + 5e-4 * i)
      // The stated error, of responses of about 1e-3 mV that add up.
      #expect(abs(first) < 1e-12 && abs(second) < 1e-12)
    }
  }
}
