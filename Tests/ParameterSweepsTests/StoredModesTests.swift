import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// Kernels in state-space form.
@Suite struct StoredModesTests {
  private func results(_ directory: ResultDirectory, _ name: String, _ store: String) throws
    -> (SweepRun.Summary, SweepResults)
  {
    let text = smallNetwork.replacingOccurrences(of: "dt: 0.5, tau: 10", with: "dt: 0.1, tau: 30")
    let sweep = try Sweep.read(
      text: text + "sweep:\n  parameters: {populations.E.rate: [1, 5]}\n  store: \(store)\n",
      fileName: "sweep.yaml")
    let summary = try SweepRun(
      sweep, directory: directory.path + "/" + name, programVersion: "1"
    ).run()
    return (summary, try SweepResults(path: summary.path))
  }

  @Test(arguments: [0, 48])
  func modesGiveTheKernel(head: Int) throws {
    let directory = try ResultDirectory()
    let (summary, modes) = try results(
      directory, "modes", "{modes: {states: 40, head: \(head), tolerance: 1e-4}}")
    let (_, whole) = try results(directory, "whole", "kernels")
    #expect(summary.failed == 0, "\(summary.failures)")
    #expect(modes.pathways == whole.pathways && modes.hasKernels)
    for pathway in whole.pathways {
      for point in 0..<2 {
        let a = try modes.kernel(of: pathway, atPoint: point)
        let b = try whole.kernel(of: pathway, atPoint: point)
        #expect(a.dt == b.dt && a.firstLag == b.firstLag)
        let gains = (0..<b.values.rows).map { e in b.values.row(e).reduce(0) { $0 + abs($1) } }
        let gain = try #require(gains.max())
        for e in 0..<b.values.rows {
          let difference = zip(a.values.row(e), b.values.row(e)).reduce(0) { $0 + abs($1.0 - $1.1) }
          // What the fit promises, and the rounding of powers here.
          #expect(difference <= 1.001e-4 * gain)
        }
        if head > 0 { #expect(a.values[0, 10] == b.values[0, 10]) }
      }
    }
    #expect(try KernelBank(modes).levels == [[1, 5]])
  }

  @Test func tooFewStatesFail() throws {
    let directory = try ResultDirectory()
    let (summary, _) = try results(
      directory, "modes", "{modes: {states: 1, head: 0, tolerance: 1e-9}}")
    #expect(summary.failed == 2)
    #expect(
      summary.failures.first?.message
        == "the kernel of E onto E at lfp needs more than 1 states for an error of 1e-09")
  }
}
