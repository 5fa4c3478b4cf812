import LFPKernels

extension Cell {
  var canonical: CanonicalValue {
    .mapping([
      ("sections", morphology.canonical), ("discretization", discretization.canonical),
      ("Ra", axialResistivity.canonical), ("cm", capacitance.canonical),
      ("membrane", .list(membrane.map(\.canonical))), ("vrest", restingPotential.canonical),
      (
        "rotation",
        .mapping([
          ("x", .number(rotation.x)), ("y", .number(rotation.y)), ("z", .number(rotation.z)),
        ])
      ),
    ])
  }
}

extension NeuronMorphology {
  fileprivate var canonical: CanonicalValue {
    .mapping(
      sections.map { section in
        let points = section.points.map {
          CanonicalValue.numbers([$0.position.x, $0.position.y, $0.position.z, $0.diameter])
        }
        let parent = section.parent.map { parent in
          CanonicalValue.text("\(sections[parent.section].name)(\(parent.position))")
        }
        return (section.name, .mapping([("points", .list(points)), ("parent", parent)]))
      })
  }
}

extension Discretization {
  fileprivate var canonical: CanonicalValue {
    switch self {
    case .lambda(let frequency, let fraction):
      .mapping([("lambda_f", .number(frequency)), ("d_lambda", .number(fraction))])
    case .maximumLength(let length): .mapping([("max_length", .number(length))])
    case .counts(let counts, let otherwise):
      .mapping([
        ("counts", .sorted(counts.mapValues { .number(Double($0)) })),
        ("otherwise", .number(Double(otherwise))),
      ])
    }
  }
}

extension SectionValues {
  /// A number where all sections have the same.
  fileprivate var canonical: CanonicalValue {
    if bySection.values.allSatisfy({ $0 == otherwise }) { return .number(otherwise) }
    let listed = bySection.sorted { $0.key < $1.key }.map {
      ($0.key, CanonicalValue.number($0.value))
    }
    return .mapping([("otherwise", .number(otherwise))] + listed)
  }
}

extension RestingPotential {
  fileprivate var canonical: CanonicalValue {
    switch self {
    case .sections(let values): values.canonical
    case .compartments(let values): .numbers(values)
    }
  }
}
