/// A point of a section: a position and the cable's diameter there, um.
public struct MorphologyPoint: Sendable, Equatable {
  public var position: SIMD3<Double>
  public var diameter: Double

  public init(position: SIMD3<Double>, diameter: Double) {
    self.position = position
    self.diameter = diameter
  }

  public init(_ x: Double, _ y: Double, _ z: Double, diameter: Double) {
    self.init(position: SIMD3(x, y, z), diameter: diameter)
  }
}

/// Where a section begins: at a place along another section.
public struct SectionParent: Sendable, Equatable {
  /// Index of the parent in the morphology's sections.
  public var section: Int

  /// Place along the parent's arc length, from 0 (its first point) to 1 (its last).
  public var position: Double

  public init(section: Int, position: Double = 1) {
    self.section = section
    self.position = position
  }
}

/// An unbranched cable.
public struct Section: Sendable, Equatable {
  /// A name such as `soma`, `dend` or `apic[3]`, unique within a morphology.
  public var name: String

  /// At least two points, from the end at the parent to the far end.
  public var points: [MorphologyPoint]

  /// Nil for the root.
  public var parent: SectionParent?

  public init(name: String, points: [MorphologyPoint], parent: SectionParent? = nil) {
    self.name = name
    self.points = points
    self.parent = parent
  }

  /// The name without an index: `apic` of `apic[3]`.
  public var type: String { Section.type(ofName: name) }

  /// The part of a section's name before its index.
  public static func type(ofName name: String) -> String {
    guard let bracket = name.firstIndex(of: "[") else { return name }
    return String(name[..<bracket])
  }
}

/// A cell's shape: a tree of sections with one root.
public struct NeuronMorphology: Sendable, Equatable {
  /// The sections in the order they were given, which is the order of compartments.
  public let sections: [Section]

  /// Indices of the sections by their number of steps to the root, so each parent before its
  /// children; among equals, children of an earlier parent first, then in their order.
  public let topologicalOrder: [Int]

  /// Checks and keeps the sections.
  ///
  /// - Throws: `MorphologyError` when there is no section or no single root, names repeat, a
  ///   section has fewer than two points, no length, a diameter that is not positive or a number
  ///   that is not finite, or parents are missing or form a cycle.
  public init(sections: [Section]) throws(MorphologyError) {
    guard !sections.isEmpty else { throw MorphologyError(section: nil, problem: .empty) }
    var names = Set<String>(minimumCapacity: sections.count)
    for section in sections {
      if !names.insert(section.name).inserted {
        throw MorphologyError(section: section.name, problem: .repeatedName)
      }
      try section.validate(sectionCount: sections.count)
    }
    self.sections = sections
    topologicalOrder = try NeuronMorphology.order(sections)
  }

  /// Sections that are known to be sound, with their order.
  init(_ sections: [Section], order: [Int]) {
    self.sections = sections
    topologicalOrder = order
  }

  /// Index of the section without a parent.
  public var root: Int { topologicalOrder[0] }

  private static func order(_ sections: [Section]) throws(MorphologyError) -> [Int] {
    let roots = sections.indices.filter { sections[$0].parent == nil }
    if roots.count > 1 {
      throw MorphologyError(
        section: sections[roots[1]].name, problem: .detached(root: sections[roots[0]].name))
    }
    var children = [[Int]](repeating: [], count: sections.count)
    for (index, section) in sections.enumerated() {
      if let parent = section.parent { children[parent.section].append(index) }
    }
    var order = roots
    order.reserveCapacity(sections.count)
    var next = 0
    while next < order.count {
      order.append(contentsOf: children[order[next]])
      next += 1
    }
    if order.count < sections.count {
      let reached = Set(order)
      let first = sections.indices.first { !reached.contains($0) } ?? 0
      throw MorphologyError(section: sections[first].name, problem: .cycle)
    }
    return order
  }
}

extension Section {
  fileprivate func validate(sectionCount: Int) throws(MorphologyError) {
    func fail(_ problem: MorphologyError.Problem) -> MorphologyError {
      MorphologyError(section: name, problem: problem)
    }
    guard points.count >= 2 else { throw fail(.tooFewPoints(points.count)) }
    for (index, point) in points.enumerated() {
      let p = point.position
      guard p.x.isFinite, p.y.isFinite, p.z.isFinite, point.diameter.isFinite else {
        throw fail(.notFinite(point: index))
      }
      guard point.diameter > 0 else { throw fail(.diameter(point.diameter, point: index)) }
    }
    guard arcLength > 0 else { throw fail(.noLength) }
    guard arcLength.isFinite else { throw fail(.endless) }
    if let parent {
      guard (0..<sectionCount).contains(parent.section) else { throw fail(.unknownParent) }
      guard parent.position >= 0, parent.position <= 1 else {
        throw fail(.parentPosition(parent.position))
      }
    }
  }

  /// Length along the points, um.
  public var arcLength: Double {
    var sum = 0.0
    for i in 1..<max(points.count, 1) {
      sum += distance(points[i].position, points[i - 1].position)
    }
    return sum
  }
}

func distance(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double {
  let d = a - b
  return (d * d).sum().squareRoot()
}
