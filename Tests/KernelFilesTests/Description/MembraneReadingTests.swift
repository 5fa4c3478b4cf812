import KernelFiles
import LFPKernels
import Testing

@Suite struct MembraneReadingTests {
  static let rich = """
    membrane:
            - passive: {g: {linear: {g: 3.0e-4, slope: 1.0e-7}}}
              sections: [soma]
            - passive: {g: 0.1 mS/cm2}
              sections: [dend]
            - Ih: {g: {exponential: {g: 2.0e-4, offset: -0.8, amplitude: 2, length: 100}}}
              sections: [dend]
            - NaTa_t: {g: 2.04, e: 55, approximation: frozen}
              sections: [soma]
            - SK_E2: {g: {step: {inside: 1.0e-3, from: 20, to: 80}}, calcium: 2.0e-4}
            - channel:
                name: KA
                g: 0.001
                e: -90
                approximation: quasi_active
                gates:
                  - {boltzmann: {midpoint: -40, scale: 8, tau: 0.5}, power: 4}
                  - {values: {steady_state: 0.3, slope: -0.02, tau: 15}}
                  - rates:
                      opening: {linoid: {rate: 0.1, midpoint: -40, scale: 10}}
                      closing: {exponential: {rate: 4, midpoint: -65, scale: -18}}
                      speed: 3

    """

  private func membrane(_ text: String) throws -> [MembraneEntry] {
    let description = SmallDescription.replacing(
      "membrane: [{passive: {g: 0.0003}}]\n", with: text)
    let network = try DescriptionFile.read(text: description, fileName: "net.yaml").network
    return try #require(network.cells["ball"]).membrane
  }

  @Test func everyForm() throws {
    let entries = try membrane(Self.rich)
    let own = IonChannel(
      name: "KA", reversal: -90,
      gates: [
        Gate(.boltzmann(midpoint: -40, scale: 8, timeConstant: 0.5), power: 4),
        Gate(.values(steadyState: 0.3, slope: -0.02, timeConstant: 15)),
        Gate(
          .rates(
            opening: .linoid(rate: 0.1, midpoint: -40, scale: 10),
            closing: .exponential(rate: 4, midpoint: -65, scale: -18), speed: 3)),
      ])
    let expected: [MembraneEntry] = [
      MembraneEntry(.passive(.linear(g: 3e-4, slope: 1e-7)), sections: ["soma"]),
      MembraneEntry(.passive(.constant(1e-4)), sections: ["dend"]),
      MembraneEntry(
        .channel(
          PublishedChannel.ih.channel(), .quasiActive,
          .exponential(g: 2e-4, offset: -0.8, amplitude: 2, length: 100, relative: false)),
        sections: ["dend"]),
      MembraneEntry(
        .channel(PublishedChannel.naTa.channel(reversal: 55), .frozen, .constant(2.04)),
        sections: ["soma"]),
      MembraneEntry(
        .channel(
          PublishedChannel.skE2.channel(calcium: 2e-4), .quasiActive,
          .step(inside: 1e-3, outside: 0, from: 20, to: 80))),
      MembraneEntry(.channel(own, .quasiActive, .constant(1e-3))),
    ]
    #expect(entries == expected)
  }

  @Test func canonicalTextReadsAsTheSame() throws {
    let description = SmallDescription.replacing(
      "membrane: [{passive: {g: 0.0003}}]\n", with: Self.rich)
    let network = try DescriptionFile.read(text: description, fileName: "net.yaml").network
    let canonical = canonicalDescription(of: network)
    let again = try DescriptionFile.read(text: canonical, fileName: "net.yaml").network
    #expect(again.cells == network.cells)
    #expect(canonicalDescription(of: again) == canonical)
  }

  @Test(arguments: [
    (
      "[{Ih: {g: -1}}]",
      "net.yaml:7: cells.ball.membrane[0].Ih.g: -1 is negative; it must not be below 0"
    ),
    (
      "[{Ih: {}}]",
      "net.yaml:7: cells.ball.membrane[0].Ih.g: is missing; give its maximal conductance in S/cm2"
    ),
    (
      "[{Ih: {g: 1.0e-4, approximation: active}}]",
      "net.yaml:7: cells.ball.membrane[0].Ih.approximation: 'active' is not known; known are "
        + "frozen and quasi_active"
    ),
    (
      "[{Ih: {g: {exponential: {g: 1, length: 0}}}}]",
      "net.yaml:7: cells.ball.membrane[0].Ih.g.exponential.length: 0 is no length; give the distance "
        + "over which the density grows by e"
    ),
    (
      "[{channel: {g: 1, e: -90, gates: [{boltzmann: {midpoint: -40, scale: 0, tau: 1}}]}}]",
      "net.yaml:7: cells.ball.membrane[0].channel.gates[0].boltzmann.scale: 0 is no steepness; give it "
        + "in mV, positive where depolarisation opens it"
    ),
    (
      "[{channel: {g: 1, e: -90, gates: [{values: {steady_state: 2, slope: 0, tau: 1}}]}}]",
      "net.yaml:7: cells.ball.membrane[0].channel.gates[0].values.steady_state: 2 is not a probability; "
        + "it must lie between 0 and 1"
    ),
    (
      "[{Ih: {g: {step: {inside: 1, from: 5, to: 2}}}}]",
      "net.yaml:7: cells.ball.membrane[0].Ih.g.step: reaches from 5.0 to 2.0 um; from must lie below to"
    ),
  ])
  func problemsAreSaid(membrane: String, message: String) {
    #expect(
      problems(of: SmallDescription.replacing("[{passive: {g: 0.0003}}]", with: membrane))
        == message)
  }
}
