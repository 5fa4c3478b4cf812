internal import CellMorphology
internal import ForwardModels
internal import LinearAlgebra

extension KernelEngine {
  /// Why probes do not fit the populations whose cells they measure, as far as one cell of each tells:
  /// where compartments are outside of what a model allows. Quick, since nothing is averaged.
  public func probeProblems() -> [NetworkError] {
    var problems: [NetworkError] = []
    for cell in cells {
      for probe in probes {
        do throws(NetworkError) {
          _ = try cell.matrix(of: probe) { somata in
            let averaged = probe.measures as? any AveragedProbe
            return try averaged?.cellModel(for: somata) ?? probe.measures.forwardModel(for: somata)
          }
        } catch {
          problems.append(error)
        }
      }
    }
    return problems
  }
}

extension PostsynapticCell {
  /// The matrix of a probe, by a model that is made for the population's somata, and its unit.
  ///
  /// - Throws: `NetworkError`, which names the probe and the population.
  func matrix(
    of probe: Probe, by model: (Somata) throws -> any ForwardModel
  ) throws(NetworkError) -> (matrix: Matrix, unit: String) {
    try measuring(probe) {
      let model = try model(self.model.somata)
      let matrix = try model.transformationMatrix(for: compartments)
      guard matrix.columns == compartments.count else {
        throw ForwardModelError(
          parameter: "",
          "its matrix has \(matrix.columns) columns for \(compartments.count) compartments")
      }
      guard matrix.maximumMagnitude.isFinite else {
        throw ForwardModelError(
          parameter: "", "its matrix is not finite; are its numbers in their units?")
      }
      return (matrix, model.unit)
    }
  }

  /// What a probe measures of this cell, with errors as problems of the network.
  func measuring<Value>(
    _ probe: Probe, _ body: () throws -> Value
  ) throws(NetworkError) -> Value {
    do {
      return try body()
    } catch let error as ForwardModelError {
      // Other parameters are none of the file's keys, or were looked at when it was read.
      let keys = ["tolerance", "spread", "radius", "squeeze"].filter { $0 == error.parameter }
      throw NetworkError(
        .probe(probe.name), key: ([probe.measures.kind] + keys).joined(separator: "."),
        "onto \(population.name): \(error)")
    } catch {
      throw NetworkError(.probe(probe.name), "onto \(population.name): \(error)")
    }
  }
}
