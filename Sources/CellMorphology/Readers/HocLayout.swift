#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

func cosine(_ angle: Double) -> Double { cos(angle) }
func sine(_ angle: Double) -> Double { sin(angle) }

extension HocModel {
  /// The directions in the xy plane of sections that have a length and diameter but no points, as
  /// NEURON's `define_shape` chooses them (observed): the root goes along x; a child at a parent's
  /// end goes on in its direction, or away from its start; in between it leaves at a right angle.
  /// Several at one place fan out over 0.8 rad in the order of their connections.
  ///
  /// - Returns: nil for sections with points.
  mutating func layOutSectionsWithoutPoints() -> [Double?] {
    noteDefaults()
    guard sections.contains(where: \.points.isEmpty) else {
      return Array(repeating: nil, count: sections.count)
    }
    var children = [[Int]](repeating: [], count: sections.count)
    for (index, section) in sections.enumerated() {
      if let connection = section.connection { children[connection.parent].append(index) }
    }
    var angles = [Double?](repeating: nil, count: sections.count)
    var direction = [Double](repeating: 0, count: sections.count)
    var stack = sections.indices.filter { sections[$0].connection == nil }
    for root in stack { setAngle(root, to: 0, &angles, &direction) }
    while let parent = stack.popLast() {
      let places = placesAmongSiblings(children[parent])
      for (child, place) in zip(children[parent], places) {
        let turned = sections[parent].connection?.end == 1
        let given = sections[child].connection?.position ?? 1
        let position = turned ? 1 - given : given
        var angle = direction[parent] + place
        if position == 0 {
          angle += .pi
        } else if position < 1 {
          angle += position < 0.5 ? -0.5 * .pi : 0.5 * .pi
        }
        setAngle(child, to: angle, &angles, &direction)
        stack.append(child)
      }
    }
    return angles
  }

  private func setAngle(
    _ section: Int, to angle: Double, _ angles: inout [Double?], _ direction: inout [Double]
  ) {
    let points = sections[section].points
    guard let first = points.first?.position, let last = points.last?.position else {
      angles[section] = angle
      direction[section] = angle
      return
    }
    let chord = sections[section].connection?.end == 1 ? first - last : last - first
    direction[section] = chord.x == 0 && chord.y == 0 ? 0 : atan2(chord.y, chord.x)
  }

  /// By which angle each child leaves the common direction of those at the same place, rad.
  private func placesAmongSiblings(_ children: [Int]) -> [Double] {
    var groups: [Double: [Int]] = [:]
    for (index, child) in children.enumerated() {
      groups[sections[child].connection?.position ?? 1, default: []].append(index)
    }
    var result = [Double](repeating: 0, count: children.count)
    for group in groups.values where group.count > 1 {
      let ordered = group.sorted {
        (sections[children[$0]].connection?.number ?? 0)
          < (sections[children[$1]].connection?.number ?? 0)
      }
      for (place, index) in ordered.enumerated() {
        result[index] = 0.4 - 0.8 * Double(place) / Double(group.count - 1)
      }
    }
    return result
  }

  private mutating func noteDefaults() {
    for section in sections where section.points.isEmpty {
      guard section.length == nil || section.diameter == nil else { continue }
      let missing = [
        section.length == nil ? "length (\(Self.defaultLength) um)" : nil,
        section.diameter == nil ? "diameter (\(Self.defaultDiameter) um)" : nil,
      ].compactMap { $0 }.joined(separator: " and ")
      warnings.add(
        .defaults, line: section.line,
        "'\(section.name)' has neither points nor all of L and diam: NEURON's default \(missing) "
          + "was taken")
    }
  }
}
