import LFPKernels

extension Cell {
  static let keys = [
    "morphology", "sections", "discretization", "Ra", "cm", "membrane", "vrest", "rotation",
  ]

  /// Reads one of `cells`.
  ///
  /// - Parameter shape: the cell's shape where it is known already.
  static func read(_ field: Field, baseDirectory: String, shape known: CellShape? = nil) -> Cell? {
    guard let map = field.mapping(keys) else { return nil }
    let shape = known ?? CellShape.read(map, baseDirectory: baseDirectory)
    let names = shape.map { SectionNames($0.morphology) }
    func values(_ key: String, _ dimension: Dimension) -> SectionValues? {
      map.optional(key).flatMap { SectionValues.read($0, dimension, .positive, sections: names) }
    }
    let discretization = map.optional("discretization").flatMap {
      Discretization.read($0, sections: names)
    }
    let resistivity = values("Ra", .resistivity)
    let capacitance = values("cm", .specificCapacitance)
    let membrane = map.required("membrane", "what it is made of, such as [{passive: {g: 0.0003}}]")
      .flatMap { MembraneEntry.readList($0, sections: names) }
    let vrest = map.optional("vrest").flatMap { RestingPotential.read($0, sections: names) }
    let rotation = map.optional("rotation").flatMap { Rotation.read($0) }
    guard let shape, let membrane else { return nil }
    // What a file sets for its sections holds unless the description says otherwise.
    return Cell(
      morphology: shape.morphology,
      discretization: discretization ?? shape.discretization ?? .lambda(),
      axialResistivity: resistivity ?? shape.values(\.axialResistivity, otherwise: 100),
      capacitance: capacitance ?? shape.values(\.capacitance, otherwise: 1), membrane: membrane,
      restingPotential: vrest ?? .sections(SectionValues(-65)), rotation: rotation ?? .none)
  }
}

extension RestingPotential {
  /// Reads `vrest`: a number, a mapping by section type, or a list with one value per compartment.
  static func read(_ field: Field, sections: SectionNames?) -> RestingPotential? {
    if field.isList { return field.numbers(.voltage).map { .compartments($0) } }
    return SectionValues.read(field, .voltage, .any, sections: sections).map { .sections($0) }
  }
}

extension Rotation {
  /// Reads `rotation`: angles about the axes.
  static func read(_ field: Field) -> Rotation? {
    guard let map = field.mapping(["x", "y", "z"]) else { return nil }
    let angles = ["x", "y", "z"].map { key in
      map.optional(key).map { $0.number(.angle) } ?? 0
    }
    guard let x = angles[0], let y = angles[1], let z = angles[2] else { return nil }
    return Rotation(x: x, y: y, z: z)
  }
}
