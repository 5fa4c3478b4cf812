import LFPKernels

extension ProbeKind {
  /// `population_dipole: {}`.
  static let populationDipole = ProbeKind(
    name: "population_dipole",
    read: { field in
      if field.node.isNull { return PopulationDipoleProbe() }
      return field.mapping([]).map { _ in PopulationDipoleProbe() }
    },
    write: { $0 is PopulationDipoleProbe ? .mapping([]) : nil })
}
