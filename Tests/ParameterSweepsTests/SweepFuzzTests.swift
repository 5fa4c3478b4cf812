import KernelFiles
import Testing

@testable import ParameterSweeps

/// Descriptions of sweeps that were changed at random are read or refused, never more.
@Suite struct SweepFuzzTests {
  private static let section = """
      parameters:
        w: {key: "connections[E->E].synapse.exp2.weight", geomspace: {from: 0.1 nS, to: 1 nS, count: 4}}
        populations.I.rate: [1, 5 Hz, 7]
        connections[0].probability: min(40 * w, 0.1) ^ 2 / (1 + sqrt(w))
        b: {logspace: {from: -2, to: 2, count: 3}}
        cells.stick.Ra: {random: {lognorm: {s: 0.1, scale: 100}, count: 3, seed: 7}}
      zip: [{time.dt: [0.5, 0.25], cells.stick.cm: [1, 2]}]
      latin_hypercube:
        count: 3
        seed: 5
        parameters: {"probes.lfp.gauss_cylinder.z[1]": {uniform: {loc: 0, scale: 37 um}}}
      store: {measures: [peak, norm], kernels: {every: 4}, pathways: [E->E], probes: [lfp]}

    """

  private static let pieces = [
    "0", "-1", "1e400", "nan", ".inf", "9999999999999999999", "1e18", "[", "]", "{", "}", "*", "^",
    "(",
    ",", "w", "b", "\"", "count", "key: ", "[]", "{}", "null", "E->", "[0]", ".", "'", "µm",
    "\u{0}", "\n",
  ]

  @Test func nothingCrashes() throws {
    var state: UInt64 = 20_261_123
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    var accepted = 0
    for _ in 0..<600 {
      var characters = Array(Self.section)
      for _ in 0...next(2) {
        let at = next(characters.count)
        let end = min(characters.count, at + next(6))
        characters.replaceSubrange(at..<end, with: Array(Self.pieces[next(Self.pieces.count)]))
      }
      guard let sweep = try? smallSweep(String(characters)) else { continue }
      accepted += 1
      #expect(sweep.pointCount >= 1)
      for point in [0, sweep.pointCount / 2, sweep.pointCount - 1] {
        _ = try? sweep.network(atPoint: point)
      }
    }
    #expect(accepted > 0)
  }
}
