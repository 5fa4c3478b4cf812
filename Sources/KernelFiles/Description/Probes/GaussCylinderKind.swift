import LFPKernels

extension ProbeKind {
  /// `gauss_cylinder: {z, sigma, radius, scale}`; radius and scale default to the population's.
  static let gaussCylinder = ProbeKind(
    name: "gauss_cylinder",
    read: { field, _ in
      guard let map = field.mapping(["z", "sigma", "radius", "scale"]) else { return nil }
      let z = map.required("z", "depths in um: a list, or {from, to, count}")?.numbers(.length)
      let sigma = map.optional("sigma").map { $0.number(.conductivity, .positive) } ?? 0.3
      let radius = map.optional("radius")?.number(.length, .positive)
      let scale = map.optional("scale")?.number(.length, .nonNegative)
      guard let z, let sigma else { return nil }
      return GaussCylinderProbe(z: z, sigma: sigma, radius: radius, scale: scale)
    },
    write: { probe in
      guard let probe = probe as? GaussCylinderProbe else { return nil }
      return .mapping([
        ("z", .numbers(probe.z)), ("sigma", .number(probe.sigma)),
        ("radius", probe.radius.map { .number($0) }), ("scale", probe.scale.map { .number($0) }),
      ])
    })
}
