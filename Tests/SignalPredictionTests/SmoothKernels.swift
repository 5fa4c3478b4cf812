import Foundation
import LinearAlgebra
import SignalPrediction

/// Kernels like those of networks: sums of alpha functions and differences of exponentials after a
/// delay, with a weight per contact that is smooth in depth.
func smoothResponses(
  outputs: Int, taps: [Int], dt: Double = 0.1, delays: [Double] = [1.3, 0.5, 2.1]
) throws -> ImpulseResponses {
  let matrices = taps.enumerated().map { x, count in
    let delay = delays[x % delays.count]
    let terms: [(weight: (Double) -> Double, course: (Double) -> Double)] = [
      ({ exp(-8 * ($0 - 0.3) * ($0 - 0.3)) }, { $0 / 1.5 * exp(1 - $0 / 1.5) }),
      ({ -exp(-5 * ($0 - 0.7) * ($0 - 0.7)) }, { exp(-$0 / (4 + Double(x))) - exp(-$0 / 0.8) }),
      ({ 0.2 * cos(3 * $0) }, { exp(-$0 / 2.2) * sin($0 / 3) }),
    ]
    var matrix = Matrix(rows: outputs, columns: count)
    for e in 0..<outputs {
      let depth = (Double(e) + 0.5) / Double(outputs)
      for k in 0..<count {
        let t = Double(k) * dt - delay
        guard t > 0 else { continue }
        matrix[e, k] = terms.reduce(0) { $0 + $1.weight(depth) * $1.course(t) }
      }
    }
    return matrix
  }
  return try ImpulseResponses(dt: dt, inputs: taps.indices.map { "X\($0)" }, taps: matrices)
}
