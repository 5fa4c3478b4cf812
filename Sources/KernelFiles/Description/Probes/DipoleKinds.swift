import LFPKernels

extension ProbeKind {
  /// `population_dipole: {}`.
  static let populationDipole = withoutParameters(PopulationDipoleProbe())

  /// `dipole: {}`.
  static let dipole = withoutParameters(DipoleProbe())

  private static func withoutParameters<Measure: PopulationProbe>(_ probe: Measure) -> ProbeKind {
    ProbeKind(
      name: probe.kind,
      read: { field, _ in
        field.node.isNull ? probe : field.mapping([]).map { _ in probe }
      },
      write: { $0 is Measure ? .mapping([]) : nil })
  }
}
