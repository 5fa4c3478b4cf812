#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension LinearCable {
  /// Whether every disturbance fades: no pole of the cell's response has a positive real part.
  ///
  /// A membrane that takes up energy at every frequency is stable. Else poles are counted by the
  /// argument principle: along the imaginary axis the determinant of the cable's equations, which is
  /// the product of what elimination divides by, must turn by a quarter circle per compartment.
  public func isStable() -> Bool {
    if relaxations.isEmpty || takesUpEnergy() { return true }
    let sweep = TreeSweep(self)
    let capacitive = capacitance.filter { $0 > 0 }.count
    var (turned, last): (Double, [Complex]) = (0, sweep.pivots(at: Complex(0)))
    // An odd number of real poles: growth without oscillation.
    if last.reduce(1, { $0 * ($1.re > 0 ? 1 : -1) }) < 0 || last.contains(where: { $0.re == 0 }) {
      return false
    }
    for frequency in frequencies() {
      let next = sweep.pivots(at: Complex(0, frequency))
      for (a, b) in zip(last, next) {
        turned += atan2(b.im * a.re - b.re * a.im, a.re * b.re + a.im * b.im)
      }
      last = next
    }
    let missing = 0.5 * .pi * Double(capacitive) - turned
    return abs(missing) < 0.5 * .pi
  }

  /// Whether the real part of each compartment's admittance stays positive, by a bound.
  private func takesUpEnergy() -> Bool {
    var least = conductance
    for term in relaxations {
      for (i, amplitude) in zip(term.compartments, term.amplitudes) where amplitude < 0 {
        least[i] += amplitude
      }
    }
    return least.allSatisfy { $0 > 0 }
  }

  /// Angular frequencies, 1/ms, from far below the slowest rate to far above the fastest.
  private func frequencies() -> [Double] {
    var (slowest, fastest) = (Double.infinity, 0.0)
    for term in relaxations {
      slowest = min(slowest, 1 / term.timeConstant)
      fastest = max(fastest, 1 / term.timeConstant)
    }
    for i in capacitance.indices where capacitance[i] > 0 {
      slowest = min(slowest, max(conductance[i], 1e-9) / capacitance[i])
    }
    // The fastest mode of the cable: conductances to neighbours over the capacitance.
    var around = conductance
    for i in 1..<max(tree.nodeCount, 1) where tree.resistance[i] > 0 {
      for node in [i, tree.parent[i]] where tree.compartment[node] >= 0 {
        around[tree.compartment[node]] += 1 / tree.resistance[i]
      }
    }
    for i in capacitance.indices where capacitance[i] > 0 {
      fastest = max(fastest, around[i] / capacitance[i])
    }
    // Beyond the last frequency all modes together turn by less than a tenth.
    let (low, high) = (log10(slowest) - 3, log10(fastest) + log10(10 * Double(capacitance.count)))
    let steps = Int((high - low) * 40) + 1
    return (0...steps).map { pow(10, low + (high - low) * Double($0) / Double(steps)) }
  }
}
