import LFPKernels

extension ProbeKind {
  /// `eeg: {electrodes, radii, sigmas, location, axis, moment, unit}`: four spheres unless told.
  static let eeg = ProbeKind(
    name: "eeg",
    read: { field, baseDirectory in
      let own = ["electrodes", "names", "radii", "sigmas"]
      guard let map = field.mapping(own + DipoleSource.keys) else { return nil }
      let radii =
        map.optional("radii").map { $0.numbers(.length) } ?? LayeredSphereModel.fourSphereRadii
      let sigmas =
        map.optional("sigmas").map { $0.numbers(.conductivity) }
        ?? LayeredSphereModel.fourSphereSigmas
      let places = map.required(
        "electrodes", "a list of [x, y, z] in um, {file}, or a grid {theta, phi}"
      ).flatMap { SensorPlaces.read($0, radius: radii?.last, baseDirectory: baseDirectory) }
      let names = map.given("names") { $0.names("one name")?.map(\.name) }
      let dipole = DipoleSource.read(map)
      let unit = DipoleSignalUnit.read(map, of: .potential)
      guard let radii, let sigmas, let places, let names, let dipole, let unit else { return nil }
      return map.checked(
        EEGProbe(
          electrodes: Contacts(places.positions, names: names ?? places.names), dipole: dipole,
          radii: radii, sigmas: sigmas, unit: unit))
    },
    write: { probe in
      guard let probe = probe as? EEGProbe else { return nil }
      let names = probe.electrodes.names
      return .mapping(
        [
          ("electrodes", .vectors(probe.electrodes.positions)),
          ("names", names.isEmpty ? nil : .texts(names)), ("radii", .numbers(probe.radii)),
          ("sigmas", .numbers(probe.sigmas)),
        ] + probe.dipole.canonical + [("unit", .text(probe.unit.rawValue))])
    })
}
