extension NeuronMorphology {
  /// The distance along the tree from the middle of the root section (the soma) to the centre of each
  /// compartment, um.
  ///
  /// - Parameter compartments: this morphology's, in the order of its sections.
  public func pathDistances(to compartments: Compartments) -> [Double] {
    var counts = [Int](repeating: 0, count: sections.count)
    for section in compartments.section { counts[section] += 1 }
    let starts = sectionDistances()
    var result: [Double] = []
    result.reserveCapacity(compartments.count)
    for (index, section) in sections.enumerated() {
      for k in 0..<counts[index] {
        let place = (Double(k) + 0.5) / Double(counts[index])
        result.append(distance(at: place, of: section, starts[index], isRoot: index == root))
      }
    }
    return result
  }

  /// The distance of each section's far end, um.
  public func endDistances() -> [Double] {
    let starts = sectionDistances()
    return sections.indices.map {
      distance(at: 1, of: sections[$0], starts[$0], isRoot: $0 == root)
    }
  }

  private func sectionDistances() -> [Double] {
    var starts = [Double](repeating: 0, count: sections.count)
    for index in topologicalOrder {
      guard let parent = sections[index].parent else { continue }
      starts[index] = distance(
        at: parent.position, of: sections[parent.section], starts[parent.section],
        isRoot: parent.section == root)
    }
    return starts
  }

  private func distance(
    at place: Double, of section: Section, _ start: Double, isRoot: Bool
  ) -> Double {
    isRoot ? abs(place - 0.5) * section.arcLength : start + place * section.arcLength
  }
}
