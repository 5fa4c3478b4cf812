import LinearAlgebra
import Testing

@testable import CableTheory
@testable import KernelEngine

/// The reference starts its runs 200 ms before the event at -70 mV with closed gates, while its cells
/// rest elsewhere (its effective leak moves the rest away from the potential of linearisation). What is
/// left of that start adds to its kernels: this computes it, as the cable is linear.
struct ReferenceDrift {
  private let cell: PostsynapticCell
  private let stepsBefore = 3200
  private let dt = 0.0625
  private let rest: [Double]
  private let vrest: Double

  /// - Parameters:
  ///   - reversals: of the leak in the soma and elsewhere, mV.
  ///   - expectedRest: where the reference found the soma before the event, mV.
  init(
    _ cell: PostsynapticCell, vrest: Double, reversals: [Double], expectedRest: Double
  ) throws {
    self.cell = cell
    self.vrest = vrest
    let area = cell.compartments.area
    // Without effective leak the cell rests at vrest; what it adds pulls towards the leak's reversal.
    let pull = area.indices.map { i in
      (cell.summary.effectiveLeak[i] - cell.summary.leak[i]) * area[i] * 1e-2
        * (reversals[i == 0 ? 0 : 1] - vrest)
    }
    var stepper = EulerStepper(cell.cables[0], dt: 1e4, lanes: 1)
    let tree = cell.cables[0].tree
    let weights = tree.compartment.map { $0 < 0 ? 0 : pull[$0] }
    var potential = [Double](repeating: 0, count: tree.nodeCount)
    var axial = potential
    for _ in 0..<400 { stepper.step(&potential, &axial, weights: weights, courses: [1]) }
    rest = potential.map { $0 + vrest }
    #expect(abs(rest[0] - expectedRest) < 0.01)
  }

  /// The dipole moment's drift at lags 0 ... 800, after delays and without its value at lag 0.
  func dipole(delay: Delay) throws -> [Double] {
    guard case .grid(let filter) = delay else { return [] }
    let tree = cell.cables[0].tree
    var stepper = EulerStepper(cell.cables[0], dt: dt, lanes: 1)
    // Nodes without area follow their neighbours at once; so they may start anywhere.
    var potential = rest.map { -70 - $0 }
    var node = [Int](repeating: 0, count: cell.compartments.count)
    for (i, c) in tree.compartment.enumerated() where c >= 0 { node[c] = i }
    stepper.states = cell.cables[0].relaxations.flatMap { term in
      term.compartments.map { -(rest[node[$0]] - vrest) }
    }
    var axial = [Double](repeating: 0, count: tree.nodeCount)
    let none = axial
    var dipole = [0.0]
    for _ in 0..<stepsBefore + 800 {
      stepper.step(&potential, &axial, weights: none, courses: [0])
      var sum = 0.0
      for i in 1..<tree.nodeCount {
        let own = depth(tree.compartment[i])
        sum += axial[i] * (own - depth(tree.compartment[tree.parent[i]]))
      }
      dipole.append(sum)
    }
    func delayed(_ n: Int) -> Double {
      filter.weights.enumerated().reduce(0) {
        let k = n - filter.firstLag - $1.offset
        return k >= 0 ? $0 + $1.element * dipole[k] : $0
      }
    }
    let start = delayed(stepsBefore)
    return (0...800).map { delayed(stepsBefore + $0) - start }
  }

  /// Junctions carry on what they get: any depth will do, if it is always the same.
  private func depth(_ compartment: Int) -> Double {
    compartment < 0 ? 0 : cell.compartments.midpointZ(compartment)
  }
}
