import LFPKernels

extension ProbeKind {
  /// `dipole_potential: {contacts, sigma, location, axis, moment, unit}`; the dipole is at the origin
  /// and points along z unless told.
  static let dipolePotential = ProbeKind(
    name: "dipole_potential",
    read: { field, baseDirectory in
      guard let map = field.mapping(ContactsReader.placeKeys + ["sigma"] + DipoleSource.keys)
      else { return nil }
      let contacts = ContactsReader(
        map: map, baseDirectory: baseDirectory, allowsSurfaces: false
      ).read()
      let sigma = map.number("sigma", .conductivity, .positive, otherwise: 0.3)
      let dipole = DipoleSource.read(map, location: .zero, axis: SIMD3(0, 0, 1))
      let unit = DipoleSignalUnit.read(map, of: .potential)
      guard let contacts, let sigma, let dipole, let unit else { return nil }
      return map.checked(
        DipolePotentialProbe(contacts: contacts, dipole: dipole, sigma: sigma, unit: unit))
    },
    write: { probe in
      guard let probe = probe as? DipolePotentialProbe else { return nil }
      return .mapping(
        probe.contacts.canonical + [("sigma", .number(probe.sigma))] + probe.dipole.canonical
          + [("unit", .text(probe.unit.rawValue))])
    })
}
