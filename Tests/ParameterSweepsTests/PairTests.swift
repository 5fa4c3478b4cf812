import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// One connection of an entry that makes several, by its populations.
@Suite struct PairTests {
  /// The small network with I as a second target, so that entries make several connections.
  private static let network =
    smallNetwork
    .replacingOccurrences(
      of: "  I: {size: 20, rate: 5}",
      with: "  I: {size: 20, rate: 5, cell: stick, somata: {radius: 100, depth: 0}}"
    )
    .replacingOccurrences(of: "  - pre: E\n    post: E", with: "  - pre: [E, I]\n    post: [E, I]")

  private func sweep(_ section: String) throws(DescriptionError) -> Sweep {
    try Sweep.read(text: Self.network + "sweep:\n" + section, fileName: "sweep.yaml")
  }

  private func problems(_ section: String) -> [String] {
    do throws(DescriptionError) {
      _ = try sweep(section)
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  /// The weights of connections at a point, by their populations.
  private func weights(_ sweep: Sweep, point: Int) throws -> [String: Double] {
    var networks = PointNetworks(sweep)
    var result: [String: Double] = [:]
    for connection in try networks.network(atPoint: point).network.connections.prefix(4) {
      guard case .conductance(let weight, _) = connection.synapse.strength else { continue }
      result["\(connection.pre)->\(connection.post)"] = weight
    }
    return result
  }

  @Test(arguments: ["E->E", "I->E", "E->I", "I->I"])
  func onlyThePairVaries(_ pair: String) throws {
    let key = "connections[\(pair)].synapse.exp2.weight"
    // The second entry is from I onto E, too: with two, the number is needed.
    guard pair != "I->E" else {
      #expect(
        problems("  parameters: {\"\(key)\": [0.001]}").first?.contains(
          "connections[0] and connections[1] go from 'I' onto 'E'; name them by number") ?? false)
      return
    }
    let sweep = try sweep("  parameters: {\"\(key)\": [0.001, 0.003]}")
    #expect(sweep.parameters[0].slots.map(\.path) == [key])
    for (point, weight) in [0.001, 0.003].enumerated() {
      var expected = ["E->E": 0.0002, "I->E": 0.0002, "E->I": 0.0002, "I->I": 0.0002]
      expected[pair] = weight
      #expect(try weights(sweep, point: point) == expected)
    }
  }

  @Test func pairsOfOneEntryVaryTogether() throws {
    let sweep = try sweep(
      """
        zip:
          connections[E->E].synapse.exp2.weight: [0.001, 0.002]
          connections[E->I].synapse.exp2.weight: [0.003, 0.004]
      """)
    #expect(
      try weights(sweep, point: 1) == [
        "E->E": 0.002, "I->E": 0.0002, "E->I": 0.004, "I->I": 0.0002,
      ])
  }

  @Test func anEntryVariesAsAWholeOrByPairs() {
    let found = problems(
      """
        parameters:
          connections[0].synapse.exp2.weight: [0.001]
          connections[E->I].delay.truncnorm.loc: [2]
      """)
    #expect(found.count == 1)
    #expect(
      found.first?.contains("is one of the connections of 'connections[0].synapse.exp2.weight'")
        ?? false)
  }

  /// What changed is named with the file's own numbers.
  @Test func changesAreNumberedAsInTheFile() throws {
    func lines(_ text: String) throws -> [IdentityLine] {
      let sweep = try Sweep.read(
        text: text + "sweep:\n  parameters: {populations.E.rate: [1, 2]}\n", fileName: "s.yaml")
      return SweepIdentity.lines(sweep.template, sweep.parameters, sweep.axes, sweep.store)
    }
    let changes = SweepIdentity.changes(
      from: try lines(Self.network),
      to: try lines(Self.network.replacingOccurrences(of: "indegree: 4", with: "indegree: 5")))
    #expect(changes.count == 1)
    #expect(changes.first?.hasPrefix("connections[1] was ") ?? false, "\(changes)")
    let all = SweepIdentity.changes(
      from: try lines(Self.network),
      to: try lines(Self.network.replacingOccurrences(of: "loc: 1.5", with: "loc: 1.6")))
    #expect(
      all.map { String($0.prefix { $0 != "w" }) } == [
        "connections[0] from E onto E ", "connections[0] from I onto E ",
        "connections[0] from E onto I ", "connections[0] from I onto I ",
      ])
    // Key paths are whole.
    for text in changes + all { #expect(!text.contains("…nn") && !text.contains("…ons")) }
  }
}
