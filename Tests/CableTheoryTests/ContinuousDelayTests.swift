import CableTheory
import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@Suite("Convolution integrals with delays")
struct ContinuousDelayTests {
  struct Density: Sendable, CustomTestStringConvertible {
    var name: String
    var support: ClosedRange<Double>
    var value: @Sendable (Double) -> Double
    var testDescription: String { name }
  }

  static let densities = [
    Density(name: "normal cut off below", support: 0.3...6.2) {
      Foundation.exp(-0.5 * pow(($0 - 1.2) / 0.6, 2)) / 1.4
    },
    Density(name: "uniform with ends between lags", support: 0.7...3.1337) { _ in 1 / 2.4337 },
    Density(name: "narrow", support: 1.0...2.0) {
      Foundation.exp(-0.5 * pow(($0 - 1.5) / 0.05, 2)) / 0.125
    },
    Density(name: "exponential from 0", support: 0...30) { Foundation.exp(-$0) },
    Density(name: "like a gamma density", support: 0...40) { $0 * $0 * Foundation.exp(-$0) / 2 },
    Density(name: "ends just before a lag", support: 0.5...(2 - 1e-9)) { _ in 0.66 },
  ]

  @Test(arguments: densities, [0.0625, 0.1, 1.0])
  func agreesWithQuadrature(density: Density, dt: Double) throws {
    var generator = SeededGenerator(7)
    let cable = try randomCable(compartments: 12, using: &generator)
    let solution = try EigenSolution(cable)
    let matrix = Matrix(rows: 1, columns: 12, storage: (0..<12).map { sin(Double($0) + 1) })
    let weights = (0..<12).map { cos(2.0 * Double($0)) }
    let steps = Int((40 / dt).rounded())
    for course: SynapticTimeCourse in [.exp2(tau1: 0.05, tau2: 2), .exp(tau: 1.5)] {
      let delay = try #require(
        ContinuousDelay(support: density.support, dt: dt, density: density.value))
      let drive = SynapticDrive(weights: weights, timeCourse: course, delay: .continuous(delay))
      let values = try ExactSolver(cable, outputs: matrix, groups: [0..<1])
        .responses(to: [drive], grid: LagGrid(dt: dt, steps: steps))[0].values
      let largest = values.maximumMagnitude
      for lag in [1, 2, 3, 8, 20, 40].filter({ $0 <= steps }) {
        let expected = try integral(density, at: Double(lag) * dt) { times in
          try solution.response(drive, matrix: matrix, times: times).storage
        }
        #expect(abs(values[0, lag] - expected) < 1e-9 * largest, "lag \(lag) \(course)")
      }
      #expect(values[0, 0] == 0)
    }
  }

  /// The integral of density(t - s) h(s) over s, by panels graded towards all ends.
  private func integral(
    _ density: Density, at t: Double, _ response: ([Double]) throws -> [Double]
  ) throws -> Double {
    let (low, high) = (max(0, t - density.support.upperBound), t - density.support.lowerBound)
    guard high > low else { return 0 }
    var borders: [Double] = [low, high]
    for k in 0..<150 { borders.append(low + (high - low) * Double(k) / 150) }
    for k in 1..<40 {
      borders.append(low + (high - low) * pow(2, -Double(k)))
      borders.append(high - (high - low) * pow(2, -Double(k)))
      borders.append(min(high, max(low, pow(2, -Double(k)))))
    }
    borders.sort()
    let nodes = [
      -0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640,
    ]
    let rule = [
      0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665,
      0.2369268850561891,
    ]
    var times: [Double] = []
    var weights: [Double] = []
    for (a, b) in zip(borders, borders.dropFirst()) where b > a {
      for (x, w) in zip(nodes, rule) {
        let s = 0.5 * (a + b) + 0.5 * (b - a) * x
        times.append(s)
        weights.append(0.5 * (b - a) * w * density.value(t - s))
      }
    }
    return zip(try response(times), weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func atomsShiftTheResponse() throws {
    var generator = SeededGenerator(11)
    let cable = try randomCable(compartments: 9, using: &generator)
    let solution = try EigenSolution(cable)
    let matrix = Matrix(rows: 1, columns: 9, storage: (0..<9).map { Double($0 * $0) })
    let atoms: [ContinuousDelay.Atom] = [
      .init(delay: 1.3, probability: 0.25), .init(delay: 2, probability: 0.5),
      .init(delay: 3.0499999, probability: 0.25),
    ]
    let drive = SynapticDrive(
      weights: (0..<9).map { sin(Double($0)) }, timeCourse: .exp2(tau1: 0.2, tau2: 1.8),
      delay: .continuous(ContinuousDelay(atoms: atoms)))
    let values = try ExactSolver(cable, outputs: matrix, groups: [0..<1])
      .responses(to: [drive], grid: LagGrid(dt: 0.05, steps: 1000))[0].values
    for lag in stride(from: 0, through: 1000, by: 13) {
      let t = Double(lag) * 0.05
      let expected = try atoms.filter { t > $0.delay }.reduce(0.0) { sum, atom in
        let h = try solution.response(drive, matrix: matrix, times: [t - atom.delay])
        return sum + atom.probability * h[0, 0]
      }
      #expect(abs(values[0, lag] - expected) < 1e-9 * values.maximumMagnitude)
    }
  }
}
