import LFPKernels

extension Population {
  static let keys = ["size", "rate", "cell", "somata", "effective_leak", "external"]

  /// Reads one of `populations`.
  static func read(_ name: String, _ field: Field, cells: [String]) -> Population? {
    guard let map = field.mapping(keys) else { return nil }
    let size = map.required("size", "the number of neurons")?.count()
    let rate = map.optional("rate")?.number(.rate, .nonNegative)
    let model = PostsynapticModel.read(map, cells: cells)
    guard let size else { return nil }
    return Population(name: name, size: size, rate: rate, postsynaptic: model)
  }
}

extension PostsynapticModel {
  /// Reads what a population needs to be a target of synapses; nil where it has no cell.
  fileprivate static func read(_ map: FieldMap, cells: [String]) -> PostsynapticModel? {
    guard let cellField = map.optional("cell") else {
      for key in ["somata", "effective_leak", "external"] {
        map.optional(key)?.report("has no meaning without a cell; give the population one")
      }
      return nil
    }
    let cell = cellField.reference(to: "cell", among: cells)
    let somata = map.required("somata", "where they lie: {radius, depth}").flatMap(Somata.read)
    let leak = map.optional("effective_leak").map { $0.flag() }
    let external = map.optional("external").map { $0.listOrSelf.map(ExternalInput.read) } ?? []
    guard let cell, let somata, !external.contains(nil) else { return nil }
    return PostsynapticModel(
      cell: cell, somata: somata, effectiveLeak: leak ?? nil, external: external.compactMap { $0 })
  }
}

extension Somata {
  /// Reads `{radius, depth}`.
  static func read(_ field: Field) -> Somata? {
    guard let map = field.mapping(["radius", "depth"]) else { return nil }
    let radius = map.required("radius", "the radius of the population's disc in um")?
      .number(.length, .nonNegative)
    let depth = map.required("depth", "the distribution of depths, such as {norm: {scale: 75}}")
      .flatMap { Distribution.read($0, of: .length) }
    guard let radius, let depth else { return nil }
    return Somata(radius: radius, depth: depth)
  }
}

extension ExternalInput {
  /// Reads `{count, rate, synapse}`.
  fileprivate static func read(_ field: Field) -> ExternalInput? {
    guard let map = field.mapping(["count", "rate", "synapse"]) else { return nil }
    let count = map.required("count", "the number of synapses onto each neuron")?
      .number(.number, .nonNegative)
    let rate = map.required("rate", "the rate of each synapse in spikes/s")?
      .number(.rate, .nonNegative)
    let synapse = map.required("synapse", "what each synapse does").flatMap(Synapse.read)
    guard let count, let rate, let synapse else { return nil }
    return ExternalInput(count: count, rate: rate, synapse: synapse)
  }
}

extension Field {
  /// The name of something else in the file.
  func reference(to what: String, among names: [String]) -> String? {
    guard let name = text("the name of a \(what)") else { return nil }
    guard names.contains(name) else {
      return fail("there is no \(what) '\(name)'\(advice(for: name, among: names))")
    }
    return name
  }
}
