import KernelFiles
import LFPKernels

extension StoredResults {
  /// Reads `{measures: [...], kernels: true | {every: 4} | state_space, pathways: [I->E], probes: [...]}`.
  static func read(_ field: Field, network: Network) -> StoredResults? {
    switch field.scalar {
    case "measures": return StoredResults()
    case "kernels": return StoredResults(measures: [], kernels: 1)
    default: break
    }
    guard let map = field.mapping(["measures", "kernels", "pathways", "probes"]) else { return nil }
    var result = StoredResults()
    var isReadable = true
    if let kernels = map.optional("kernels") {
      if kernels.isMapping {
        isReadable = result.readForm(kernels) && isReadable
      } else if kernels.scalar == "state_space" {
        result.stateSpace = StateSpace()
      } else {
        let flag = kernels.flag()
        result.kernels = flag == true ? 1 : nil
        isReadable = isReadable && flag != nil
      }
      if result.kernels != nil || result.stateSpace != nil { result.measures = [] }
    }
    if let measures = map.optional("measures") {
      let chosen =
        measures.isList && measures.listOrSelf.isEmpty
        ? [] : measures.listOrSelf.map { $0.option(Measure.self) }
      isReadable = isReadable && !chosen.contains(nil)
      let wanted = chosen.compactMap { $0 }
      result.measures = Measure.allCases.filter { wanted.contains($0) }
    }
    if let pathways = map.optional("pathways") {
      let read = readPathways(pathways, network)
      isReadable = isReadable && read != nil
      result.pathways = read
    }
    if let probes = map.optional("probes") {
      result.probes = readProbes(probes, network)
      isReadable = isReadable && result.probes != nil
    }
    if isReadable, result.measures.isEmpty, result.kernels == nil, result.stateSpace == nil {
      return field.fail("keeps nothing; give measures or kernels")
    }
    return isReadable ? result : nil
  }

  /// Reads `{every: 4}` or `{state_space: {order, taps, tolerance}}`.
  private mutating func readForm(_ field: Field) -> Bool {
    guard let map = field.mapping(["every", "state_space"]),
      let (form, value) = map.exactlyOne(
        of: ["every", "state_space"], what: "how kernels are stored")
    else { return false }
    if form == "every" {
      kernels = value.count(limit: 10_000_000)
      return kernels != nil
    }
    var space = StateSpace()
    guard let settings = value.mapping(["order", "taps", "tolerance"]) else { return false }
    if let field = settings.optional("order") {
      guard let order = field.count(limit: 72) else { return false }
      space.order = order
    }
    if let field = settings.optional("taps") {
      guard let taps = field.count(limit: 1_000_000) else { return false }
      space.taps = taps
    }
    if let field = settings.optional("tolerance") {
      guard let tolerance = field.number(.number) else { return false }
      guard tolerance > 0, tolerance < 1 else {
        field.report("is \(tolerance); it must be between 0 and 1, such as 1e-6")
        return false
      }
      space.tolerance = tolerance
    }
    stateSpace = space
    return true
  }

  private static func readProbes(_ field: Field, _ network: Network) -> [String]? {
    guard let names = field.names("one probe") else { return nil }
    let known = network.probes.map(\.name)
    let unknown = names.filter { !known.contains($0.name) }
    for (name, field) in unknown {
      field.report("there is no probe '\(name)'\(advice(for: name, among: known))")
    }
    return unknown.isEmpty ? names.map(\.name) : nil
  }

  private static func readPathways(_ field: Field, _ network: Network) -> [Pathway]? {
    guard let names = field.names("one pathway") else { return nil }
    let known = network.connections.map { "\($0.pre)->\($0.post)" }
    var result: [Pathway] = []
    for (name, field) in names {
      let text = name.split(separator: " ").joined()
      guard
        let connection = network.connections.first(where: {
          "\($0.pre)->\($0.post)".split(separator: " ").joined() == text
        })
      else {
        field.report("there is no pathway '\(name)'\(advice(for: name, among: known))")
        return nil
      }
      result.append(Pathway(pre: connection.pre, post: connection.post))
    }
    return result
  }
}
