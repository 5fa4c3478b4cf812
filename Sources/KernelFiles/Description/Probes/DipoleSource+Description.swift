import LFPKernels

/// Where a population's dipole is, where it points, and whose moment it is: `location`, `axis` and
/// `moment`.
extension DipoleSource {
  static let keys = ["location", "axis", "moment", "unit"]

  /// - Parameters:
  ///   - location: what it is unless given; nil where it must be given.
  ///   - axis: what it is unless given; nil for outwards.
  static func read(
    _ map: FieldMap, location standard: SIMD3<Double>? = nil,
    axis standardAxis: SIMD3<Double>? = nil
  ) -> DipoleSource? {
    let location =
      standard != nil && map.optional("location") == nil
      ? standard
      : map.required("location", "where the population is in the conductor, [x, y, z] in um")?
        .vector(.length)
    let axis = map.given("axis") { $0.direction() }
    let moment = readMoment(map)
    guard let location, let axis, let moment else { return nil }
    return DipoleSource(location: location, axis: axis ?? standardAxis, moment: moment)
  }

  /// `moment: population_dipole | dipole`.
  static func readMoment(_ map: FieldMap) -> DipoleMoment? {
    map.optional("moment").map { $0.option(DipoleMoment.self) } ?? .population
  }

  var canonical: CanonicalEntries {
    [
      ("location", .vector(location)), ("axis", axis.map { .vector($0) }),
      ("moment", .text(moment.rawValue)),
    ]
  }
}

extension DipoleSignalUnit {
  /// `unit`, one of those in which a quantity is measured; by default the quantity's own.
  static func read(_ map: FieldMap, of quantity: DipoleQuantity) -> DipoleSignalUnit? {
    guard let field = map.optional("unit") else { return quantity.unit }
    let known = allCases.filter { $0.quantity == quantity }
    if let unit = known.first(where: { $0.rawValue == field.scalar }) { return unit }
    return field.fail(
      "\(field.node.found) is no unit of this signal; known are "
        + listing(known.map(\.rawValue), last: "and"))
  }
}
