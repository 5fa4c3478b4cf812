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
}
