import ArgumentParser
import Foundation
import LFPKernels

/// A morphology file, from bytes to a kernel.
struct CellBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cell",
    abstract: "Measures reading a morphology, cutting it and computing a kernel on it.")

  @Argument(help: "Morphology file (.swc, .asc, .hoc).")
  var file: String

  @Flag(help: "Take less time.")
  var quick = false

  func run() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    let time = quick ? 0.3 : 3.0
    let content = try MorphologyFile(reading: bytes, fileName: file)
    let reading = try Timing.repeating(for: time) {
      _ = try MorphologyFile(reading: bytes, fileName: file)
    }
    var cell = try Case.ballAndSticks()
    cell.morphology = content.morphology
    let sections = content.morphology.sections.count
    let both = try Timing.repeating(for: time) {
      let morphology = try MorphologyFile(reading: bytes, fileName: file).morphology
      _ = try DiscretizedCell(
        morphology, rule: cell.discretization,
        axialResistivity: Array(repeating: 100, count: morphology.sections.count),
        capacitance: Array(repeating: 1, count: morphology.sections.count))
    }
    print(
      "\(file): \(bytes.count / 1000) kB, \(sections) sections\n"
        + "reading \(reading.summary), reading and cutting \(both.summary)")
    for (name, membrane) in try Self.membranes() {
      cell.membrane = membrane
      var network = try Case.readme(cell: cell, contacts: 16)
      for i in network.connections.indices { network.connections[i].placement.sections = nil }
      let kernel = try Timing.repeating(for: time) {
        _ = try KernelEngine(network).kernels(from: ["I"])
      }
      let engine = try KernelEngine(network)
      let estimate = try engine.kernels(from: ["I"])[0].errorEstimate ?? .nan
      print(
        "kernel, \(engine.cellSummaries[0].compartments) compartments, 16 contacts, \(name): \(kernel.summary), "
          + "estimated error \(estimate)")
    }
  }

  private static func membranes() throws -> [(String, [MembraneEntry])] {
    let leak = MembraneEntry(.passive(conductance: 1e-4))
    let ih = MembraneEntry(
      .channel(PublishedChannel.ih.channel(), .quasiActive, .constant(5e-4)))
    return [("passive", [leak]), ("with Ih", [leak, ih])]
  }
}

extension Timing {
  /// Median and best, ms.
  fileprivate var summary: String {
    String(format: "%.3f ms (best %.3f)", 1e3 * median, 1e3 * best)
  }
}
