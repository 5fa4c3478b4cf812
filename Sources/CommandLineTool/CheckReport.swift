import Foundation
import KernelFiles
import LFPKernels

/// What `check` prints.
struct CheckReport: Encodable {
  struct Lags: Encodable {
    let dt, tau: Double
    let count: Int
    let solver, average: String
  }

  struct Connection: Encodable {
    let pre, post: String
    let synapses, indegree, outdegree: Double

    /// Nil where the number of synapses is given.
    let multapseMean: Double?

    /// ms; nil where it is infinite.
    let meanDelay: Double?
  }

  struct Cell: Encodable {
    let population, cell: String
    let sections, compartments: Int

    /// um2.
    let area: Double

    /// um.
    let lowest, highest: Double

    /// Smallest and largest of all compartments, S/cm2.
    let leak, effectiveLeak: [Double]

    /// ms.
    let effectiveTimeConstant: Double
  }

  struct Probe: Encodable {
    let name, kind, unit: String
    let outputs: Int
  }

  let file: String
  let lags: Lags
  let connections: [Connection]
  let cells: [Cell]
  let probes: [Probe]

  /// SHA-256 of the description with defaults filled in.
  let identity: String

  init(_ input: NetworkInput, probes: [KernelFileContents.Probe]) {
    let network = input.file.network
    let settings = network.settings
    file = input.file.fileName
    lags = Lags(
      dt: settings.dt, tau: settings.tau,
      count: settings.lags == .full ? 2 * settings.steps + 1 : settings.steps,
      solver: settings.solver.rawValue, average: settings.average.rawValue)
    connections = input.engine.connections.map {
      Connection(
        pre: $0.pre, post: $0.post, synapses: $0.synapses, indegree: $0.indegree,
        outdegree: $0.outdegree, multapseMean: $0.multapseMean,
        meanDelay: $0.meanDelay.isFinite ? $0.meanDelay : nil)
    }
    cells = input.engine.cellSummaries.map {
      Cell(
        population: $0.population, cell: $0.cell, sections: $0.sections,
        compartments: $0.compartments, area: $0.area, lowest: $0.depthRange.lowerBound,
        highest: $0.depthRange.upperBound, leak: CheckReport.extremes($0.leak),
        effectiveLeak: CheckReport.extremes($0.effectiveLeak),
        effectiveTimeConstant: $0.effectiveTimeConstant)
    }
    self.probes = probes.map {
      Probe(
        name: $0.name, kind: $0.kind, unit: $0.unit,
        outputs: max($0.positions.count, $0.outputNames.count))
    }
    identity = sha256(canonicalDescription(of: network))
  }

  private static func extremes(_ values: [Double]) -> [Double] {
    [values.min() ?? 0, values.max() ?? 0]
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Tables for people.
  var text: String {
    """
    \(file): \(lags.count) lags in steps of \(number(lags.dt)) ms up to \(number(lags.tau)) ms, \
    solver \(lags.solver), \(lags.average) average over depths of somata

    \(connectionTable)

    \(cellTable)

    \(probeTable)
    """
  }

  private var connectionTable: TextTable {
    TextTable(
      header: ["from", "onto", "synapses", "indegree", "outdegree", "multapses", "delay (ms)"],
      leading: 2,
      rows: connections.map {
        [
          $0.pre, $0.post, number($0.synapses), number($0.indegree), number($0.outdegree),
          $0.multapseMean.map(number) ?? "-", $0.meanDelay.map(number) ?? "-",
        ]
      })
  }

  private var cellTable: TextTable {
    TextTable(
      header: [
        "population", "cell", "sections", "compartments", "area (um2)", "depths (um)",
        "leak (S/cm2)", "effective leak (S/cm2)", "time constant (ms)",
      ], leading: 2,
      rows: cells.map {
        [
          $0.population, $0.cell, "\($0.sections)", "\($0.compartments)", number($0.area),
          range([$0.lowest, $0.highest]), range($0.leak), range($0.effectiveLeak),
          number($0.effectiveTimeConstant),
        ]
      })
  }

  private var probeTable: TextTable {
    TextTable(
      header: ["probe", "kind", "unit", "outputs"], leading: 3,
      rows: probes.map { [$0.name, $0.kind, $0.unit, "\($0.outputs)"] })
  }

  private func number(_ value: Double) -> String { String(format: "%.6g", value) }

  private func range(_ ends: [Double]) -> String {
    ends[0] == ends[1] ? number(ends[0]) : "\(number(ends[0])) ... \(number(ends[1]))"
  }
}
