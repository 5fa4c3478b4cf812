internal import ForwardModels
internal import LinearAlgebra

/// The matrices of all probes on one cell, one below the other.
struct ProbeStack {
  var matrix: Matrix
  var rows: [Range<Int>] = []
  var units: [String] = []

  init(_ probes: [Probe], on cell: PostsynapticCell) throws(NetworkError) {
    var storage: [Double] = []
    var count = 0
    for probe in probes {
      do {
        let model = try probe.measures.forwardModel(for: cell.model.somata)
        let part = try model.transformationMatrix(for: cell.compartments)
        guard part.columns == cell.compartments.count else {
          throw NetworkError(
            .probe(probe.name),
            "its matrix has \(part.columns) columns for \(cell.compartments.count) compartments")
        }
        guard part.maximumMagnitude.isFinite else {
          throw NetworkError(
            .probe(probe.name),
            "its matrix for \(cell.population.name) is not finite; are its numbers in their units?")
        }
        part.withUnsafeEntries { storage.append(contentsOf: $0) }
        rows.append(count..<count + part.rows)
        units.append(model.unit)
        count += part.rows
      } catch let error as NetworkError {
        throw error
      } catch {
        throw NetworkError(.probe(probe.name), "\(error)")
      }
    }
    matrix = Matrix(rows: count, columns: cell.compartments.count, storage: storage)
  }
}
