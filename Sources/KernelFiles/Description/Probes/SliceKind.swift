import LFPKernels

extension ProbeKind {
  /// The most terms of a series of images.
  static let stepLimit = 10_000

  /// `slice: {contacts, bottom, thickness, tissue, above, below, steps, source, squeeze, average}`.
  static let slice = ProbeKind(
    name: "slice",
    read: { field, baseDirectory in
      let own = [
        "bottom", "thickness", "tissue", "above", "below", "steps", "source", "squeeze",
      ]
      guard let map = field.mapping(ContactsReader.keys + own + ProbeAverage.keys) else {
        return nil
      }
      let contacts = ContactsReader(map: map, baseDirectory: baseDirectory).read()
      let bottom = map.number("bottom", .length, otherwise: 0)
      let thickness = map.number("thickness", .length, .positive, otherwise: 300)
      let tissue = map.number("tissue", .conductivity, .positive, otherwise: 0.3)
      let above = map.number("above", .conductivity, .nonNegative, otherwise: 1.5)
      let below = map.number("below", .conductivity, .nonNegative, otherwise: 0)
      let steps = map.optional("steps").map { $0.count(limit: stepLimit) } ?? 20
      let source = map.optional("source").map { $0.option(CurrentSpread.self) } ?? .line
      let squeeze = map.given("squeeze") { $0.number() }
      let average = ProbeAverage.read(map)
      guard let contacts, let bottom, let thickness, let tissue, let above, let below,
        let steps, let source, let squeeze, let average
      else { return nil }
      return map.checked(
        SliceProbe(
          contacts: contacts, bottom: bottom, thickness: thickness, tissue: tissue, above: above,
          below: below, steps: steps, source: source, squeeze: squeeze, average: average))
    },
    write: { probe in
      guard let probe = probe as? SliceProbe else { return nil }
      return .mapping(
        probe.contacts.canonical + [
          ("bottom", .number(probe.bottom)), ("thickness", .number(probe.thickness)),
          ("tissue", .number(probe.tissue)), ("above", .number(probe.above)),
          ("below", .number(probe.below)), ("steps", .number(Double(probe.steps))),
          ("source", .text(probe.source.rawValue)),
          ("squeeze", probe.squeeze.map { .number($0) }),
        ] + probe.average.canonical)
    })
}
