internal import CellMorphology
public import ForwardModels

/// How the matrices of the cells of a population differ at a probe.
public struct PopulationSpread: Sendable, Equatable {
  public var population: String
  public var probe: String

  /// The mean over the cells, outputs × compartments, in the probe's unit per nA.
  public var mean: PopulationMatrix

  /// The standard deviation over the cells of each entry.
  public var deviation: PopulationMatrix
}

extension KernelEngine {
  /// The means and standard deviations over cells of all probes that ask for them (`spread`): how far
  /// the matrix of one cell is from the one that kernels are made with.
  ///
  /// - Throws: `NetworkError` when a probe does not fit a population or a tolerance is not reached.
  public func spreads() throws(NetworkError) -> [PopulationSpread] {
    var result: [PopulationSpread] = []
    for cell in cells {
      for probe in probes {
        if let spread = try cell.spread(at: probe) { result.append(spread) }
      }
    }
    return result
  }
}

extension PostsynapticCell {
  fileprivate func spread(at probe: Probe) throws(NetworkError) -> PopulationSpread? {
    guard let averaged = probe.measures as? any AveragedProbe,
      case .population(_, _, let tolerance?) = averaged.average
    else { return nil }
    return try measuring(probe) {
      let somata = model.somata
      let average = try averaged.average.populationAverage(
        of: averaged.cellModel(for: somata), over: somata)
      guard let average else { return nil }
      let mean = try average.mean(for: compartments)
      do {
        let deviation = try average.standardDeviation(for: compartments, tolerance: tolerance)
        return PopulationSpread(
          population: population.name, probe: probe.name, mean: mean, deviation: deviation)
      } catch let error as ForwardModelError where error.parameter == "tolerance" {
        // Its key is another one than that of the mean's tolerance.
        throw ForwardModelError(parameter: "spread", error.description)
      }
    }
  }
}
