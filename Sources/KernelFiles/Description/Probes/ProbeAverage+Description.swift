import LFPKernels

/// `average: cell | population`, and for populations `rotations`, `tolerance` and `spread`: whether the
/// standard deviation over cells is wanted, or to which tolerance.
extension ProbeAverage {
  static let keys = ["average"] + populationKeys
  private static let populationKeys = ["rotations", "tolerance", "spread"]

  private enum Name: String, CaseIterable {
    case cell, population
  }

  static func read(_ map: FieldMap) -> ProbeAverage? {
    let standard: Name = if case .population = ProbeAverage.standard { .population } else { .cell }
    guard let name = map.optional("average").map({ $0.option(Name.self) }) ?? standard else {
      return nil
    }
    let rotations = map.optional("rotations").map { $0.flag() } ?? true
    let tolerance = map.optional("tolerance").map(Self.tolerance) ?? 1e-6
    let spread = map.given("spread", Self.spread)
    if name == .cell {
      for key in populationKeys {
        map.optional(key)?.report("has no meaning for one cell; give average: population")
      }
      return .cell
    }
    guard let rotations, let tolerance, let spread else { return nil }
    return .population(rotations: rotations, tolerance: tolerance, spread: spread ?? nil)
  }

  /// `true`, `false` or a tolerance; a nil inside for none.
  private static func spread(_ field: Field) -> Double?? {
    if let scalar = field.scalar, Double(scalar) != nil {
      return tolerance(field).map { .some($0) }
    }
    return field.flag().map { $0 ? standardSpread : nil }
  }

  private static func tolerance(_ field: Field) -> Double? {
    guard let value = field.number() else { return nil }
    guard value >= 1e-9, value < 1 else {
      return field.fail("\(field.shown) is no tolerance; it must be from 1e-9 to below 1")
    }
    return value
  }

  var canonical: CanonicalEntries {
    switch self {
    case .cell: [("average", .text("cell"))]
    case .population(let rotations, let tolerance, let spread):
      [
        ("average", .text("population")), ("rotations", .flag(rotations)),
        ("tolerance", .number(tolerance)), ("spread", spread.map { .number($0) }),
      ]
    }
  }
}
