internal import CableTheory
internal import CellMorphology

/// A cell's membrane, linearised: densities per compartment.
struct LinearMembrane {
  /// S/cm2, by passive entries.
  var leak: [Double]

  /// What channels add at once, S/cm2.
  var channels: [Double]

  /// A gate's part in one compartment: density in S/cm2, time constant in ms.
  struct Term {
    var channel: String
    var compartment: Int
    var amplitude: Double
    var timeConstant: Double
  }
  var terms: [Term] = []

  /// - Parameter potentials: of each compartment, mV.
  /// - Throws: `NetworkError` when a section has no leak or two, sections are unknown, or a density is
  ///   negative or not finite.
  init(
    _ cell: Cell, _ compartments: Compartments, potentials: [Double], name: String
  ) throws(NetworkError) {
    let count = compartments.count
    leak = Array(repeating: 0, count: count)
    channels = leak
    var hasLeak = [Bool](repeating: false, count: cell.morphology.sections.count)
    let distances = cell.morphology.pathDistances(to: compartments)
    let ends = cell.morphology.endDistances()
    for entry in cell.membrane {
      let chosen = try cell.sections(of: entry, name: name)
      let farthest = ends.indices.reduce(0) { chosen[$1] ? max($0, ends[$1]) : $0 }
      func density(_ profile: ConductanceDensity, _ i: Int, _ key: String) throws(NetworkError)
        -> Double
      {
        let value = profile(distances[i], farthest: farthest)
        guard value >= 0, value.isFinite else {
          throw NetworkError(
            .cell(name), key: "membrane.\(key).g",
            "g is \(value) S/cm2 at \(distances[i]) um from the soma, in section "
              + "'\(compartments.sectionNames[compartments.section[i]])'; it must be finite and not "
              + "negative")
        }
        return value
      }
      switch entry.mechanism {
      case .passive(let profile):
        for (index, section) in cell.morphology.sections.enumerated() where chosen[index] {
          if hasLeak[index] {
            throw NetworkError(
              .cell(name), key: "membrane",
              "section '\(section.name)' has passive conductances from two entries; give it one")
          }
          hasLeak[index] = true
        }
        for i in 0..<count where chosen[compartments.section[i]] {
          leak[i] = try density(profile, i, "passive")
        }
      case .channel(let channel, let approximation, let profile):
        var known: (potential: Double, value: IonChannel.Linearization)?
        for i in 0..<count where chosen[compartments.section[i]] {
          if known?.potential != potentials[i] {
            known = (potentials[i], channel.linearized(at: potentials[i], approximation))
          }
          guard let linear = known?.value else { continue }
          let g = try density(profile, i, channel.name)
          channels[i] += g * linear.conductance
          for term in linear.relaxations where g * term.amplitude != 0 {
            terms.append(
              Term(
                channel: channel.name, compartment: i, amplitude: g * term.amplitude,
                timeConstant: term.timeConstant))
          }
        }
      }
    }
    if let missing = hasLeak.firstIndex(of: false) {
      throw NetworkError(
        .cell(name), key: "membrane",
        "section '\(cell.morphology.sections[missing].name)' has no passive conductance; add an "
          + "entry passive: {g: ...} for it or for all sections")
    }
  }

  /// Gates with a common time constant together, in uS.
  func relaxations(area: [Double]) -> [Relaxation] {
    var result: [Relaxation] = []
    var index: [Double: Int] = [:]
    for term in terms {
      let amplitude = term.amplitude * area[term.compartment] * 1e-2
      if let k = index[term.timeConstant] {
        result[k].compartments.append(term.compartment)
        result[k].amplitudes.append(amplitude)
      } else {
        index[term.timeConstant] = result.count
        result.append(
          Relaxation(
            timeConstant: term.timeConstant, compartments: [term.compartment],
            amplitudes: [amplitude]))
      }
    }
    return result
  }

  /// The channel that most strongly feeds a change of potential, and a compartment where it does.
  func strongestFeedback() -> Term? {
    var byChannel: [String: Double] = [:]
    for term in terms where term.amplitude < 0 {
      byChannel[term.channel, default: 0] += term.amplitude
    }
    guard let channel = byChannel.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
      return nil
    }
    return terms.filter { $0.channel == channel }.min { $0.amplitude < $1.amplitude }
  }
}

extension Cell {
  /// Which sections an entry is for.
  fileprivate func sections(of entry: MembraneEntry, name: String) throws(NetworkError) -> [Bool] {
    guard let names = entry.sections else {
      return Array(repeating: true, count: morphology.sections.count)
    }
    for wanted in names
    where !morphology.sections.contains(where: { $0.name == wanted || $0.type == wanted }) {
      throw NetworkError(
        .cell(name), key: "membrane.sections", "the cell has no section '\(wanted)'")
    }
    return morphology.sections.map { section in
      names.contains { $0 == section.name || $0 == section.type }
    }
  }

  /// The cable with a membrane, an effective leak (S/cm2) and capacitance (uF/cm2) per compartment.
  ///
  /// - Throws: `NetworkError` when its channels make it unstable, with the channel and potential.
  func cable(
    _ tree: CompartmentTree, _ compartments: Compartments, membrane: LinearMembrane,
    leak: [Double], potentials: [Double], name: String
  ) throws(NetworkError) -> LinearCable {
    let area = compartments.area
    let capacitance = capacitances(compartments)
    let cable: LinearCable
    do {
      cable = try LinearCable(
        tree: tree, capacitance: area.indices.map { capacitance[$0] * area[$0] * 1e-5 },
        conductance: area.indices.map { (leak[$0] + membrane.channels[$0]) * area[$0] * 1e-2 },
        relaxations: membrane.relaxations(area: area))
    } catch {
      throw NetworkError(.cell(name), key: "membrane", error.description)
    }
    guard cable.isStable() else {
      let term = membrane.strongestFeedback()
      let section = term.map { compartments.sectionNames[compartments.section[$0.compartment]] }
      throw NetworkError(
        .cell(name), key: "membrane",
        "the linearised cell is unstable at \(term.map { potentials[$0.compartment] } ?? .nan) mV: "
          + "\(term?.channel ?? "a channel") in '\(section ?? "")' feeds changes of potential faster "
          + "than the rest takes them up; lower its density, freeze it, or choose another vrest")
    }
    return cable
  }
}
