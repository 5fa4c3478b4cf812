import CableTheory
import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@Suite("The exact solver")
struct ExactSolverTests {
  /// Random cells, steps of 2^-7 ... 1 ms, lags to 10 ... 1000 ms, time constants of 0.05 ... 500 ms.
  @Test(arguments: 0..<60)
  func agreesWithEigenvalues(seed: Int) throws {
    var generator = SeededGenerator(UInt64(seed))
    let count = Int(generator.logUniform(2, 90))
    let cable = try randomCable(compartments: count, using: &generator)
    let solution = try EigenSolution(cable)
    let dt = pow(2, Double(Int.random(in: -7...0, using: &generator)))
    let tau = (generator.logUniform(10, 1000) / dt).rounded() * dt
    let grid = LagGrid(dt: dt, steps: Int(tau / dt))
    var drives: [SynapticDrive] = []
    for course in timeCourses(using: &generator) {
      let weights = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
      drives.append(SynapticDrive(weights: weights, timeCourse: course))
    }
    let matrix = randomMatrix(rows: 3, columns: count, using: &generator)
    let responses = try ExactSolver(cable, outputs: matrix, groups: [0..<1, 1..<3])
      .responses(to: drives, grid: grid)
    let lags = sampledLags(grid.steps)
    for (drive, response) in zip(drives, responses) {
      let expected = try solution.response(
        drive, matrix: matrix, times: lags.map { Double($0) * dt })
      for rows in [0..<1, 1..<3] {
        let peak = rows.reduce(0.0) { max($0, response.values.row($1).map(abs).max() ?? 0) }
        let worst = rows.reduce(0.0) { worst, e in
          zip(lags, expected.row(e)).reduce(worst) {
            largest($0, abs(response.values[e, $1.0] - $1.1))
          }
        }
        #expect(worst < 1e-9 * peak, "dt \(dt) tau \(tau) \(drive.timeCourse)")
      }
    }
  }

  private func timeCourses(using generator: inout SeededGenerator) -> [SynapticTimeCourse] {
    let tau1 = generator.logUniform(0.05, 500)
    let tau2 = max(tau1, generator.logUniform(0.05, 500))
    return [
      .exp2(tau1: tau1, tau2: tau2), .exp2(tau1: tau1, tau2: tau1),
      .exp2(tau1: tau1, tau2: tau1 * (1 + 1e-9)), .alpha(tau: tau2), .exp(tau: tau1),
    ]
  }

  private func randomMatrix(
    rows: Int, columns: Int, using generator: inout SeededGenerator
  ) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      storage: (0..<rows * columns).map { _ in Double.random(in: 0...1, using: &generator) })
  }

  /// All of the first lags, the last, and some between.
  private func sampledLags(_ steps: Int) -> [Int] {
    var lags = Set([0, steps])
    var lag = 1.0
    while Int(lag) < steps {
      lags.insert(Int(lag))
      lag = max(lag + 1, lag * 1.15)
    }
    return lags.sorted()
  }
}
