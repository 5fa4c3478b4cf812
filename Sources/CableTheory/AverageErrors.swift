public import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How far the outputs of an ensemble, as a mean over depths, are from the mean, judged by what the last
/// terms of its expansion add (`CableEnsemble` for matrices of these).
///
/// Responses are compared before their delays, at some instants of a window that one contour of few
/// nodes inverts to a per cent.
public struct AverageErrors: Sendable {
  private let ensemble: EnsembleSweep
  private let groups: [Range<Int>]
  private let outputs: Int

  /// - Parameters:
  ///   - cables: the members of the ensemble.
  ///   - outputs: their matrices.
  ///   - last: what the last terms of the expansion are of these.
  ///   - groups: rows that are judged together, against their largest value.
  public init(
    _ cables: [LinearCable], outputs: [Matrix], last: [Matrix], groups: [Range<Int>]
  ) {
    self.groups = groups
    self.outputs = outputs.first?.rows ?? 0
    ensemble = EnsembleSweep(
      CableEnsemble(
        cables.indices.map { i in
          CableEnsemble.Member(
            cables[i],
            outputs: Matrix(
              rows: 2 * outputs[i].rows, columns: outputs[i].columns,
              storage: outputs[i].storage + last[i].storage))
        }))
  }

  /// For each drive and group the estimated error over the largest value.
  ///
  /// - Throws: `CableError.resonant` when no contour encloses all poles.
  public func estimates(
    _ drives: [EnsembleDrive], grid: LagGrid
  ) throws(CableError) -> [[Double]] {
    let end = Double(grid.steps) * grid.dt
    let start = max(grid.dt, end / 200)
    let nodeCount = LaplaceContour.nodeCount(ratio: end / start, tolerance: 3e-3)
    guard
      let contour = ensemble.poles.contour(
        first: start, last: end, nodeCount: nodeCount, margin: 0.7)
    else { throw .resonant }
    let transfers = ensemble.transfers(at: contour.nodes, weights: drives.map(\.weights))
    let instants = (0..<24).map { start * pow(end / start, Double($0) / 23) }
    return zip(drives, transfers).map { drive, transfer in
      let sum = contour.sum(transfer, firstFrequency: 0, timeCourse: drive.timeCourse)
      var (whole, last) = ([Double](repeating: 0, count: groups.count), [Double]())
      last = whole
      for instant in instants {
        let values = sum.values(at: instant)
        for (g, rows) in groups.enumerated() {
          for row in rows {
            whole[g] = max(whole[g], abs(values[row]))
            last[g] = max(last[g], abs(values[outputs + row]))
          }
        }
      }
      return groups.indices.map { g in
        // Where all but cancels, rounding is all that is left.
        let rounding = 1e-13 * ensemble.largestOutput(of: groups[g], weights: drive.weights)
        return last[g] <= rounding ? 0 : last[g] / whole[g]
      }
    }
  }
}
