import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels

/// `lfpkernels poisson`: random spikes at the rates of a network.
struct PoissonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poisson",
    abstract: "Writes random spikes at the rates of a network's populations.",
    discussion: """
      Examples:
        lfpkernels poisson net.yaml -o spikes.h5 --duration 10000
        lfpkernels poisson net.yaml -o spikes.h5 --duration 2000 --rhythm E=10:0.8

      Neurons spike as independent Poisson processes, in time with a rhythm where one is given. The \
      file is in the SONATA format, with a population of neurons 0, 1, ... for each of the network's. \
      It is no simulation of the network: it is there to try out predictions.
      """)

  @Argument(help: "Description of a network (YAML or JSON).", completion: .file())
  var description: String

  @Option(name: .shortAndLong, help: "File to write: .h5 or .hdf5 (HDF5).", completion: .file())
  var output: String

  @Option(help: "How long, in ms.")
  var duration: Double

  @Option(
    name: .customLong("rate"),
    help: ArgumentHelp(
      "Rate in place of the description's, spikes/s of one neuron.", valueName: "population=rate"))
  var rates: [String] = []

  @Option(
    name: .customLong("rhythm"),
    help: ArgumentHelp(
      "Sine wave about the mean rate: its frequency in Hz, and its depth from 0 to 1 (default: 1).",
      valueName: "population=frequency[:depth]"))
  var rhythms: [String] = []

  @Option(help: "Other spikes for other numbers.")
  var seed: UInt64 = 1

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  func validate() throws {
    guard duration > 0, duration.isFinite else {
      throw ValidationError("--duration \(duration): a positive number of ms is needed")
    }
  }

  func run() throws {
    try checkWritableHDF5(output, overwrite: force)
    try checkApart(written: [output], read: [description])
    let file = try DescriptionFile.read(path: description)
    try checkApart(written: [output], from: file)
    for warning in file.warnings { StandardError.write("warning: \(warning)\n") }
    let names = file.network.populations.map(\.name)
    let rates = try assignments("--rate", self.rates, among: names)
    let rhythms = try assignments("--rhythm", self.rhythms, among: names)
    var processes: [PoissonSpikes] = []
    for population in file.network.populations {
      let rate = try rates[population.name].map { try number($0, in: "--rate") } ?? population.rate
      guard let rate else {
        throw InputError(
          "\(description): \(population.name) has no rate; give it there, or as --rate "
            + "\(population.name)=RATE")
      }
      processes.append(
        try PoissonSpikes(
          population: population.name, size: population.size, rate: rate,
          rhythm: rhythms[population.name].map(rhythm)))
    }
    let expected = processes.reduce(0) { $0 + 1e-3 * $1.rate * Double($1.size) * duration }
    // They are held in memory, 16 bytes each and as much again where they are written.
    guard expected <= 3e8 else {
      throw InputError(
        String(format: "--duration: about %.2g spikes would be written; at most 3e8 are", expected))
    }
    let groups = processes.map { $0.spikes(duration: duration, seed: seed) }
    try SpikeTable(file: output, groups: groups).writeSonata(to: output, overwrite: force)
    let count = groups.reduce(0) { $0 + $1.times.count }
    StandardError.progress("wrote \(count) spikes of \(groups.count) populations to \(output)")
  }

  /// What is given as `population=value`.
  private func assignments(
    _ option: String, _ texts: [String], among names: [String]
  ) throws -> [String: String] {
    var result: [String: String] = [:]
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw InputError(
          "\(option) \(text): should be POPULATION=..., as in \(names.first ?? "E")=10")
      }
      let name = String(parts[0])
      guard names.contains(name) else {
        throw InputError(
          "\(option) \(text): there is no population '\(name)'; there are "
            + names.joined(separator: ", "))
      }
      guard result.updateValue(String(parts[1]), forKey: name) == nil else {
        throw InputError("\(option) \(text): \(name) was given before")
      }
    }
    return result
  }

  private func number(_ text: some StringProtocol, in option: String) throws -> Double {
    guard let value = Double(text), value.isFinite else {
      throw InputError("\(option): '\(text)' is not a number")
    }
    return value
  }

  private func rhythm(_ text: String) throws -> PoissonSpikes.Rhythm {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return PoissonSpikes.Rhythm(
      frequency: try number(parts[0], in: "--rhythm"),
      depth: try parts.count > 1 ? number(parts[1], in: "--rhythm") : 1)
  }
}
