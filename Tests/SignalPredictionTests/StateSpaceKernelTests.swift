import Foundation
import LinearAlgebra
import Testing

@testable import SignalPrediction

@Suite struct StateSpaceKernelTests {
  /// Three decays and an oscillation, from a lag on, 0 before.
  private static func kernel(onset: Int, lags: Int) -> Matrix {
    var kernel = Matrix(rows: 5, columns: lags)
    for e in 0..<5 {
      for k in onset..<lags {
        let (t, depth) = (Double(k - onset) * 0.1, Double(e))
        kernel[e, k] =
          (1 + depth) * exp(-t / 9) - (2 - 0.3 * depth) * exp(-t / 2) + depth * exp(-t / 20)
          + 0.2 * exp(-t / 5) * cos(1.3 * t + depth)
      }
    }
    return kernel
  }

  private func error(_ found: Matrix, _ expected: Matrix) -> Double {
    gain(found - expected) / gain(expected)
  }

  @Test(arguments: [0, 16, 48])
  func sumsOfExponentialsAreFound(taps: Int) throws {
    let kernel = Self.kernel(onset: 7, lags: 400)
    let system = try StateSpaceKernel(kernel, tapCount: taps, order: 8, tolerance: 1e-9)
    #expect(system.onset == 7 && system.end == 400)
    // Five states; the search goes on in steps of two.
    #expect(system.polesReal.count <= 6)
    #expect(system.relativeError <= 1e-9)
    let values = try system.values(lags: 400)
    #expect(error(values, kernel) <= system.relativeError)
    // Any program can evaluate it; powers by pow are right to 1e-12 here.
    for e in 0..<5 {
      for k in [60, 100, 399] {
        let n = Double(k - 7 - taps)
        var sum = 0.0
        for j in system.polesReal.indices {
          let (re, im) = (system.polesReal[j], system.polesImaginary[j])
          let size = pow((re * re + im * im).squareRoot(), n)
          let angle = n * atan2(im, re)
          sum +=
            size
            * (system.residuesReal[e, j] * cos(angle) - system.residuesImaginary[e, j] * sin(angle))
        }
        #expect(abs(sum - values[e, k]) < 1e-10)
      }
    }
  }

  @Test func shortOnesAreTaps() throws {
    let kernel = Self.kernel(onset: 3, lags: 20)
    let system = try StateSpaceKernel(kernel, tapCount: 48)
    #expect(system.polesReal.isEmpty && system.relativeError == 0)
    #expect(try system.values(lags: 20) == kernel)
    let zero = Matrix(rows: 2, columns: 30)
    #expect(try StateSpaceKernel(zero).values(lags: 30) == zero)
  }

  @Test func whatCannotBe() {
    let kernel = Self.kernel(onset: 0, lags: 400)
    func kind(_ make: () throws -> StateSpaceKernel) -> PredictionError.Kind? {
      do {
        _ = try make()
        return nil
      } catch { return (error as? PredictionError)?.kind }
    }
    #expect(kind { try StateSpaceKernel(kernel, order: 2, tolerance: 1e-9) } == .unreachable)
    #expect(kind { try StateSpaceKernel(kernel, tapCount: 395, order: 8) } == .unreachable)
    #expect(kind { try StateSpaceKernel(kernel, tapCount: -1) } == .setting)
    #expect(kind { try StateSpaceKernel(kernel, tolerance: 1) } == .setting)
    #expect(
      kind { try StateSpaceKernel(Matrix(rows: 1, columns: 9, repeating: .nan)) } == .notFinite)
    #expect(
      kind {
        try StateSpaceKernel(
          onset: 0, end: 1, taps: Matrix(rows: 1, columns: 0), polesReal: [0.5],
          polesImaginary: [], residuesReal: Matrix(rows: 1, columns: 1),
          residuesImaginary: Matrix(rows: 1, columns: 1), relativeError: 0)
      } == .shape)
  }
}
