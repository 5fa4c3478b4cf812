import LFPKernels
import Testing

@testable import KernelEngine

@Suite struct ImpulseResponseTests {
  func kernel(
    _ pre: String, _ post: String, _ rows: [[Double]], firstLag: Double, probe: String = "lfp",
    dt: Double = 0.5, unit: String = "mV"
  ) -> Kernel {
    Kernel(
      pre: pre, post: post, probe: probe, values: Matrix(rows), dt: dt, firstLag: firstLag,
      unit: unit)
  }

  @Test func lagsStartAtZero() throws {
    let responses = try ImpulseResponses(
      [
        kernel("E", "Y", [[1, 2], [3, 4]], firstLag: 0.5),
        kernel("I", "Y", [[0, 0, 0, 5, 6], [0, 0, 0, 7, 8]], firstLag: -1),
        kernel("E", "Z", [[10, 20, 30], [40, 50, 60]], firstLag: 0.5),
        kernel("E", "Y", [[9]], firstLag: 0, probe: "other"),
      ], probe: "lfp")
    #expect(responses.dt == 0.5 && responses.inputs == ["E", "I"])
    #expect(responses.taps[0] == Matrix([[0, 11, 22, 30], [0, 43, 54, 60]]))
    #expect(responses.taps[1] == Matrix([[0, 5, 6], [0, 7, 8]]))
  }

  @Test func pathwaysStayApart() throws {
    let kernels = [
      kernel("E", "Y", [[1]], firstLag: 0.5), kernel("E", "Z", [[2]], firstLag: 0),
    ]
    let responses = try ImpulseResponses(kernels, probe: "lfp", inputs: .pathways)
    #expect(responses.inputs == ["Y:E", "Z:E"])
    #expect(responses.taps == [Matrix([[0, 1]]), Matrix([[2]])])
  }

  @Test func whatDoesNotFitIsRefused() {
    let one = kernel("E", "Y", [[1]], firstLag: 0.5)
    for (other, probe) in [
      (one, "none"), (kernel("I", "Y", [[1]], firstLag: 0.5, dt: 0.25), "lfp"),
      (kernel("I", "Y", [[1]], firstLag: 0.5, unit: "nA um"), "lfp"),
      (kernel("I", "Y", [[1], [2]], firstLag: 0.5), "lfp"),
      (kernel("I", "Y", [[.nan]], firstLag: 0.5), "lfp"),
    ] {
      #expect(throws: PredictionError.self) { try ImpulseResponses([one, other], probe: probe) }
    }
  }
}
