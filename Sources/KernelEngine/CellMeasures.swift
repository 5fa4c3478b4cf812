internal import CableTheory
public import CellMorphology

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What a cell amounts to as a cable.
public struct CellMeasures: Sendable {
  /// All sections of one type.
  public struct Part: Sendable, Equatable {
    public var type: String
    public var sections: Int
    public var compartments: Int

    /// Of all cables together, um.
    public var length: Double

    /// um2.
    public var area: Double

    /// Smallest and largest of the compartments' mean diameters, um.
    public var diameters: ClosedRange<Double>
  }

  /// By type, in the order of the sections.
  public var parts: [Part] = []
  public var compartments: Compartments

  /// Path distance from the soma to the farthest end, um.
  public var farthest: Double

  /// The same in length constants of each compartment at rest (electrotonic length).
  public var electrotonicLength: Double

  /// Steady potential of the soma per current into it, MOhm.
  public var inputResistance: Double

  /// Capacitance over conductance of the whole membrane, ms.
  public var timeConstant: Double

  /// - Parameter cell: of which synapses' conductances are not part.
  /// - Throws: `NetworkError` for what makes a cable of it impossible.
  public init(_ cell: Cell, name: String) throws(NetworkError) {
    let discretized = try cell.discretized(name: name)
    let compartments = discretized.compartments.placed(
      rotation: cell.rotation, at: discretized.compartments.somaPosition)
    self.compartments = compartments
    let potentials = try cell.potentials(compartments, name: name)
    let membrane = try LinearMembrane(cell, compartments, potentials: potentials, name: name)
    let cable = try cell.cable(
      discretized.tree, compartments, membrane: membrane, leak: membrane.leak,
      potentials: potentials, name: name)
    farthest = cell.morphology.endDistances().max() ?? 0
    electrotonicLength = CellMeasures.electrotonicLength(cell, compartments, membrane)
    let soma = compartments.section.indices.filter {
      Section.type(ofName: compartments.sectionNames[compartments.section[$0]]) == "soma"
    }
    inputResistance = cable.inputResistance(at: soma.isEmpty ? 0 : soma[soma.count / 2])
    timeConstant = cable.capacitance.reduce(0, +) / cable.conductance.reduce(0, +)
    parts = CellMeasures.parts(cell.morphology, compartments)
  }

  private static func parts(
    _ morphology: NeuronMorphology, _ compartments: Compartments
  ) -> [Part] {
    var parts: [Part] = []
    for section in morphology.sections where !parts.contains(where: { $0.type == section.type }) {
      let type = section.type
      let members = (0..<compartments.count).filter {
        Section.type(ofName: compartments.sectionNames[compartments.section[$0]]) == type
      }
      let diameters = members.map { compartments.diameter[$0] }
      let smallest = diameters.min() ?? 0
      parts.append(
        Part(
          type: type, sections: morphology.sections.filter { $0.type == type }.count,
          compartments: members.count,
          length: members.reduce(0) { $0 + compartments.length[$1] },
          area: members.reduce(0) { $0 + compartments.area[$1] },
          diameters: smallest...max(smallest, diameters.max() ?? 0)))
    }
    return parts
  }

  /// The largest sum of lengths over length constants sqrt(d / (4 g Ra)) along a path from the soma.
  private static func electrotonicLength(
    _ cell: Cell, _ compartments: Compartments, _ membrane: LinearMembrane
  ) -> Double {
    let sections = cell.morphology.sections
    var lengths = [Double](repeating: 0, count: sections.count)
    for i in 0..<compartments.count {
      let section = sections[compartments.section[i]]
      let conductance = membrane.leak[i] + membrane.channels[i]
      let lambda =
        (compartments.diameter[i] * 1e-4 / (4 * conductance * cell.axialResistivity(section)))
        .squareRoot() * 1e4
      lengths[compartments.section[i]] += compartments.length[i] / lambda
    }
    var ends = [Double](repeating: 0, count: sections.count)
    for index in cell.morphology.topologicalOrder {
      guard let parent = sections[index].parent else {
        ends[index] = 0.5 * lengths[index]
        continue
      }
      let isRoot = parent.section == cell.morphology.root
      let start =
        isRoot
        ? abs(parent.position - 0.5) * lengths[parent.section]
        : ends[parent.section] - (1 - parent.position) * lengths[parent.section]
      ends[index] = start + lengths[index]
    }
    return ends.max() ?? 0
  }
}
