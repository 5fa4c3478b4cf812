import LFPKernels

/// A kind of probe in description files: how it is read, and how it is written canonically.
struct ProbeKind: Sendable {
  /// Its key.
  let name: String

  /// Reads its parameters; names of files in them are relative to the base directory.
  let read: @Sendable (_ field: Field, _ baseDirectory: String) -> (any PopulationProbe)?

  /// The parameters of a probe of this kind; nil for a probe of another type.
  let write: @Sendable (any PopulationProbe) -> CanonicalValue?

  /// All kinds; another is added by adding it here.
  static let all: [ProbeKind] = [
    .gaussCylinder, .populationDipole, .dipole, .pointSource, .lineSource, .somaAsPoint, .slice,
    .ecog, .sphere, .laminarCSD, .volumetricCSD, .eeg, .meg, .dipolePotential, .newYorkHead,
  ]
}

extension Probe {
  /// Reads one of `probes`.
  static func read(_ name: String, _ field: Field, baseDirectory: String) -> Probe? {
    guard let (key, value) = field.choice(of: "probe", among: ProbeKind.all.map(\.name)),
      let kind = ProbeKind.all.first(where: { $0.name == key })
    else { return nil }
    return kind.read(value, baseDirectory).map { Probe(name: name, $0) }
  }
}

extension FieldMap {
  /// The probe that was read here, once it is known to be possible: the forward model is made for
  /// somata that suit any, and what it refuses is reported at the key that it is about.
  func checked<Measure: PopulationProbe>(_ probe: Measure) -> Measure? {
    do {
      let somata = Somata(radius: 1, depth: try .norm(loc: 0, scale: 1))
      _ = try probe.forwardModel(for: somata)
      return probe
    } catch let error as ForwardModelError {
      let key =
        switch error.parameter {
        case "sigma_x", "sigma_y", "sigma_z": "sigma"
        case "cylinders": "z"
        case "widthAxis": "width_axis"
        case let parameter: parameter
        }
      return (optional(key) ?? field).fail(error.description)
    } catch {
      return field.fail("\(error)")
    }
  }
}
