internal import CableTheory
internal import CellMorphology

extension Cell {
  /// The morphology cut into compartments.
  func discretized(name: String) throws(NetworkError) -> DiscretizedCell {
    let sections = morphology.sections
    for section in sections {
      let (resistivity, cm) = (axialResistivity(section), capacitance(section))
      guard resistivity > 0, resistivity.isFinite else {
        throw NetworkError(
          .cell(name), key: "Ra",
          "Ra of section '\(section.name)' is \(resistivity) ohm cm; it must be positive and finite"
        )
      }
      guard cm > 0, cm.isFinite else {
        throw NetworkError(
          .cell(name), key: "cm",
          "cm of section '\(section.name)' is \(cm) uF/cm2; it must be positive and finite")
      }
    }
    try validateDiscretization(name)
    do {
      return try DiscretizedCell(
        morphology, rule: discretization, axialResistivity: sections.map { axialResistivity($0) },
        capacitance: sections.map { capacitance($0) })
    } catch {
      throw NetworkError(.cell(name), key: "discretization", error.description)
    }
  }

  private func validateDiscretization(_ name: String) throws(NetworkError) {
    func requirePositive(_ value: Double, _ key: String, _ unit: String) throws(NetworkError) {
      guard value > 0, value.isFinite else {
        throw NetworkError(
          .cell(name), key: "discretization.\(key)",
          "\(key) is \(value)\(unit); it must be positive and finite")
      }
    }
    switch discretization {
    case .lambda(let frequency, let fraction):
      try requirePositive(frequency, "lambda_f", " Hz")
      try requirePositive(fraction, "d_lambda", "")
    case .maximumLength(let length): try requirePositive(length, "max_length", " um")
    case .counts: break
    }
  }

  /// Leak conductance density of each compartment, S/cm2.
  ///
  /// - Throws: `NetworkError` when a section has none or two, or a conductance is negative.
  func leak(_ compartments: Compartments, name: String) throws(NetworkError) -> [Double] {
    var bySection = [Double?](repeating: nil, count: morphology.sections.count)
    for entry in membrane {
      switch entry.mechanism {
      case .passive(let conductance):
        guard conductance >= 0, conductance.isFinite else {
          throw NetworkError(
            .cell(name), key: "membrane.passive.g",
            "g is \(conductance) S/cm2; it must be finite and not negative")
        }
        try assign(conductance, to: &bySection, entry.sections, name: name)
      }
    }
    if let missing = bySection.firstIndex(where: { $0 == nil }) {
      throw NetworkError(
        .cell(name), key: "membrane",
        "section '\(morphology.sections[missing].name)' has no passive conductance; add an entry "
          + "passive: {g: ...} for it or for all sections")
    }
    return compartments.section.map { bySection[$0] ?? 0 }
  }

  private func assign(
    _ value: Double, to bySection: inout [Double?], _ names: [String]?, name: String
  ) throws(NetworkError) {
    for wanted in names ?? [] {
      if !morphology.sections.contains(where: { $0.name == wanted || $0.type == wanted }) {
        throw NetworkError(
          .cell(name), key: "membrane.sections", "the cell has no section '\(wanted)'")
      }
    }
    for (index, section) in morphology.sections.enumerated() {
      guard names?.contains(where: { $0 == section.name || $0 == section.type }) ?? true else {
        continue
      }
      if bySection[index] != nil {
        throw NetworkError(
          .cell(name), key: "membrane",
          "section '\(section.name)' has passive conductances from two entries; give it one")
      }
      bySection[index] = value
    }
  }

  /// Specific capacitance of each compartment, uF/cm2.
  func capacitances(_ compartments: Compartments) -> [Double] {
    let bySection = morphology.sections.map { capacitance($0) }
    return compartments.section.map { bySection[$0] }
  }

  /// Resting potential of each compartment, mV.
  func potentials(_ compartments: Compartments, name: String) throws(NetworkError) -> [Double] {
    let values: [Double]
    switch restingPotential {
    case .sections(let potentials):
      let bySection = morphology.sections.map { potentials($0) }
      values = compartments.section.map { bySection[$0] }
    case .compartments(let list):
      guard list.count == compartments.count else {
        throw NetworkError(
          .cell(name), key: "vrest",
          "vrest lists \(list.count) potentials, but the cell has \(compartments.count) compartments"
        )
      }
      values = list
    }
    guard values.allSatisfy(\.isFinite) else {
      throw NetworkError(.cell(name), key: "vrest", "vrest must be finite")
    }
    return values
  }

  /// The cable with the given leak (S/cm2) and capacitance (uF/cm2) per compartment.
  func cable(
    _ tree: CompartmentTree, _ compartments: Compartments, leak: [Double], capacitance: [Double],
    name: String
  ) throws(NetworkError) -> LinearCable {
    let area = compartments.area
    do {
      return try LinearCable(
        tree: tree, capacitance: area.indices.map { capacitance[$0] * area[$0] * 1e-5 },
        conductance: area.indices.map { leak[$0] * area[$0] * 1e-2 })
    } catch {
      throw NetworkError(.cell(name), key: "membrane", error.description)
    }
  }
}
