import LFPKernels

extension ProbeKind {
  /// `sphere: {contacts, center, radius, inside, outside, average}`.
  static let sphere = ProbeKind(
    name: "sphere",
    read: { field, baseDirectory in
      let own = ["center", "radius", "inside", "outside"]
      guard let map = field.mapping(ContactsReader.keys + own + ProbeAverage.keys) else {
        return nil
      }
      let contacts = ContactsReader(map: map, baseDirectory: baseDirectory).read()
      let center = map.optional("center").map { $0.vector(.length) } ?? SIMD3.zero
      let radius = map.number("radius", .length, .positive, otherwise: 10_000)
      let inside = map.number("inside", .conductivity, .positive, otherwise: 0.3)
      let outside = map.number("outside", .conductivity, .positive, otherwise: 0.03)
      let average = ProbeAverage.read(map)
      guard let contacts, let center, let radius, let inside, let outside, let average else {
        return nil
      }
      return map.checked(
        SphereProbe(
          contacts: contacts, center: center, radius: radius, inside: inside, outside: outside,
          average: average))
    },
    write: { probe in
      guard let probe = probe as? SphereProbe else { return nil }
      return .mapping(
        probe.contacts.canonical + [
          ("center", .vector(probe.center)), ("radius", .number(probe.radius)),
          ("inside", .number(probe.inside)), ("outside", .number(probe.outside)),
        ] + probe.average.canonical)
    })
}
