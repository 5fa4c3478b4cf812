import LFPKernels

/// A kind of probe in description files: how it is read, and how it is written canonically.
struct ProbeKind: Sendable {
  /// Its key.
  let name: String

  /// Reads its parameters.
  let read: @Sendable (Field) -> (any PopulationProbe)?

  /// The parameters of a probe of this kind; nil for a probe of another type.
  let write: @Sendable (any PopulationProbe) -> CanonicalValue?

  /// All kinds; another is added by adding it here.
  static let all: [ProbeKind] = [.gaussCylinder, .populationDipole, .pointSource, .lineSource]
}

extension Probe {
  /// Reads one of `probes`.
  static func read(_ name: String, _ field: Field) -> Probe? {
    guard let (key, value) = field.choice(of: "probe", among: ProbeKind.all.map(\.name)),
      let kind = ProbeKind.all.first(where: { $0.name == key })
    else { return nil }
    return kind.read(value).map { Probe(name: name, $0) }
  }
}
