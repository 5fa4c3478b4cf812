import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// A small network, quick to compute, with every kind of entry that can vary.
let smallNetwork = """
  time: {dt: 0.5, tau: 10}
  cells:
    stick:
      sections:
        soma: {points: [[0, 0, -10, 20], [0, 0, 10, 20]]}
        apic: {points: [[0, 0, 10, 2], [0, 0, 210, 2]], parent: soma(1)}
      discretization: {max_length: 60}
      Ra: 100
      membrane: [{passive: {g: 0.0003}}]
      vrest: -65
  populations:
    E:
      size: 80
      rate: 2
      cell: stick
      somata: {radius: 100, depth: {norm: {loc: 0, scale: 50}}}
      external: {count: 100, rate: 10, synapse: {exp: {weight: 0.0001, tau: 2, e: 0}}}
    I: {size: 20, rate: 5}
  connections:
    - pre: E
      post: E
      probability: 0.1
      multapses: {truncnorm: {loc: 2, scale: 0.6, low: 1, high: 10}}
      delay: {truncnorm: {loc: 1.5, scale: 0.5, low: 0.5}}
      synapse: {exp2: {weight: 0.0002, tau1: 0.2, tau2: 1.8, e: 0}}
      placement: {sections: [apic], depth: {norm: {loc: 100, scale: 100}}}
    - pre: I
      post: E
      indegree: 4
      delay: 1
      synapse: {alpha: {weight: 0.001, tau: 2, e: -80}}
  probes:
    lfp: {gauss_cylinder: {z: [200, 100, 0], sigma: 0.3, radius: 100, scale: 50}}
    dipole: {population_dipole: {}}

  """

/// The small network with a sweep, given indented.
func smallSweep(_ section: String) throws(DescriptionError) -> Sweep {
  try Sweep.read(text: smallNetwork + "sweep:\n" + section, fileName: "sweep.yaml")
}

/// The messages of a sweep that cannot be read.
func problems(_ section: String) -> [String] {
  do throws(DescriptionError) {
    _ = try smallSweep(section)
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

/// A directory that is removed when its owner goes.
final class ResultDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ name: String = "results.h5") throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
  }
}
