import LFPKernels

/// `average: cell | population`, and for populations `rotations` and `tolerance`.
extension ProbeAverage {
  static let keys = ["average", "rotations", "tolerance"]

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
    if name == .cell {
      for key in ["rotations", "tolerance"] {
        map.optional(key)?.report("has no meaning for one cell; give average: population")
      }
      return .cell
    }
    guard let rotations, let tolerance else { return nil }
    return .population(rotations: rotations, tolerance: tolerance)
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
    case .population(let rotations, let tolerance):
      [
        ("average", .text("population")), ("rotations", .flag(rotations)),
        ("tolerance", .number(tolerance)),
      ]
    }
  }
}
