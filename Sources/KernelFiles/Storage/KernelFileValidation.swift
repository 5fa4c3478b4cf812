extension KernelFileContents {
  /// Throws if the contents do not fit together, so that no file is written or believed that
  /// cannot be used.
  ///
  /// - Parameter file: the file that error messages name.
  /// - Throws: `StorageError`: an impossible or repeated name, a kernel of an unknown probe, a
  ///   kernel without outputs or lags or with another number of outputs than its probe, a `dt`
  ///   that is not positive, a lag or error estimate that is not finite, and the like of spreads.
  public func validate(file: String) throws(StorageError) {
    var outputs: [String: Int?] = [:]
    for probe in probes {
      try StoredName.check(probe.name, of: "probe", file: file)
      let object = "probe \(probe.name)"
      guard outputs.updateValue(try probe.outputCount(file: file), forKey: probe.name) == nil
      else {
        throw StorageError(.duplicate, file: file, object: object, problem: "is there twice")
      }
    }
    var names: Set<String> = []
    for kernel in kernels {
      for population in [kernel.postsynaptic, kernel.presynaptic] {
        try StoredName.check(population, of: "population", file: file)
      }
      guard names.insert(kernel.name).inserted else {
        throw StorageError(
          .duplicate, file: file, object: "kernel \(kernel.name)", problem: "is there twice")
      }
      guard let expected = outputs[kernel.probe] else {
        throw StorageError(
          .missingObject, file: file, object: "kernel \(kernel.name)",
          problem: "its probe \"\(kernel.probe)\" is not among the probes",
          remedy: "there are \(probes.map(\.name).joined(separator: ", "))")
      }
      try kernel.validate(outputs: expected, file: file)
    }
    names = []
    for spread in spreads {
      try StoredName.check(spread.population, of: "population", file: file)
      guard names.insert(spread.name).inserted else {
        throw StorageError(.duplicate, file: file, object: spread.name, problem: "is there twice")
      }
      try spread.validate(outputs: outputs[spread.probe] ?? nil, file: file)
    }
  }
}

extension KernelFileContents.Spread {
  fileprivate var name: String { "spread of \(population) at \(probe)" }

  fileprivate func validate(outputs: Int?, file: String) throws(StorageError) {
    guard mean.rows == deviation.rows, mean.columns == deviation.columns,
      mean.rows == outputs ?? mean.rows, mean.columns > 0
    else {
      throw StorageError(
        .wrongShape, file: file, object: name,
        problem: "its mean is \(mean.rows) × \(mean.columns), its standard deviation "
          + "\(deviation.rows) × \(deviation.columns)",
        remedy: "both should be outputs × compartments")
    }
    let numbers = [
      mean.maximumMagnitude, deviation.maximumMagnitude, meanError, deviationError,
    ]
    guard numbers.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw StorageError(
        .invalidValue, file: file, object: name, problem: "it holds numbers that are not finite")
    }
  }
}

extension KernelFileContents.Kernel {
  fileprivate func validate(outputs: Int?, file: String) throws(StorageError) {
    let object = "kernel \(name)"
    guard values.rows > 0, values.columns > 0 else {
      throw StorageError(
        .wrongShape, file: file, object: object,
        problem: "it has \(values.rows) outputs and \(values.columns) lags",
        remedy: "a kernel has at least one of each")
    }
    if let outputs, outputs != values.rows {
      throw StorageError(
        .wrongShape, file: file, object: object, problem: "it has \(values.rows) outputs",
        remedy: "its probe has \(outputs)")
    }
    guard dt > 0, dt.isFinite else {
      throw StorageError(
        .invalidValue, file: file, object: object, problem: "its dt is \(dt) ms",
        remedy: "it should be positive")
    }
    guard values.maximumMagnitude.isFinite else {
      throw StorageError(
        .invalidValue, file: file, object: object, problem: "it holds numbers that are not finite")
    }
    guard firstLag.isFinite, errorEstimate.map({ $0 >= 0 && $0.isFinite }) ?? true,
      averageError.map({ $0 >= 0 && $0.isFinite }) ?? true
    else {
      throw StorageError(
        .invalidValue, file: file, object: object,
        problem: "its first lag or error estimate is not a finite number")
    }
  }
}

extension KernelFileContents.Probe {
  /// The number of outputs, or nil if neither positions nor names tell.
  fileprivate func outputCount(file: String) throws(StorageError) -> Int? {
    if !positions.isEmpty, !outputNames.isEmpty, positions.count != outputNames.count {
      throw StorageError(
        .wrongShape, file: file, object: "probe \(name)",
        problem: "it has \(positions.count) positions but \(outputNames.count) names of outputs",
        remedy: "there should be as many of both")
    }
    if positions.isEmpty && outputNames.isEmpty { return nil }
    return max(positions.count, outputNames.count)
  }
}
