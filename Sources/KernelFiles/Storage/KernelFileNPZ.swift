import LFPKernels

extension KernelFileContents {
  /// The file as arrays for NumPy:
  ///
  /// - `<Y>:<X>/<probe>`: outputs × lags; `error_estimate/<Y>:<X>/<probe>` and
  ///   `average_error/<Y>:<X>/<probe>` where there is one
  /// - `dt`, `first_lag`: ms, one number each; where they differ between kernels, one each as
  ///   `dt/<Y>:<X>/<probe>`
  /// - `probes/<probe>/kind`, `/unit`, `/positions` (outputs × 3, um), `/output_names`
  /// - `probes/<probe>/matrix/<Y>`, `probes/<probe>/spread/<Y>`: outputs × compartments, in the probe's
  ///   unit per nA, where asked for; `error_estimate/probes/<probe>/matrix/<Y>` and so on
  /// - `average`: `joint` or `separate`, where it is known
  /// - `description`, `description_sha256`, `format`, `format_version`, `program_version`
  func npz(for path: String) throws(StorageError) -> NPZFile {
    var file = NPZFile(for: path)
    for kernel in kernels { try file.add(StoredArray(kernel.values), as: kernel.name) }
    try addPerKernel(\.dt, as: "dt", to: &file)
    try addPerKernel(\.firstLag, as: "first_lag", to: &file)
    for kernel in kernels {
      if let estimate = kernel.errorEstimate {
        try file.add(StoredArray(scalar: estimate), as: "error_estimate/\(kernel.name)")
      }
      if let error = kernel.averageError {
        try file.add(StoredArray(scalar: error), as: "average_error/\(kernel.name)")
      }
    }
    for probe in probes {
      let prefix = "probes/\(probe.name)/"
      try file.add(probe.kind, as: prefix + "kind")
      try file.add(probe.unit, as: prefix + "unit")
      if !probe.positions.isEmpty {
        try file.add(StoredArray(probe.positions), as: prefix + "positions")
      }
      if !probe.outputNames.isEmpty { try file.add(probe.outputNames, as: prefix + "output_names") }
    }
    for spread in spreads {
      for (group, values, error) in [
        ("matrix", spread.mean, spread.meanError),
        ("spread", spread.deviation, spread.deviationError),
      ] {
        let name = "probes/\(spread.probe)/\(group)/\(spread.population)"
        try file.add(StoredArray(values), as: name)
        try file.add(StoredArray(scalar: error), as: "error_estimate/" + name)
      }
    }
    if let average { try file.add(average.rawValue, as: "average") }
    try file.add(description, as: "description")
    try file.add(descriptionSHA256, as: "description_sha256")
    try file.add(KernelFileLayout.format, as: "format")
    try file.add(StoredArray(scalar: KernelFileLayout.version), as: "format_version")
    try file.add(programVersion, as: "program_version")
    return file
  }

  private func addPerKernel(
    _ value: (Kernel) -> Double, as name: String, to file: inout NPZFile
  ) throws(StorageError) {
    guard let first = kernels.first.map(value) else { return }
    if kernels.allSatisfy({ value($0) == first }) {
      try file.add(StoredArray(scalar: first), as: name)
      return
    }
    for kernel in kernels {
      try file.add(StoredArray(scalar: value(kernel)), as: "\(name)/\(kernel.name)")
    }
  }
}
