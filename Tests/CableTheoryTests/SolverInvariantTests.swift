import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import CableTheory

@Suite("Invariants of both solvers")
struct SolverInvariantTests {
  private let count = 24
  private let grid = LagGrid(dt: 0.0625, steps: 640)

  private func cable() throws -> LinearCable {
    var generator = SeededGenerator(3)
    return try randomCable(compartments: count, using: &generator)
  }

  private func drive(_ seed: UInt64, delay: Delay = .grid(.none)) -> SynapticDrive {
    var generator = SeededGenerator(seed)
    return SynapticDrive(
      weights: (0..<count).map { _ in Double.random(in: -1...1, using: &generator) },
      timeCourse: .exp2(tau1: 0.2, tau2: 1.8), delay: delay)
  }

  private func membraneCurrents(_ drive: SynapticDrive, dt: Double = 0.0625) throws -> Matrix {
    try ExactSolver(try cable(), outputs: .identity(count), groups: [0..<count])
      .responses(to: [drive], grid: LagGrid(dt: dt, steps: Int(40 / dt)))[0].values
  }

  @Test func membraneCurrentsSumToZero() throws {
    let exact = try membraneCurrents(drive(1))
    let euler = BackwardEulerSolver(try cable(), outputs: .identity(count))
      .membraneCurrents([drive(1)], grid: grid)[0]
    for currents in [exact, euler] {
      for n in 0...grid.steps {
        let sum = currents.column(n).reduce(0, +)
        #expect(abs(sum) < 1e-12 * currents.maximumMagnitude)
      }
    }
  }

  /// An output that weighs all compartments alike sees nothing at all.
  @Test func constantOutputsVanish() throws {
    let ones = Matrix(rows: 1, columns: count, repeating: 7)
    let values = try ExactSolver(try cable(), outputs: ones, groups: [0..<1])
      .responses(to: [drive(1)], grid: grid)[0].values
    #expect(values.maximumMagnitude == 0)
  }

  @Test func oneCompartmentHasNoCurrents() throws {
    let single = try LinearCable(
      tree: CompartmentTree(parent: [-1], resistance: [0], compartment: [0]), capacitance: [1e-3],
      conductance: [1e-4])
    let drive = SynapticDrive(weights: [3], timeCourse: .alpha(tau: 2))
    let response = try ExactSolver(single, outputs: .identity(1), groups: [0..<1])
      .responses(to: [drive], grid: grid)[0]
    #expect(response.values.maximumMagnitude == 0)
    #expect(response.errorEstimates == [0])
  }

  @Test func linearity() throws {
    let (a, b) = (drive(1), drive(2))
    var sum = a
    sum.weights = zip(a.weights, b.weights).map { 2 * $0 - 3 * $1 }
    let expected = try 2 * membraneCurrents(a) - 3 * membraneCurrents(b)
    let difference = try (membraneCurrents(sum) - expected).maximumMagnitude
    #expect(difference < 1e-12 * expected.maximumMagnitude)
  }

  /// A delay of whole steps shifts; a filter is the sum of shifts.
  @Test func shiftsAndFilters() throws {
    let plain = try membraneCurrents(drive(1))
    let shifted = try membraneCurrents(
      drive(1, delay: .grid(DelayFilter(firstLag: 5, weights: [1]))))
    let filtered = try membraneCurrents(
      drive(1, delay: .grid(DelayFilter(firstLag: 3, weights: [0.2, 0, 0.5, 0.3]))))
    let scale = plain.maximumMagnitude
    for i in 0..<count {
      for n in 0...grid.steps {
        func lag(_ k: Int) -> Double { k >= 0 ? plain[i, k] : 0 }
        #expect(abs(shifted[i, n] - lag(n - 5)) < 1e-9 * scale)
        let sum = 0.2 * lag(n - 3) + 0.5 * lag(n - 5) + 0.3 * lag(n - 6)
        #expect(abs(filtered[i, n] - sum) < 1e-9 * scale)
      }
    }
  }

