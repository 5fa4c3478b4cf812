/// Takes the axon from a cell's sections, and puts a stub in its place.
struct AxonReplacement {
  private let format: MorphologyFormat
  private let sections: [Section]

  /// Whether each section belongs to the axon or hangs on it.
  private var isAxonal: [Bool]
  private let children: [[Int]]

  private static let cylinderLength = 30.0
  private static let defaultDiameter = 1.0

  init(_ sections: [Section], format: MorphologyFormat) {
    self.sections = sections
    self.format = format
    var children = [[Int]](repeating: [], count: sections.count)
    for (index, section) in sections.enumerated() {
      if let parent = section.parent { children[parent.section].append(index) }
    }
    self.children = children
    isAxonal = sections.map { $0.type == "axon" }
    var stack = sections.indices.filter { isAxonal[$0] }
    while let index = stack.popLast() {
      for child in children[index] where !isAxonal[child] {
        isAxonal[child] = true
        stack.append(child)
      }
    }
  }

  func apply(
    _ axon: AxonImport, to result: inout [Section], _ settings: inout [SectionSettings]
  ) throws(MorphologyFileError) {
    guard let root = sections.firstIndex(where: { $0.parent == nil }), !isAxonal[root] else {
      throw MorphologyFileError(
        format: format, line: nil, problem: "the cell begins with its axon",
        remedy: "the axon can be dropped or replaced only where it hangs on something else")
    }
    var place = [Int](repeating: -1, count: sections.count)
    var kept: [Section] = []
    var keptSettings: [SectionSettings] = []
    for index in sections.indices where !isAxonal[index] {
      place[index] = kept.count
      kept.append(sections[index])
      keptSettings.append(settings[index])
    }
    for index in kept.indices {
      if let parent = kept[index].parent { kept[index].parent?.section = place[parent.section] }
    }
    if axon == .stub {
      let stub = makeStub(place: place, root: root, next: kept.count)
      kept.append(contentsOf: stub)
      keptSettings.append(contentsOf: stub.map { _ in SectionSettings() })
    }
    (result, settings) = (kept, keptSettings)
  }

  private func makeStub(place: [Int], root: Int, next: Int) -> [Section] {
    let length = Self.cylinderLength
    let origin = sections.indices.first { index in
      guard isAxonal[index], let parent = sections[index].parent else { return false }
      return !isAxonal[parent.section]
    }
    let soma = sections.firstIndex { $0.type == "soma" } ?? root
    var parent = SectionParent(section: place[soma], position: 0.5)
    var start = sections[soma].points.midpoint
    var direction = SIMD3<Double>(0, 0, -1)
    var diameters = [Self.defaultDiameter, Self.defaultDiameter]
    if let origin, let given = sections[origin].parent {
      parent = SectionParent(section: place[given.section], position: given.position)
      start = sections[origin].points[0].position
      let path = pathFrom(origin, length: 2 * length)
      let chord = path.end - start
      let norm = (chord * chord).sum().squareRoot()
      if norm > 0 { direction = chord / norm }
      diameters = path.meanDiameters
    }
    return (0..<2).map { k in
      Section(
        name: "axon[\(k)]",
        points: [Double(k), Double(k + 1)].map {
          MorphologyPoint(position: start + $0 * length * direction, diameter: diameters[k])
        },
        parent: k == 0 ? parent : SectionParent(section: next, position: 1))
    }
  }

  /// Follows the axon from its start, at each branching into the first branch.
  ///
  /// - Returns: where it ends or has become `length` long, and its mean diameters over both halves
  ///   of `length`; where it does not reach, the last diameter.
  private func pathFrom(
    _ origin: Int, length: Double
  ) -> (end: SIMD3<Double>, meanDiameters: [Double]) {
    var section = origin
    var travelled = 0.0
    var end = sections[origin].points[0]
    var sums = [0.0, 0.0]
    var lengths = [0.0, 0.0]
    while true {
      let points = sections[section].points
      for k in 1..<points.count {
        let (a, b) = (points[k - 1], points[k])
        let step = a.distance(to: b)
        guard step > 0 else {
          end.diameter = b.diameter
          continue
        }
        for half in 0..<2 {
          // The part of this cone that lies in this half.
          let from = max(travelled, Double(half) * 0.5 * length)
          let to = min(travelled + step, Double(half + 1) * 0.5 * length)
          guard to > from else { continue }
          let middle = 0.5 * (from + to) - travelled
          sums[half] += (to - from) * (a.diameter + middle / step * (b.diameter - a.diameter))
          lengths[half] += to - from
          let t = (to - travelled) / step
          end.position = a.position + t * (b.position - a.position)
          end.diameter = a.diameter + t * (b.diameter - a.diameter)
        }
        travelled += step
      }
      guard travelled < length, let next = children[section].first else { break }
      section = next
    }
    return (
      end.position, (0..<2).map { lengths[$0] > 0 ? sums[$0] / lengths[$0] : end.diameter }
    )
  }
}
