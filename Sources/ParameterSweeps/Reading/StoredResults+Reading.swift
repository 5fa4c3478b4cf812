import KernelFiles
import LFPKernels

extension StoredResults {
  /// Reads `{measures: [...], kernels: true | {every: 4}, pathways: [I->E], probes: [...]}`, or
  /// `kernels` or `measures` alone.
  static func read(_ field: Field, network: Network) -> StoredResults? {
    switch field.scalar {
    case "measures": return StoredResults()
    case "kernels": return StoredResults(measures: [], kernels: 1)
    default: break
    }
    guard let map = field.mapping(["measures", "kernels", "modes", "pathways", "probes"]) else {
      return nil
    }
    var result = StoredResults()
    var isReadable = true
    if let kernels = map.optional("kernels") {
      if kernels.isMapping {
        let every = kernels.mapping(["every"])?
          .required("every", "the step between stored lags, such as 4")?.count(limit: 10_000_000)
        result.kernels = every
        isReadable = isReadable && every != nil
      } else {
        let flag = kernels.flag()
        result.kernels = flag == true ? 1 : nil
        isReadable = isReadable && flag != nil
      }
      if result.kernels != nil { result.measures = [] }
    }
    if let modes = map.optional("modes") {
      result.modes = Modes.read(modes)
      isReadable = isReadable && result.modes != nil
      result.measures = []
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
    if isReadable, result.measures.isEmpty, result.kernels == nil, result.modes == nil {
      return field.fail("keeps nothing; give measures, kernels or modes")
    }
    return isReadable ? result : nil
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

extension StoredResults.Modes {
  /// Reads `{states: 16, head: 48, tolerance: 1e-6}`.
  fileprivate static func read(_ field: Field) -> StoredResults.Modes? {
    guard let map = field.mapping(["states", "head", "tolerance"]),
      let states = map.required("states", "how many states there may be, such as 16")?
        .count(limit: 72)
    else { return nil }
    var result = StoredResults.Modes(states: states)
    if let head = map.optional("head") {
      guard let number = head.number(), number >= 0, number == number.rounded(), number <= 1e6
      else { return head.fail("\(head.shown) is no number of lags; it must be whole, from 0 up") }
      result.head = Int(number)
    }
    if let field = map.optional("tolerance") {
      guard let tolerance = field.number() else { return nil }
      guard tolerance >= 1e-12, tolerance <= 0.1 else {
        return field.fail("\(field.shown) is no tolerance; it must lie between 1e-12 and 0.1")
      }
      result.tolerance = tolerance
    }
    return result
  }
}
