import KernelFiles
import LFPKernels

/// A description and the engine for its network: what `check` and `kernels` begin with. Problems of
/// the network are thrown as problems of the file, with their lines.
struct NetworkInput {
  let file: DescriptionFile
  let engine: KernelEngine

  init(path: String) throws(DescriptionError) {
    let file = try DescriptionFile.read(path: path)
    for warning in file.warnings { StandardError.write("warning: \(warning)\n") }
    if file.hasSweep {
      StandardError.write(
        "note: \(path) describes a sweep, too; this is its base network, and `lfpkernels sweep` "
          + "computes the rest\n")
    }
    self.file = file
    engine = try NetworkInput.located(in: file) { () throws(NetworkError) in
      try KernelEngine(file.network)
    }
  }

  /// All kernels.
  func kernels(threads: Int) throws(DescriptionError) -> [Kernel] {
    try NetworkInput.located(in: file) { () throws(NetworkError) in
      try engine.kernels(threads: threads)
    }
  }

  /// How far cells are from the mean, where probes ask for it.
  func spreads() throws(DescriptionError) -> [KernelFileContents.Spread] {
    let spreads = try NetworkInput.located(in: file) { () throws(NetworkError) in
      try engine.spreads()
    }
    return spreads.map {
      KernelFileContents.Spread(
        population: $0.population, probe: $0.probe, mean: $0.mean.matrix,
        deviation: $0.deviation.matrix, meanError: $0.mean.relativeError,
        deviationError: $0.deviation.relativeError)
    }
  }

  /// Throws all that one cell of each population tells about probes that do not fit.
  func checkProbes() throws(DescriptionError) {
    let problems = engine.probeProblems()
    if !problems.isEmpty { throw DescriptionError(problems.map { file.diagnostic(for: $0) }) }
  }

  /// What each probe measures, once each postsynaptic population's forward model could be made.
  func probes() throws(DescriptionError) -> [KernelFileContents.Probe] {
    var result: [KernelFileContents.Probe] = []
    for probe in file.network.probes {
      let model = try NetworkInput.located(in: file) { () throws(NetworkError) in
        try forwardModel(of: probe)
      }
      result.append(
        KernelFileContents.Probe(
          name: probe.name, kind: probe.measures.kind, unit: model?.unit ?? "",
          positions: model?.positions ?? [], outputNames: model?.outputNames ?? []))
    }
    return result
  }

  private func forwardModel(of probe: Probe) throws(NetworkError) -> (any ForwardModel)? {
    var first: (any ForwardModel)?
    for summary in engine.cellSummaries {
      let population = file.network.populations.first { $0.name == summary.population }
      guard let somata = population?.postsynaptic?.somata else { continue }
      do {
        let model = try probe.measures.forwardModel(for: somata)
        first = first ?? model
      } catch {
        throw NetworkError(.probe(probe.name), "onto \(summary.population): \(error)")
      }
    }
    return first
  }

  private static func located<Value>(
    in file: DescriptionFile, _ body: () throws(NetworkError) -> Value
  ) throws(DescriptionError) -> Value {
    do throws(NetworkError) {
      return try body()
    } catch {
      throw DescriptionError([file.diagnostic(for: error)])
    }
  }
}
