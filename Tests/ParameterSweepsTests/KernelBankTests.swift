import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// Kernels between levels of a network's state.
@Suite struct KernelBankTests {
  private func bank(_ directory: ResultDirectory) throws -> KernelBank {
    let sweep = try smallSweep(
      """
        parameters:
          populations.E.rate: [8, 2, 4]
          cells.stick.vrest: [-70, -60]
          fixed: [1]
        store: {kernels: true}

      """)
    let path = try SweepRun(sweep, directory: directory.path, programVersion: "1").run().path
    return try KernelBank(SweepResults(path: path))
  }

  @Test func levelsArePickedAndInterpolated() throws {
    let directory = try ResultDirectory()
    let bank = try bank(directory)
    let pathway = SweepResults.Pathway(post: "E", pre: "I", probe: "lfp")
    #expect(bank.parameters == ["populations.E.rate", "cells.stick.vrest"])
    #expect(bank.levels == [[2, 4, 8], [-70, -60]])
    func stored(_ point: Int) throws -> [Double] {
      try bank.results.kernel(of: pathway, atPoint: point).values.storage
    }
    // Rate 4 at -70 mV is point 4, at -60 mV point 5; rate 8 points 0 and 1.
    #expect(try bank.nearest(to: [4.9, -66], pathway).values.storage == stored(4))
    #expect(try bank.nearest(to: [100, 0], pathway).values.storage == stored(1))
    #expect(try bank.interpolated(at: [4, -70], pathway).values.storage == stored(4))
    #expect(try bank.interpolated(at: [100, -80], pathway).values.storage == stored(0))
    let between = try bank.interpolated(at: [5, -62.5], pathway).values.storage
    let corners = try [stored(4), stored(5), stored(0), stored(1)]
    let weights = [0.75 * 0.25, 0.75 * 0.75, 0.25 * 0.25, 0.25 * 0.75]
    for (index, value) in between.enumerated() {
      let expected = zip(corners, weights).reduce(0) { $0 + $1.0[index] * $1.1 }
      // Sums of four in one order or another.
      #expect(abs(value - expected) <= 1e-15 * corners.map { abs($0[index]) }.reduce(0, +))
    }
  }

  @Test func whatIsNoGridIsRefused() throws {
    let directory = try ResultDirectory()
    func results(_ section: String, _ name: String) throws -> SweepResults {
      let path = directory.path + "/" + name
      return try SweepResults(
        path: SweepRun(smallSweep(section), directory: path, programVersion: "1").run().path)
    }
    let zip = try results(
      "  zip: {populations.E.rate: [1, 2], populations.I.rate: [1, 2]}\n  store: {kernels: true}\n",
      "zip")
    #expect { try KernelBank(zip, parameters: zip.parameterNames) } throws: {
      "\($0)".contains("a bank needs a grid")
    }
    #expect(try KernelBank(zip).levels == [[1, 2]])
    let measures = try results("  parameters: {populations.E.rate: [1, 2]}\n", "measures")
    #expect { try KernelBank(measures) } throws: { "\($0)".contains("holds measures only") }
    let failed = try results(
      "  parameters: {populations.E.rate: [1, -2]}\n  store: {kernels: true}\n", "failed")
    #expect { try KernelBank(failed) } throws: { "\($0)".contains("point 1 is not complete") }
    #expect(failed.status == [.complete, .failed])
  }
}
