import Foundation
import KernelFiles
import Testing

@Suite struct PoissonSpikesTests {
  /// Counts within five standard deviations of their means, which is what Poisson counts are.
  @Test func countsAndNodes() throws {
    let process = try PoissonSpikes(population: "E", size: 50, rate: 20)
    let group = process.spikes(duration: 100_000, seed: 3)
    let mean = 50 * 20 * 100.0
    #expect(abs(Double(group.times.count) - mean) < 5 * mean.squareRoot())
    #expect(group.times.allSatisfy { $0 >= 0 && $0 < 100_000 })
    #expect(zip(group.times, group.times.dropFirst()).allSatisfy { $0 <= $1 })
    var byNode = [Int](repeating: 0, count: 50)
    for node in group.nodes { byNode[node] += 1 }
    for count in byNode { #expect(abs(Double(count) - 2000) < 5 * 2000.0.squareRoot()) }
    // The variance of counts in windows is their mean.
    var windows = [Double](repeating: 0, count: 1000)
    for time in group.times { windows[Int(time / 100)] += 1 }
    let variance = windows.reduce(0) { $0 + ($1 - 100) * ($1 - 100) } / 1000
    #expect(abs(variance / 100 - 1) < 5 * (2.0 / 1000).squareRoot())
  }

  /// The Fourier component at the rhythm's frequency is half the depth, at others noise.
  @Test func rhythms() throws {
    let process = try PoissonSpikes(
      population: "I", size: 100, rate: 10, rhythm: .init(frequency: 40, depth: 0.6, phase: 0.5))
    let group = process.spikes(duration: 50_000, seed: 1)
    let count = Double(group.times.count)
    #expect(abs(count - 50_000) < 5 * 50_000.0.squareRoot())
    func component(_ frequency: Double) -> (re: Double, im: Double) {
      group.times.reduce((0, 0)) { sum, t in
        let angle = 2e-3 * Double.pi * frequency * t
        return (sum.0 + cos(angle) / count, sum.1 + sin(angle) / count)
      }
    }
    let noise = 5 / count.squareRoot()
    let (re, im) = component(40)
    // (1 + d sin(wt + p)) against cos and sin: d/2 sin p and d/2 cos p.
    #expect(abs(re - 0.3 * sin(0.5)) < noise && abs(im - 0.3 * cos(0.5)) < noise)
    #expect(abs(component(17).re) < noise && abs(component(80).im) < noise)
  }

  @Test func seedsAndNames() throws {
    let e = try PoissonSpikes(population: "E", size: 10, rate: 5)
    let other = try PoissonSpikes(population: "F", size: 10, rate: 5)
    #expect(e.spikes(duration: 1000, seed: 1) == e.spikes(duration: 1000, seed: 1))
    #expect(e.spikes(duration: 1000, seed: 1).times != e.spikes(duration: 1000, seed: 2).times)
    #expect(e.spikes(duration: 1000, seed: 1).times != other.spikes(duration: 1000, seed: 1).times)
    let silent = try PoissonSpikes(population: "E", size: 10, rate: 0)
    #expect(silent.spikes(duration: 1000, seed: 1).times.isEmpty)
  }

  @Test func sonataFilesAreReadBack() throws {
    let path = NSTemporaryDirectory() + "poisson-\(UUID()).h5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let table = SpikeTable(
      file: path,
      groups: [
        try PoissonSpikes(population: "E", size: 10, rate: 5).spikes(duration: 1000, seed: 1),
        SpikeTable.Group(population: "I", times: [3, 1], nodes: [0, 7]),
        SpikeTable.Group(population: "none", times: [], nodes: []),
      ])
    try table.writeSonata(to: path, overwrite: false)
    #expect(try SpikeFile.detectedFormat(of: path) == .sonata)
    #expect(try SpikeFile.read(path: path) == .spikes(table))
    #expect(throws: StorageError.self) { try table.writeSonata(to: path, overwrite: false) }
  }

  @Test func impossibleNumbers() {
    for (size, rate, depth, frequency) in [
      (0, 1.0, 0.5, 1.0), (1, -1, 0.5, 1), (1, .infinity, 0.5, 1), (1, 1, 1.5, 1), (1, 1, -0.1, 1),
      (1, 1, 0.5, -2), (1, 1, 0.5, .nan), (1, .nan, 0.5, 1),
    ] {
      #expect(throws: StorageError.self) {
        try PoissonSpikes(
          population: "E", size: size, rate: rate, rhythm: .init(frequency: frequency, depth: depth)
        )
      }
    }
  }
}
