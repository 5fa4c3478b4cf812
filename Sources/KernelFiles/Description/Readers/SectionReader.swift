import LFPKernels

/// The sections of a cell as its file gives them, so that problems of one are found at its line.
struct SectionReader {
  let field: Field

  /// Reads `sections`, a mapping from names to points and parents, in the file's order.
  func morphology() -> NeuronMorphology? {
    guard let entries = field.entries(of: "sections") else { return nil }
    guard !entries.isEmpty else { return field.fail("has no sections; at least one is needed") }
    var isComplete = true
    var sections: [Section] = []
    for (name, field) in entries {
      if let section = section(name, field, among: entries.map(\.name)) {
        sections.append(section)
      } else {
        isComplete = false
      }
    }
    guard isComplete else { return nil }
    do throws(MorphologyError) {
      return try NeuronMorphology(sections: sections)
    } catch {
      report(error, in: entries.first { $0.name == error.section }?.field ?? field)
      return nil
    }
  }

  private func section(_ name: String, _ field: Field, among names: [String]) -> Section? {
    if name.isEmpty || name.contains(where: { "()".contains($0) }) {
      field.report("'\(name)' cannot name a section; use a name without ( and ), such as apic[0]")
      return nil
    }
    guard let map = field.mapping(["points", "parent"]) else { return nil }
    var isReadable = true
    var parent: SectionParent?
    if let parentField = map.optional("parent") {
      parent = self.parent(parentField, among: names)
      isReadable = parent != nil
    }
    guard let pointsField = map.required("points", "a list of points [x, y, z, diameter] in um"),
      let points = points(pointsField), isReadable
    else { return nil }
    do throws(MorphologyError) {
      // The section alone, so that each section's problems are found.
      _ = try NeuronMorphology(sections: [Section(name: name, points: points)])
    } catch {
      report(error, in: field)
      return nil
    }
    return Section(name: name, points: points, parent: parent)
  }

  private func points(_ field: Field) -> [MorphologyPoint]? {
    guard let elements = field.list(of: "points [x, y, z, diameter]") else { return nil }
    let points = elements.map { element -> MorphologyPoint? in
      guard let numbers = element.list(of: "x, y, z and diameter") else { return nil }
      guard numbers.count == 4 else {
        return element.fail(
          "has \(numbers.count) numbers; a point has four: x, y, z and diameter in um")
      }
      let values = numbers.map { $0.number(.length) }
      guard let x = values[0], let y = values[1], let z = values[2], let d = values[3] else {
        return nil
      }
      return MorphologyPoint(x, y, z, diameter: d)
    }
    return points.contains(nil) ? nil : points.compactMap { $0 }
  }

  /// Reads `soma`, `soma(0.5)` or `apic[3](1)`; without a place the parent's end.
  private func parent(_ field: Field, among names: [String]) -> SectionParent? {
    guard let text = field.text("a parent such as soma(1)") else { return nil }
    var name = text[...]
    var position = 1.0
    if text.hasSuffix(")"), let open = text.lastIndex(of: "(") {
      let number = text[text.index(after: open)...].dropLast()
      guard let quantity = Quantity(String(number)), quantity.unit.isEmpty else {
        return field.fail("'\(text)' is not a parent; write its name and a place, as in soma(1)")
      }
      position = quantity.value()
      name = text[..<open]
    }
    guard let index = names.firstIndex(of: String(name)) else {
      let advice = advice(for: String(name), among: names, called: "sections")
      return field.fail("there is no section '\(name)'\(advice)")
    }
    guard position >= 0, position <= 1 else {
      return field.fail("\(position) is not a place along a section; it must lie between 0 and 1")
    }
    return SectionParent(section: index, position: position)
  }

  /// Reports a problem at the point or section it is about.
  private func report(_ error: MorphologyError, in field: Field) {
    var place = field.place
    switch error.problem {
    case .diameter(_, let point), .notFinite(let point):
      if case .sequence(let points)? = field.node.entry("points")?.value.content,
        points.indices.contains(point)
      {
        place = points[point].place
      }
    default: break
    }
    var message = error.description
    for prefix in [error.section.map { "section '\($0)': " } ?? "", "morphology: "]
    where message.hasPrefix(prefix) {
      message.removeFirst(prefix.count)
    }
    field.diagnostics.report(message, path: field.path, at: place)
  }
}
