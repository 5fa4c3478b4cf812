import LFPKernels

extension ProbeKind {
  /// `ecog: {contacts, surface, tissue, above, depth, below, steps, source, average}`.
  static let ecog = ProbeKind(
    name: "ecog",
    read: { field, baseDirectory in
      let own = ["surface", "tissue", "above", "depth", "below", "steps", "source"]
      guard let map = field.mapping(ContactsReader.keys + own + ProbeAverage.keys) else {
        return nil
      }
      let contacts = ContactsReader(map: map, baseDirectory: baseDirectory).read()
      let surface = map.number("surface", .length, otherwise: 0)
      let tissue = map.number("tissue", .conductivity, .positive, otherwise: 0.3)
      let above = map.number("above", .conductivity, .nonNegative, otherwise: 1.5)
      let depth = map.number("depth", .length, .positive, otherwise: 10_000)
      let below = map.given("below") { $0.number(.conductivity, .nonNegative) }
      let steps = map.optional("steps").map { $0.count(limit: stepLimit) } ?? 20
      let source = map.optional("source").map { $0.option(CurrentSpread.self) } ?? .line
      let average = ProbeAverage.read(map)
      guard let contacts, let surface, let tissue, let above, let depth, let below, let steps,
        let source, let average
      else { return nil }
      return map.checked(
        ECoGProbe(
          contacts: contacts, surface: surface, tissue: tissue, above: above, depth: depth,
          below: below, steps: steps, source: source, average: average))
    },
    write: { probe in
      guard let probe = probe as? ECoGProbe else { return nil }
      return .mapping(
        probe.contacts.canonical + [
          ("surface", .number(probe.surface)), ("tissue", .number(probe.tissue)),
          ("above", .number(probe.above)), ("depth", .number(probe.depth)),
          ("below", probe.below.map { .number($0) }), ("steps", .number(Double(probe.steps))),
          ("source", .text(probe.source.rawValue)),
        ] + probe.average.canonical)
    })
}
