import KernelEngine
import LinearAlgebra
import SignalPrediction

/// What is an input of impulse responses made of kernels.
public enum KernelInputs: Sendable {
  /// Each presynaptic population; kernels onto all postsynaptic ones are summed.
  case populations

  /// Each pathway, named "post:pre".
  case pathways
}

extension ImpulseResponses {
  /// The kernels of a probe. Column k is the lag k dt, k ≥ 0, whichever lags the kernels hold.
  ///
  /// - Throws: `PredictionError` when there is no kernel of the probe, or kernels differ in step, unit
  ///   or number of outputs.
  public init(
    _ kernels: [Kernel], probe: String, inputs: KernelInputs = .populations
  ) throws(PredictionError) {
    let kernels = kernels.filter { $0.probe == probe }
    guard let first = kernels.first else {
      throw PredictionError(.setting, "there is no kernel of the probe '\(probe)'")
    }
    var names: [String] = []
    var sums: [Matrix] = []
    for kernel in kernels {
      guard kernel.dt == first.dt, kernel.unit == first.unit,
        kernel.values.rows == first.values.rows
      else {
        throw PredictionError(
          .shape,
          "the kernel \(kernel.post):\(kernel.pre) at '\(probe)' has another time step, unit or number "
            + "of outputs than the first one")
      }
      let name = inputs == .populations ? kernel.pre : kernel.post + ":" + kernel.pre
      let causal = kernel.causalValues
      guard let index = names.firstIndex(of: name) else {
        names.append(name)
        sums.append(causal)
        continue
      }
      let columns = max(causal.columns, sums[index].columns)
      sums[index] = sums[index].widened(to: columns) + causal.widened(to: columns)
    }
    try self.init(dt: first.dt, inputs: names, taps: sums)
  }
}

extension Kernel {
  /// Outputs × lags 0, dt, ...
  fileprivate var causalValues: Matrix {
    let start = Int((firstLag / dt).rounded())
    let columns = max(1, values.columns + start)
    return Matrix(rows: values.rows, columns: columns) { target in
      for e in 0..<values.rows {
        for k in 0..<columns {
          let column = k - start
          target[e * columns + k] =
            column >= 0 && column < values.columns ? values[e, column] : 0
        }
      }
    }
  }
}

extension Matrix {
  fileprivate func widened(to columns: Int) -> Matrix {
    if columns == self.columns { return self }
    return Matrix(rows: rows, columns: columns) { target in
      for i in 0..<rows {
        for j in 0..<columns {
          target[i * columns + j] = j < self.columns ? self[i, j] : 0
        }
      }
    }
  }
}