  /// Negative lags draw upon what comes later.
  @Test func acausalFilters() throws {
    let plain = try membraneCurrents(drive(1))
    let early = try membraneCurrents(
      drive(1, delay: .grid(DelayFilter(firstLag: -2, weights: [0.5, 0.25, 0.25]))))
    for n in 0...grid.steps - 2 {
      let before = n > 0 ? 0.25 * plain[4, n] : 0
      let sum = 0.5 * plain[4, n + 2] + 0.25 * plain[4, n + 1] + before
      #expect(abs(early[4, n] - sum) < 1e-9 * plain.maximumMagnitude)
    }
  }

  /// The grid does not matter: common lags of dt and dt / 2 agree.
  @Test func gridsAgree() throws {
    let coarse = try membraneCurrents(drive(1), dt: 0.25)
    let fine = try membraneCurrents(drive(1), dt: 0.125)
    for i in 0..<count {
      for n in 0..<coarse.columns {
        #expect(abs(coarse[i, n] - fine[i, 2 * n]) < 1e-9 * coarse.maximumMagnitude)
      }
    }
  }

  @Test func startsAtZeroAndFades() throws {
    let currents = try membraneCurrents(drive(1))
    for i in 0..<count {
      #expect(currents[i, 0] == 0)
      #expect(abs(currents[i, grid.steps]) < 1e-6 * currents.maximumMagnitude)
    }
  }

  /// Backward Euler steps converge to the exact solution, in first order.
  @Test func eulerConvergesInFirstOrder() throws {
    let cable = try cable()
    var errors: [Double] = []
    for level in 0..<4 {
      let dt = 0.0625 / pow(2, Double(level))
      let grid = LagGrid(dt: dt, steps: Int(20 / dt))
      let exact = try ExactSolver(cable, outputs: .identity(count), groups: [0..<count])
        .responses(to: [drive(1)], grid: grid)[0].values
      let euler = BackwardEulerSolver(cable, outputs: .identity(count))
        .membraneCurrents([drive(1)], grid: grid)[0]
      // At common lags beyond the fastest modes.
      var worst = 0.0
      for i in 0..<count {
        for lag in stride(from: 1.0, through: 20, by: 0.5) {
          let n = Int(lag / dt)
          worst = largest(worst, abs(exact[i, n] - euler[i, n]))
        }
      }
      errors.append(worst / exact.maximumMagnitude)
    }
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect(abs(log2(coarse / fine) - 1) < 0.1)
    }
  }

  @Test(arguments: [1e-4, 1e-6, 1e-9, 1e-11])
  func toleranceIsKept(tolerance: Double) throws {
    let cable = try cable()
    let solution = try EigenSolution(cable)
    let response = try ExactSolver(cable, outputs: .identity(count), groups: [0..<count])
      .responses(to: [drive(1)], grid: grid, tolerance: tolerance)[0]
    let times = stride(from: 1, through: 640, by: 9).map { Double($0) * 0.0625 }
    let expected = try solution.response(drive(1), matrix: .identity(count), times: times)
    var worst = 0.0
    for i in 0..<count {
      for (k, t) in times.enumerated() {
        worst = largest(worst, abs(expected[i, k] - response.values[i, Int(t / 0.0625)]))
      }
    }
    #expect(worst < tolerance * response.values.maximumMagnitude)
    #expect(try #require(response.errorEstimates)[0] < tolerance)
  }

  @Test func badCablesAreRefused() {
    let tree = CompartmentTree(parent: [-1], resistance: [0], compartment: [0])
    #expect(
      throws: CableError.parameter(
        name: "capacitance", compartment: 0, value: -1, unit: "nF")
    ) { try LinearCable(tree: tree, capacitance: [-1], conductance: [1]) }
    #expect(throws: CableError.noCapacitance) {
      try LinearCable(tree: tree, capacitance: [0], conductance: [1])
    }
  }
}
