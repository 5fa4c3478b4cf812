extension SpikeTable {
  /// Writes the spikes as a SONATA file: `/spikes/<population>/{timestamps,node_ids}`, with times in
  /// ms, `sorting` as an enumeration and ids without sign, as the SONATA developer guide has it.
  ///
  /// - Throws: `StorageError` if a group has no population or no nodes, a population is there twice, or
  ///   the file cannot be written; then there is none.
  public func writeSonata(to path: String, overwrite: Bool) throws(StorageError) {
    let file = try HDF5File(inMemoryFor: path)
    try file.setAttribute("magic", to: 0x0A7A)
    try file.setAttribute("version", to: [0, 1])
    var written = Set<String>()
    for group in groups {
      guard group.weights.isEmpty else {
        throw StorageError(
          .invalidValue, file: path, problem: "SONATA files have each spike once, without a count")
      }
      guard let population = group.population, group.nodes.count == group.times.count else {
        throw StorageError(
          .invalidValue, file: path,
          problem: "SONATA files have the population and node of each spike")
      }
      try StoredName.check(population, of: "population", file: path)
      guard written.insert(population).inserted else {
        throw StorageError(
          .duplicate, file: path, object: population, problem: "a population is written once")
      }
      let place = ["spikes", population]
      try file.write(
        StoredArray(shape: [group.times.count], values: group.times), to: place + ["timestamps"])
      try file.setAttribute("units", of: place + ["timestamps"], to: "ms")
      try file.writeIDs(group.nodes, to: place + ["node_ids"])
      let isSorted = zip(group.times, group.times.dropFirst()).allSatisfy { $0 <= $1 }
      try file.setAttribute(
        "sorting", of: place, toCase: isSorted ? 2 : 0, of: ["none", "by_id", "by_time"])
    }
    try file.write(to: path, overwrite: overwrite)
  }
}
