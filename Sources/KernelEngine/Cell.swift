public import CellMorphology

/// A quantity that may differ between section types.
public struct SectionValues: Sendable, Equatable {
  /// The value for sections that are not listed.
  public var otherwise: Double

  /// Values by a section's name (`apic[3]`), else its type (`apic`).
  public var bySection: [String: Double]

  public init(_ value: Double, bySection: [String: Double] = [:]) {
    otherwise = value
    self.bySection = bySection
  }

  /// The value for a section.
  public func callAsFunction(_ section: Section) -> Double {
    if bySection.isEmpty { return otherwise }
    return bySection[section.name] ?? bySection[section.type] ?? otherwise
  }
}

/// The potential about which the membrane and the synapses are linearised, mV.
public enum RestingPotential: Sendable, Equatable {
  /// By section type.
  case sections(SectionValues)

  /// One value per compartment.
  case compartments([Double])
}

/// A model cell: a shape and what its cables are made of.
public struct Cell: Sendable, Equatable {
  public var morphology: NeuronMorphology
  public var discretization: Discretization

  /// Axial resistivity Ra, ohm cm.
  public var axialResistivity: SectionValues

  /// Specific membrane capacitance cm, uF/cm2.
  public var capacitance: SectionValues

  public var membrane: [MembraneEntry]
  public var restingPotential: RestingPotential

  /// How the cell is turned about its soma before it is placed.
  public var rotation: Rotation

  public init(
    morphology: NeuronMorphology, discretization: Discretization = .lambda(),
    axialResistivity: SectionValues = SectionValues(100),
    capacitance: SectionValues = SectionValues(1), membrane: [MembraneEntry],
    restingPotential: RestingPotential = .sections(SectionValues(-65)),
    rotation: Rotation = .none
  ) {
    self.morphology = morphology
    self.discretization = discretization
    self.axialResistivity = axialResistivity
    self.capacitance = capacitance
    self.membrane = membrane
    self.restingPotential = restingPotential
    self.rotation = rotation
  }
}
