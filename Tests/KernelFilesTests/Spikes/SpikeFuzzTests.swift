import Foundation
import KernelFiles
import Testing

/// Damaged files of spikes: whatever the bytes are, reading them gives spikes or problems.
@Suite struct SpikeFuzzTests {
  private static let seeds: [(format: SpikeFileFormat, text: String)] = [
    (.nest, "1 2.5\n3\t4.25\n2 -1e-3\n"),
    (
      .nest,
      "# NEST version: 3.3\n# RecordBackendASCII version: 2\nsender\ttime_ms\n1\t0.5\n7\t1.5\n"
    ),
    (.nest, "sender\ttime_step\ttime_offset\n12\t30\t0.05\n13\t31\t0.0\n"),
    (.csv, "time,population\n1.5,E\n2,\"I\"\n\n# x\n3e2,E\n"),
    (.csv, "node;time_s\r\n4;0.001\r\n5;1\r\n"),
  ]

  /// A small generator, so that each run damages alike (Knuth's multiplicative congruences).
  private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private func read(_ bytes: [UInt8], as format: SpikeFileFormat, at path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
    for format in [format, nil] {
      do {
        let options = SpikeFileOptions(format: format, resolution: 0.1)
        guard case .spikes(let table) = try SpikeFile.read(path: path, options: options) else {
          continue
        }
        for group in table.groups {
          #expect(group.nodes.isEmpty || group.nodes.count == group.times.count)
        }
      } catch let error as DescriptionError {
        #expect(!error.diagnostics.isEmpty)
        let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
        for diagnostic in error.diagnostics {
          #expect(!diagnostic.message.isEmpty && (diagnostic.line ?? 1) <= lines)
        }
      } catch let error as StorageError {
        #expect(!error.problem.isEmpty)
      }
    }
  }

  @Test func anEmptyFileOfARecorderHasNoSpikes() throws {
    let directory = try ScratchDirectory()
    let path = try directory.write([], to: "s.gdf")
    guard
      case .spikes(let table) = try SpikeFile.read(path: path, options: .init(population: "E"))
    else {
      Issue.record("no spikes")
      return
    }
    let spikes = try PopulationSpikes([table])
    #expect(spikes.populations == ["E"] && spikes.times == [[]])
  }

  @Test(arguments: seeds.indices)
  func truncated(seed: Int) throws {
    let directory = try ScratchDirectory()
    let bytes = Array(Self.seeds[seed].text.utf8)
    for count in bytes.indices {
      try read(Array(bytes[..<count]), as: Self.seeds[seed].format, at: directory("s.dat"))
    }
  }

  @Test(arguments: seeds.indices)
  func mutated(seed: Int) throws {
    let directory = try ScratchDirectory()
    let telling = Array("0123456789.,;-+eE#\"\t \n\r\0x\u{FF}".utf8) + [0xFF, 0xEF, 0xBB, 0xBF]
    var random = Random(state: UInt64(seed + 1))
    for _ in 0..<400 {
      var bytes = Array(Self.seeds[seed].text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let byte = telling.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      try read(bytes, as: Self.seeds[seed].format, at: directory("s.csv"))
    }
  }
}
