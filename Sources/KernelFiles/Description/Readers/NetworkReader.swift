import LFPKernels

/// Reads a whole description.
struct NetworkReader {
  let baseDirectory: String

  /// A network, and for each connection the index of its entry in the file.
  func read(_ root: Field) -> (network: Network, entries: [Int])? {
    guard !root.node.isNull else {
      root.report("is empty; a network description is needed")
      return nil
    }
    if let base = root.node.entry("base"), root.node.entry("sweep") != nil {
      root.field(of: base).report(
        "this describes a sweep; the network is in \(base.value.found), and `lfpkernels sweep` "
          + "computes all of it")
      return nil
    }
    // A parameter sweep beside the network is for those who compute it.
    let network = root.without("sweep")
    guard let map = network.mapping(["time", "cells", "populations", "connections", "probes"])
    else { return nil }
    let settings = map.optional("time").map { KernelSettings.read($0) } ?? KernelSettings()
    let cellFields = map.optional("cells").map { named($0, "cells") } ?? []
    var cells: [String: Cell] = [:]
    for (name, field) in cellFields {
      cells[name] = Cell.read(field, baseDirectory: baseDirectory)
    }
    let populationFields =
      map.required("populations", "the populations of neurons").map { named($0, "populations") }
      ?? []
    let populations = populationFields.compactMap { name, field in
      Population.read(name, field, cells: cellFields.map(\.name))
    }
    let reader = ConnectionReader(
      populations: populations, names: populationFields.map(\.name), cells: cells,
      withCell: Set(populationFields.filter { Self.hasCell($0.field.node) }.map(\.name)))
    let connections =
      map.required("connections", "a list of connections").map { reader.read($0) } ?? []
    let probes =
      map.required("probes", "what is measured, such as {dipole: {population_dipole: {}}}")
      .map { named($0, "probes") } ?? []
    let result = Network(
      settings: settings ?? KernelSettings(), cells: cells, populations: populations,
      connections: connections.map(\.connection),
      probes: probes.compactMap {
        Probe.read($0.name, $0.field, baseDirectory: baseDirectory)
      })
    return (result, connections.map(\.entry))
  }

  /// Whether a population has a cell, by a misspelt key, too: that is a problem of its own.
  private static func hasCell(_ population: DescriptionNode) -> Bool {
    guard case .mapping(let entries) = population.content else { return false }
    return entries.contains {
      $0.key == "cell" || nearestName(to: $0.key, among: Population.keys) == "cell"
    }
  }

  /// The entries of a mapping from names, which become names of groups in files of results.
  private func named(_ field: Field, _ what: String) -> [(name: String, field: Field)] {
    let entries = field.entries(of: what) ?? []
    for (name, entry) in entries {
      guard let found = StoredName.problem(with: name) else { continue }
      entry.diagnostics.report(
        "\(found.problem); \(found.remedy)", path: entry.path, at: entry.keyPlace)
    }
    return entries
  }
}
