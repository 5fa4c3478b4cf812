import LFPKernels

extension ProbeKind {
  /// `point_source: {x, y, z, sigma}`.
  static let pointSource = singleCellPotential(.point)

  /// `line_source: {x, y, z, sigma}`.
  static let lineSource = singleCellPotential(.line)

  private static func singleCellPotential(
    _ source: SingleCellPotentialProbe.Source
  ) -> ProbeKind {
    ProbeKind(
      name: source.rawValue,
      read: { field in
        guard let map = field.mapping(["x", "y", "z", "sigma"]) else { return nil }
        let contacts = Field.contacts(map)
        let sigma = map.optional("sigma").map { $0.number(.conductivity, .positive) } ?? 0.3
        guard let contacts, let sigma else { return nil }
        return SingleCellPotentialProbe(source, contacts: contacts, sigma: sigma)
      },
      write: { probe in
        guard let probe = probe as? SingleCellPotentialProbe, probe.source == source else {
          return nil
        }
        return .mapping([
          ("x", .numbers(probe.contacts.map(\.x))), ("y", .numbers(probe.contacts.map(\.y))),
          ("z", .numbers(probe.contacts.map(\.z))), ("sigma", .number(probe.sigma)),
        ])
      })
  }
}

extension Field {
  /// Contacts from `x`, `y` and `z`: each a number, which all contacts share, a list or a range.
  static func contacts(_ map: FieldMap) -> [SIMD3<Double>]? {
    let axes = ["x", "y", "z"].map { axis in
      map.required(axis, "coordinates in um: a number, a list, or {from, to, count}")?
        .numbers(.length)
    }
    guard let x = axes[0], let y = axes[1], let z = axes[2] else { return nil }
    let count = max(x.count, y.count, z.count)
    guard [x, y, z].allSatisfy({ $0.count == count || $0.count == 1 }) else {
      return map.field.fail(
        "x, y and z have \(x.count), \(y.count) and \(z.count) values; "
          + "those with more than one must have equally many")
    }
    func value(_ axis: [Double], _ index: Int) -> Double { axis[axis.count == 1 ? 0 : index] }
    return (0..<count).map { SIMD3(value(x, $0), value(y, $0), value(z, $0)) }
  }
}
