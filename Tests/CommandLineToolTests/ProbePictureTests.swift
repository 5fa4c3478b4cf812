import KernelFiles
import LFPKernels
import Pictures
import Testing

@testable import CommandLineTool

@Suite struct ProbePictureTests {
  private func probe(
    _ kind: String, _ positions: [SIMD3<Double>], names: [String] = []
  ) -> KernelFileContents.Probe {
    KernelFileContents.Probe(
      name: "p", kind: kind, unit: "mV", positions: positions, outputNames: names)
  }

  private func layout(_ kind: String, _ positions: [SIMD3<Double>]) -> OutputLayout {
    OutputLayout(probe(kind, positions), outputs: positions.count)
  }

  @Test func layouts() {
    #expect(layout("line_source", [SIMD3(5, 0, 2), SIMD3(5, 0, 1)]) == .line([2, 1], .depth))
    #expect(
      layout("line_source", [SIMD3(0, 0, 7), SIMD3(100, 0, 7)])
        == .line([0, 100], Axis("x", unit: "um")))
    // Slender probes are lines, unless two contacts are equally deep.
    #expect(layout("slice", [SIMD3(5, 0, 0), SIMD3(0, 0, 100)]) == .line([0, 100], .depth))
    #expect(
      layout("slice", [SIMD3(0, 0, 0), SIMD3(5, 0, 0), SIMD3(0, 0, 100)]) == .plane(.x, .z))
    let square = [SIMD3(0.0, 0, 3), SIMD3(1, 0, 3), SIMD3(0, 1, 3), SIMD3(1, 1, 3)]
    #expect(layout("ecog", square) == .plane(.x, .y) || layout("ecog", square) == .plane(.y, .x))
    #expect(layout("volumetric_csd", square + [SIMD3(0, 0, 2.5)]) == .space(.x, .y))
    #expect(layout("eeg", square) == .head)
    #expect(layout("dipole", []) == .components)
    #expect(layout("line_source", [SIMD3(0, 0, 1)]) == .components)
    #expect(OutputLayout(probe("dipole", []), outputs: 3) == .components)
  }

  private func kernel(_ rows: [[Double]]) -> DrawnKernel {
    DrawnKernel(
      KernelFileContents.Kernel(
        postsynaptic: "E", presynaptic: "I", probe: "p", values: Matrix(rows), dt: 0.5, firstLag: 0
      ))
  }

  @Test func mapsAreAtTheLagOfTheLargestMagnitude() throws {
    let square = [SIMD3(0.0, 0, 0), SIMD3(10, 0, 0), SIMD3(0, 0, 10), SIMD3(10, 0, 10)]
    let drawn = kernel([[0, 1, 0], [0, -3, 2], [0, 2, 0], [0, 0, 0]])
    let panel = try KernelMap(drawn, probe("slice", square)).panel()
    #expect(panel.title == "I → E, 0.5 ms")
    #expect(
      panel.content
        == .map(
          try MapPlot(
            x: [0, 10, 0, 10], y: [0, 0, 10, 10], values: [1, -3, 2, 0], unit: "mV",
            axes: MapPlot.Axes(x: Axis("x", unit: "um"), y: Axis("z", unit: "um")))))
  }

  @Test func headsAreSeenFromAboveInDegrees() throws {
    let places = [SIMD3(0.0, 0, 9), SIMD3(9, 0, 0), SIMD3(0, -9, 9)]
    let panel = try KernelMap(kernel([[1], [2], [3]]), probe("eeg", places)).panel()
    guard case .map(let map) = panel.content else {
      Issue.record("not a map")
      return
    }
    for (found, expected) in zip(map.x + map.y, [0.0, 90, 0, 0, 0, -45]) {
      #expect(abs(found - expected) < 1e-9)
    }
    #expect(map.rings.map(\.radius) == [30, 60, 90] && map.rings.last?.label == "90°")
    #expect(map.axes == nil)
  }

  @Test func ofFieldsOneComponentIsMapped() throws {
    let (a, b) = (SIMD3<Double>(0, 0, 9), SIMD3<Double>(9, 0, 0))
    let names = (1...2).flatMap { i in ["x", "y", "z"].map { "sensor \(i) \($0)" } }
    let values: [[Double]] = [[1], [2], [3], [4], [-7], [6]]
    let panel = try KernelMap(kernel(values), probe("meg", [a, a, a, b, b, b], names: names))
      .panel()
    #expect(panel.title == "I → E, y, 0 ms")
    guard case .map(let map) = panel.content else {
      Issue.record("not a map")
      return
    }
    #expect(map.values == [2, -7])
  }
}
