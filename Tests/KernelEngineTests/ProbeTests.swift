import LFPKernels
import Testing

@Suite struct ProbeTests {
  let stick = Compartments(points: (0...4).map { SIMD3(0, 0, 100 * Double($0)) }, diameter: 2)

  func somata(radius: Double = 120) throws -> Somata {
    Somata(radius: radius, depth: try .norm(loc: 0, scale: 60))
  }

  let contacts = Contacts(
    [SIMD3(30, 0, 0), SIMD3(30, 0, 200)],
    surfaces: [Contacts.Surface(.disc(radius: 10), normal: SIMD3(2, 0, 0))],
    names: ["deep", "high"])

  @Test func contactsTellPositionsAndNames() throws {
    let probes: [any ContactProbe] =
      PotentialProbe.Source.allCases.map { PotentialProbe($0, contacts: contacts) } + [
        SliceProbe(contacts: contacts, bottom: -1000, thickness: 2000),
        ECoGProbe(contacts: contacts, surface: 500), SphereProbe(contacts: contacts),
      ]
    for probe in probes {
      let model = try probe.forwardModel(for: somata())
      #expect(model.unit == "mV" && model.outputNames == ["deep", "high"])
      #expect(model.positions == contacts.positions)
    }
    #expect(
      probes.map(\.kind) == [
        "point_source", "line_source", "soma_as_point", "slice", "ecog", "sphere",
      ])
  }

  @Test func potentialsAreMeansOverThePopulationUnlessTold() throws {
    #expect(
      PotentialProbe(.line, contacts: contacts).average
        == .population(rotations: true, tolerance: 1e-6))
    let probe = PotentialProbe(
      .line, contacts: contacts, average: .population(tolerance: 1e-4))
    let model = try LineSourcePotential(
      contacts: contacts.positions, sigma: 0.3,
      surfaces: [ContactSurface(.disc(radius: 10), normal: SIMD3(1, 0, 0))])
    var cell = probe
    cell.average = .cell
    #expect(
      try cell.forwardModel(for: somata()).transformationMatrix(for: stick)
        == model.transformationMatrix(for: stick))
    let mean = try PopulationAverage(
      of: model,
      over: SomaDistribution(radius: 120, depth: .norm(loc: 0, scale: 60), rotation: true),
      tolerance: 1e-4)
    #expect(
      try probe.forwardModel(for: somata()).transformationMatrix(for: stick)
        == mean.transformationMatrix(for: stick))
  }

  @Test func layersHaveTheRadiusOfThePopulation() throws {
    let probe = LaminarCSDProbe(edges: [300, 100, -100], average: .cell)
    let model = try probe.forwardModel(for: somata(radius: 80))
    #expect(model.unit == "nA/um3" && model.positions.map(\.z) == [200, 0])
    let matrix = try model.transformationMatrix(for: stick)
    let volume = Double.pi * 80 * 80 * 200
    #expect(abs(matrix[0, 1] * volume - 1) < 1e-12 && abs(matrix[1, 0] * volume - 1) < 1e-12)
    let grid = VolumetricCSDProbe(x: [-1, 1], y: [-1, 1], z: [0, 100, 200], average: .cell)
    let boxes = try grid.forwardModel(for: somata())
    #expect(boxes.positions == [SIMD3(0, 0, 50), SIMD3(0, 0, 150)])
    #expect(abs(try boxes.transformationMatrix(for: stick)[1, 1] * 400 - 1) < 1e-12)
  }

  @Test func dipolesComposeWithConductors() throws {
    let dipole = DipoleSource(location: SIMD3(0, 0, 78_000), moment: .cell)
    let electrodes = Contacts([SIMD3(0, 0, 90_000), SIMD3(0, 90_000, 0)], names: ["Cz", "front"])
    let volts = try EEGProbe(electrodes: electrodes, dipole: dipole).forwardModel(for: somata())
    let microvolts = try EEGProbe(electrodes: electrodes, dipole: dipole, unit: .microvolt)
      .forwardModel(for: somata())
    let expected = try DipoleSignal(
      moment: CurrentDipoleMoment(),
      model: LayeredSphereModel(electrodes: electrodes.positions),
      location: dipole.location, axis: SIMD3(0, 0, 1))
    let matrix = try volts.transformationMatrix(for: stick)
    #expect(try matrix == expected.transformationMatrix(for: stick))
    #expect(volts.outputNames == ["Cz", "front"] && volts.unit == "mV")
    let difference = try microvolts.transformationMatrix(for: stick) - 1e3 * matrix
    #expect(difference.maximumMagnitude < 1e-12 * matrix.maximumMagnitude * 1e3)

    let sensors = [SIMD3(0, 0, 100_000.0), SIMD3(0, 100_000, 0)]
    for conductor in MEGProbe.Conductor.allCases {
      let meg = try MEGProbe(
        sensors: sensors, conductor: conductor,
        dipole: DipoleSource(location: dipole.location, axis: SIMD3(1, 0, 0)), unit: .femtotesla
      ).forwardModel(for: somata())
      #expect(meg.unit == "fT" && meg.outputNames.count == 6 && meg.positions.count == 6)
      #expect(try meg.transformationMatrix(for: stick).maximumMagnitude > 0)
    }
    let far = try DipolePotentialProbe(contacts: Contacts([SIMD3(0, 0, 1e6)]))
      .forwardModel(for: somata())
    let near = try PotentialProbe(.line, contacts: [SIMD3(0, 0, 1e6)], average: .cell)
      .forwardModel(for: somata())
    let currents: [Double] = [-1, 0, 0, 1]
    let ratio =
      try far.transformationMatrix(for: stick).times(currents)[0]
      / near.transformationMatrix(for: stick).times(currents)[0]
    #expect(abs(ratio - 1) < 1e-3)
  }

  @Test func whatIsImpossibleIsRefused() throws {
    func message(_ probe: any PopulationProbe) throws -> String {
      do {
        _ = try probe.forwardModel(for: somata())
        return ""
      } catch {
        return "\(error)"
      }
    }
    var unnamed = contacts
    unnamed.names = ["deep"]
    #expect(
      try message(PotentialProbe(.point, contacts: unnamed))
        == "there are 1 names for 2 contacts; give one for each")
    #expect(
      try message(PotentialProbe(.point, contacts: contacts, conductivity: Conductivity(-1)))
        == "sigma is -1.0 S/m; it must be positive and finite")
    #expect(
      try message(
        EEGProbe(electrodes: contacts, dipole: DipoleSource(location: .zero)))
        == "the dipole is at the centre, from where no direction is outwards; give its axis")
  }

  @Test func errorsOfTheModelNameTheProbe() throws {
    var network = try readmeNetwork(settings: KernelSettings())
    network.probes = [
      Probe(name: "mea", SliceProbe(contacts: Contacts([SIMD3(0, 0, 0)]), thickness: 300))
    ]
    do {
      _ = try KernelEngine(network).kernels()
      Issue.record("the cell is not in the slice")
    } catch {
      #expect(error.subject == .probe("mea"))
      #expect(error.key == "slice" && error.message.hasPrefix("onto E: the cell reaches "))
      #expect(error.message.contains("out of the slice: compartment "))
      #expect(try KernelEngine(network).probeProblems() == [error])
    }
  }
}
