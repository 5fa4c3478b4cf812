import LFPKernels

extension ProbeKind {
  /// `point_source: {contacts, sigma, average}`.
  static let pointSource = potential(.point)

  /// `line_source: {contacts, sigma, average}`.
  static let lineSource = potential(.line)

  /// `soma_as_point: {contacts, sigma, average}`.
  static let somaAsPoint = potential(.somaAsPoint)

  private static func potential(_ source: PotentialProbe.Source) -> ProbeKind {
    ProbeKind(
      name: source.rawValue,
      read: { field, baseDirectory in
        let keys = ContactsReader.keys + ["sigma"] + ProbeAverage.keys
        guard let map = field.mapping(keys) else { return nil }
        let contacts = ContactsReader(map: map, baseDirectory: baseDirectory).read()
        let sigma = map.optional("sigma").map { $0.conductivity() } ?? Conductivity(0.3)
        let average = ProbeAverage.read(map)
        guard let contacts, let sigma, let average else { return nil }
        return map.checked(
          PotentialProbe(source, contacts: contacts, conductivity: sigma, average: average))
      },
      write: { probe in
        guard let probe = probe as? PotentialProbe, probe.source == source else { return nil }
        return .mapping(
          probe.contacts.canonical + [("sigma", .conductivity(probe.conductivity))]
            + probe.average.canonical)
      })
  }
}
