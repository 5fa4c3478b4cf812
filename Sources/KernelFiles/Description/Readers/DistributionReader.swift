package import LFPKernels

extension Distribution {
  /// Reads a distribution of a variable: `{norm: {loc: 0, scale: 75}}`, or a number for a variable
  /// with one value. Parameters that have the variable's unit may carry it.
  package static func read(_ field: Field, of dimension: Dimension) -> Distribution? {
    if field.scalar != nil {
      return field.number(dimension).flatMap { make("constant", ["value": $0], field, nil) }
    }
    guard let (name, value) = field.choice(of: "distribution", among: Distribution.names),
      let known = Distribution.parameters(ofDistribution: name)
    else { return nil }
    if name == "constant" && !value.isMapping {
      return value.number(dimension).flatMap { make(name, ["value": $0], value, nil) }
    }
    guard let map = value.mapping(known.map(\.name)) else { return nil }
    var parameters: [String: Double] = [:]
    var isReadable = true
    for parameter in known {
      guard let field = map.optional(parameter.name) else { continue }
      let dimension = parameter.hasUnitOfVariable ? dimension : .number
      let mayBeInfinite = parameter.defaultValue?.isInfinite == true
      let number = mayBeInfinite ? field.extendedNumber(dimension) : field.number(dimension)
      parameters[parameter.name] = number
      isReadable = isReadable && number != nil
    }
    return isReadable ? make(name, parameters, value, map) : nil
  }

  private static func make(
    _ name: String, _ parameters: [String: Double], _ field: Field, _ map: FieldMap?
  ) -> Distribution? {
    do throws(DistributionError) {
      return try Distribution(name: name, parameters: parameters)
    } catch {
      guard case .invalidValue(_, let parameter, _, let allowed) = error else {
        return field.fail("\(error)")
      }
      guard let value = map?.optional(parameter) else {
        return field.fail("\(error)")
      }
      return value.fail("\(value.shown) is not possible; it \(allowed)")
    }
  }
}
