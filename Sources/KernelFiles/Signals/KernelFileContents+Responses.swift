public import LFPKernels

extension KernelFileContents {
  /// The impulse responses of a probe to its presynaptic populations, summed over the pathways that are
  /// asked for.
  ///
  /// - Parameters:
  ///   - probe: the probe's name.
  ///   - postsynaptic: nil for all populations whose cells make the signal.
  ///   - presynaptic: nil for all populations that spike.
  ///   - file: what error messages call the file.
  /// - Throws: `StorageError` if there is no such kernel, kernels do not fit together, or one is not zero
  ///   before its spike.
  public func impulseResponses(
    probe: String, onto postsynaptic: String? = nil, from presynaptic: String? = nil, file: String
  ) throws(StorageError) -> ImpulseResponses {
    let chosen = kernels.filter {
      $0.probe == probe && (postsynaptic ?? $0.postsynaptic) == $0.postsynaptic
        && (presynaptic ?? $0.presynaptic) == $0.presynaptic
    }
    let unit = probes.first { $0.name == probe }?.unit ?? ""
    guard !chosen.isEmpty else {
      throw StorageError(
        .missingObject, file: file, problem: "has no kernels at the probe '\(probe)'",
        remedy: "its probes are \(listing(probes.map(\.name).limited, last: "and"))")
    }
    for kernel in chosen { try kernel.checkCausal(file: file) }
    do {
      return try ImpulseResponses(
        chosen.map {
          LFPKernels.Kernel(
            pre: $0.presynaptic, post: $0.postsynaptic, probe: $0.probe, values: $0.values,
            dt: $0.dt, firstLag: $0.firstLag, unit: unit)
        }, probe: probe)
    } catch {
      throw StorageError(
        .wrongShape, file: file, object: "probe \(probe)", problem: error.description)
    }
  }
}

extension KernelFileContents.Kernel {
  /// Throws unless lags are whole steps and the kernel is 0 before the spike.
  func checkCausal(file: String) throws(StorageError) {
    let steps = firstLag / dt
    guard abs(steps - steps.rounded()) < 1e-6, abs(steps) < 1e9 else {
      throw StorageError(
        .invalidValue, file: file, object: "kernel \(name)",
        problem: "its first lag is \(firstLag) ms, between steps of \(dt) ms",
        remedy: "lags should be whole steps")
    }
    let before = min(max(0, -Int(steps.rounded())), values.columns)
    for row in 0..<values.rows {
      guard let column = (0..<before).first(where: { values[row, $0] != 0 }) else { continue }
      throw StorageError(
        .invalidValue, file: file, object: "kernel \(name)",
        problem: "output \(row) is \(values[row, column]) at the lag "
          + "\(firstLag + Double(column) * dt) ms, before the spike",
        remedy: "a kernel is 0 before its spike; compute it again")
    }
  }
}
