import LFPKernels

extension KernelFileContents.Spread {
  private static let matrix = "matrix"
  private static let spread = "spread"

  /// - Parameter unit: that of the probe.
  func write(to file: HDF5File, unit: String) throws(StorageError) {
    for (group, values, error) in [
      (Self.matrix, mean, meanError), (Self.spread, deviation, deviationError),
    ] {
      let path = ["probes", probe, group, population]
      try file.write(StoredArray(values), to: path)
      try file.setAttribute("unit", of: path, to: "\(unit)/nA")
      try file.setAttribute("error_estimate", of: path, to: error)
    }
  }

  /// All of a file.
  static func read(
    _ file: HDF5File, probes: [KernelFileContents.Probe]
  ) throws(StorageError) -> [Self] {
    var result: [Self] = []
    for probe in probes {
      let group = ["probes", probe.name, spread]
      guard try file.exists(group) else { continue }
      for population in try file.members(of: group) {
        let deviation = try read(file, group + [population])
        let mean = try read(file, ["probes", probe.name, matrix, population])
        result.append(
          Self(
            population: population, probe: probe.name, mean: mean.values,
            deviation: deviation.values, meanError: mean.error, deviationError: deviation.error))
      }
    }
    return result
  }

  private static func read(
    _ file: HDF5File, _ path: [String]
  ) throws(StorageError) -> (values: Matrix, error: Double) {
    let array = try file.read(path, as: Double.self, rank: 2)
    return (
      Matrix(rows: array.shape[0], columns: array.shape[1], storage: array.values),
      try file.attribute("error_estimate", of: path, as: Double.self)
    )
  }
}
