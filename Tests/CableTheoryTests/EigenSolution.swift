import CableTheory
import CellMorphology
import Foundation
import LinearAlgebra

/// The response of a cable by the eigenvalues of its symmetrised matrix: an independent solution.
struct EigenSolution {
  private let rates: [Double]
  private let vectors: Matrix
  private let capacitance: [Double]
  private let axial: Matrix

  init(_ cable: LinearCable) throws {
    let tree = cable.tree
    let count = cable.compartmentCount
    let nodes = tree.nodeCount
    var full = Matrix(rows: nodes, columns: nodes)
    for i in 1..<max(nodes, 1) {
      let (p, g) = (tree.parent[i], 1 / tree.resistance[i])
      full[i, i] += g
      full[p, p] += g
      full[i, p] -= g
      full[p, i] -= g
    }
    // Junctions have no capacitance: eliminate them.
    for j in stride(from: nodes - 1, through: 0, by: -1) where tree.compartment[j] < 0 {
      let pivot = full[j, j]
      for a in 0..<nodes where a != j && full[a, j] != 0 {
        for b in 0..<nodes where b != j && full[j, b] != 0 {
          full[a, b] -= full[a, j] * full[j, b] / pivot
        }
      }
      for a in 0..<nodes {
        full[a, j] = 0
        full[j, a] = 0
      }
    }
    var node = [Int](repeating: 0, count: count)
    for i in 0..<nodes where tree.compartment[i] >= 0 { node[tree.compartment[i]] = i }
    var axial = Matrix(rows: count, columns: count)
    var scaled = axial
    for a in 0..<count {
      for b in 0..<count {
        axial[a, b] = full[node[a], node[b]]
        let sum = axial[a, b] + (a == b ? cable.conductance[a] : 0)
        scaled[a, b] = sum / (cable.capacitance[a] * cable.capacitance[b]).squareRoot()
      }
    }
    let eigen = try SymmetricEigen(scaled)
    rates = eigen.values.map { max($0, 0) }
    vectors = eigen.vectors
    capacitance = cable.capacitance
    self.axial = axial
  }

  /// Outputs × times of matrix × membrane current.
  func response(_ drive: SynapticDrive, matrix: Matrix, times: [Double]) throws -> Matrix {
    let count = capacitance.count
    let injected = drive.weights.indices.map { drive.weights[$0] / capacitance[$0].squareRoot() }
    var modes = Matrix(rows: count, columns: times.count)
    for k in 0..<count {
      let amplitude = (0..<count).reduce(0) { $0 + vectors[$1, k] * injected[$1] }
      for (n, t) in times.enumerated() {
        modes[k, n] = amplitude * drive.timeCourse.filtered(rate: rates[k], at: t)
      }
    }
    var potentials = try vectors.times(modes)
    for i in 0..<count {
      for n in times.indices { potentials[i, n] /= capacitance[i].squareRoot() }
    }
    let currents = try axial.times(potentials)
    return -1 * (try matrix.times(currents))
  }
}

extension SynapticTimeCourse {
  /// The convolution with exp(-rate t), by divided differences of the exponential.
  func filtered(rate: Double, at t: Double) -> Double {
    switch self {
    case .exp(let tau): return firstDifference(rate, 1 / tau, t)
    case .alpha(let tau): return M_E / tau * secondDifference(rate, 1 / tau, 1 / tau, t)
    case .exp2(let tau1, let tau2):
      // The gain from the peak, found by bisection of the derivative.
      let (a, b) = (1 / tau1, 1 / tau2)
      var (low, high) = (0.0, 50 * tau2)
      for _ in 0..<200 {
        let mid = 0.5 * (low + high)
        let slope = Foundation.exp(-b * mid) - a * firstDifference(a, b, mid)
        if slope > 0 { low = mid } else { high = mid }
      }
      return secondDifference(rate, a, b, t) / firstDifference(a, b, low)
    }
  }
}

/// (exp(-x t) - exp(-y t)) / (y - x).
private func firstDifference(_ x: Double, _ y: Double, _ t: Double) -> Double {
  let (low, high) = (min(x, y), max(x, y))
  let d = (high - low) * t
  return exp(-low * t) * t * (d == 0 ? 1 : -expm1(-d) / d)
}

/// The convolution of exp(-x t), exp(-y t) and exp(-z t).
private func secondDifference(_ x: Double, _ y: Double, _ z: Double, _ t: Double) -> Double {
  let s = [x, y, z].sorted()
  if (s[2] - s[0]) * t > 0.5 {
    return (firstDifference(s[0], s[1], t) - firstDifference(s[1], s[2], t)) / (s[2] - s[0])
  }
  // Power series of the divided difference about the smallest rate.
  let (a, b) = ((s[1] - s[0]) * t, (s[2] - s[0]) * t)
  var (sum, factorial, homogeneous) = (0.0, 2.0, 1.0)
  var powerA = 1.0
  for k in 0..<30 {
    sum += (k % 2 == 0 ? 1 : -1) * homogeneous / factorial
    powerA *= a
    homogeneous = homogeneous * b + powerA
    factorial *= Double(k + 3)
  }
  return exp(-s[0] * t) * t * t * sum
}
