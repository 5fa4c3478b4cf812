import KernelFiles
import LFPKernels
import Testing

@Suite struct UnitTests {
  /// What a radius (a length), a rate, ... is read as in the small description.
  private func network(_ old: String, _ new: String) throws -> Network {
    try DescriptionFile.read(
      text: SmallDescription.replacing(old, with: new), fileName: "net.yaml"
    ).network
  }

  @Test(arguments: [
    ("100", 100), ("1e2", 100), ("+100.", 100), ("100 um", 100), ("100um", 100), ("100 µm", 100),
    ("100 \u{3BC}m", 100), ("0.15 mm", 150), ("'0.15 mm'", 150), ("\"0.15  mm \"", 150),
    ("150000 nm", 150), ("1.5e-4 m", 150), ("0.015 cm", 150), (".5", 0.5), ("0.3 mm", 300),
    ("\"12\"", 12),
  ])
  func lengths(_ text: String, _ value: Double) throws {
    let network = try network("radius: 100", "radius: \(text)")
    #expect(network.populations[0].postsynaptic?.somata.radius == value)
  }

  @Test(arguments: [
    ("2 Hz", 2), ("2 spikes/s", 2), ("2 1/s", 2), ("0.002 kHz", 2), ("0.002 1/ms", 2),
    ("0.002 spikes/ms", 2),
  ])
  func rates(_ text: String, _ value: Double) throws {
    #expect(try network("rate: 2", "rate: \(text)").populations[0].rate == value)
  }

  @Test(arguments: [
    ("0.12 nS", 0.00012), ("120 pS", 0.00012), ("0.00012 uS", 0.00012), ("0.00012 µS", 0.00012),
    ("1.2e-10 S", 0.00012), ("1.2e-7 mS", 0.00012),
  ])
  func conductances(_ text: String, _ value: Double) throws {
    let connection = try network("weight: 0.001", "weight: \(text)").connections[0]
    #expect(connection.synapse.strength == .conductance(weight: value, reversal: -80))
  }

  @Test(arguments: [
    ("0.05 nA", 0.05), ("50 pA", 0.05), ("5e-11 A", 0.05), ("5e-5 uA", 0.05), ("5e-8 mA", 0.05),
    ("50000 fA", 0.05),
  ])
  func currents(_ text: String, _ value: Double) throws {
    let connection = try network(
      "{exp2: {weight: 0.001, tau1: 0.1, tau2: 9, e: -80}}",
      "{exp: {weight: \(text), tau: 9}, current: true}"
    ).connections[0]
    #expect(connection.synapse.strength == .current(weight: value))
  }

  @Test(arguments: [
    ("1.5 ms", 1.5), ("1500 us", 1.5), ("1500 µs", 1.5), ("0.0015 s", 1.5), ("1500000 ns", 1.5),
  ])
  func times(_ text: String, _ value: Double) throws {
    #expect(try network("delay: 1.5", "delay: \(text)").connections[0].delay == .constant(value))
  }

  @Test(arguments: [("-70 mV", -70), ("-0.07 V", -70), ("-70000 uV", -70)])
  func voltages(_ text: String, _ value: Double) throws {
    let cell = try network("    membrane:", "    vrest: \(text)\n    membrane:").cells["ball"]
    #expect(cell?.restingPotential == .sections(SectionValues(value)))
  }

  @Test(arguments: [
    ("3e-4 S/cm2", 0.0003), ("0.3 mS/cm2", 0.0003), ("300 uS/cm^2", 0.0003), ("3 S/m2", 0.0003),
    ("3 S/m²", 0.0003), ("3 pS/um2", 0.0003), ("3 pS/µm²", 0.0003),
  ])
  func conductanceDensities(_ text: String, _ value: Double) throws {
    let cell = try network("g: 0.0003", "g: \(text)").cells["ball"]
    #expect(cell?.membrane == [MembraneEntry(.passive(conductance: value))])
  }

  @Test(arguments: [
    ("2 uF/cm2", 2), ("2 µF/cm²", 2), ("0.02 F/m2", 2), ("0.02 pF/um2", 2), ("2000 nF/cm2", 2),
  ])
  func capacitances(_ text: String, _ value: Double) throws {
    let cell = try network("    membrane:", "    cm: \(text)\n    membrane:").cells["ball"]
    #expect(cell?.capacitance == SectionValues(value))
  }

  @Test(arguments: [
    ("150 ohm cm", 150), ("150 Ω cm", 150), ("150 Ω·cm", 150), ("150 Ohm*cm", 150),
    ("1.5 ohm m", 150),
    ("0.15 kohm cm", 150),
  ])
  func resistivities(_ text: String, _ value: Double) throws {
    let cell = try network("    membrane:", "    Ra: \(text)\n    membrane:").cells["ball"]
    #expect(cell?.axialResistivity == SectionValues(value))
  }

  @Test(arguments: [("0.3 S/m", 0.3), ("300 mS/m", 0.3), ("0.003 S/cm", 0.3), ("3 mS/cm", 0.3)])
  func conductivities(_ text: String, _ value: Double) throws {
    let network = try network(
      "population_dipole: {}", "gauss_cylinder: {z: 0, sigma: \(text)}")
    #expect((network.probes[0].measures as? GaussCylinderProbe)?.sigma == value)
  }

  @Test(arguments: [("1 rad", 1), ("90 deg", Double.pi / 2), ("90°", Double.pi / 2)])
  func angles(_ text: String, _ value: Double) throws {
    let cell = try network("    membrane:", "    rotation: {x: \(text)}\n    membrane:").cells[
      "ball"]
    #expect(cell?.rotation == Rotation(x: value))
  }
}
