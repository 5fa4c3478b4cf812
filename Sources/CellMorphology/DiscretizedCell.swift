/// A morphology cut into compartments: their geometry, and the tree of resistances between them.
public struct DiscretizedCell: Sendable, Equatable {
  public var compartments: Compartments
  public let tree: CompartmentTree

  public init(compartments: Compartments, tree: CompartmentTree) {
    self.compartments = compartments
    self.tree = tree
  }

  /// Cuts a morphology.
  ///
  /// - Parameters:
  ///   - morphology: the sections, in whose order compartments come.
  ///   - rule: the number of compartments per section.
  ///   - axialResistivity: of each section, ohm cm.
  ///   - capacitance: of each section, uF/cm2 (for the d_lambda rule).
  /// - Throws: `MorphologyError` when the rule gives a section less than 1 or too many
  ///   compartments.
  public init(
    _ morphology: NeuronMorphology, rule: Discretization, axialResistivity: [Double],
    capacitance: [Double]
  ) throws(MorphologyError) {
    let sections = morphology.sections
    var cables: [CableGeometry] = []
    cables.reserveCapacity(sections.count)
    for (index, section) in sections.enumerated() {
      let count = try section.compartmentCount(
        rule, axialResistivity: axialResistivity[index], capacitance: capacitance[index])
      cables.append(CableGeometry(section, count: count))
    }
    compartments = Compartments(cables, names: sections.map(\.name))
    tree = CompartmentTree(morphology, cables: cables, axialResistivity: axialResistivity)
  }
}

extension Compartments {
  fileprivate init(_ cables: [CableGeometry], names: [String]) {
    let count = cables.reduce(0) { $0 + $1.area.count }
    func column(_ value: (CableGeometry, Int) -> Double) -> [Double] {
      var result: [Double] = []
      result.reserveCapacity(count)
      for cable in cables { for k in cable.area.indices { result.append(value(cable, k)) } }
      return result
    }
    self.init(
      startX: column { $0.start[$1].x }, startY: column { $0.start[$1].y },
      startZ: column { $0.start[$1].z }, endX: column { $0.end[$1].x },
      endY: column { $0.end[$1].y }, endZ: column { $0.end[$1].z },
      diameter: column { $0.diameter[$1] }, area: column { $0.area[$1] },
      length: column { cable, _ in cable.compartmentLength },
      section: cables.enumerated().flatMap { index, cable in cable.area.map { _ in index } },
      sectionNames: names)
  }
}

extension CompartmentTree {
  fileprivate init(
    _ morphology: NeuronMorphology, cables: [CableGeometry], axialResistivity: [Double]
  ) {
    self.init()
    let sections = morphology.sections
    var firstCompartment = [0]
    for cable in cables { firstCompartment.append(firstCompartment.last! + cable.area.count) }
    reserveCapacity(firstCompartment[cables.count] + cables.count)

    // Per section: node of its first compartment, and the nodes where children at 0 and 1 attach.
    var firstNode = [Int](repeating: -1, count: cables.count)
    var startNode = firstNode
    var endNode = firstNode
    for index in morphology.topologicalOrder {
      let cable = cables[index]
      let scale = 0.01 * axialResistivity[index]  // MOhm um per ohm cm
      let count = cable.area.count
      var attachment = -1
      if let parent = sections[index].parent {
        let (p, cable) = (parent.section, cables[parent.section])
        let (last, parentScale) = (cable.area.count - 1, 0.01 * axialResistivity[p])
        switch parent.position {
        case 1:
          if endNode[p] < 0 {
            endNode[p] = append(
              parent: firstNode[p] + last, resistance: parentScale * cable.secondHalf[last])
          }
          attachment = endNode[p]
        case 0:
          if startNode[p] < 0 {
            startNode[p] = append(
              parent: firstNode[p], resistance: parentScale * cable.firstHalf[0])
          }
          attachment = startNode[p]
        default:
          attachment = firstNode[p] + min(Int(parent.position * Double(last + 1)), last)
        }
      }
      startNode[index] = attachment
      firstNode[index] = nodeCount
      append(
        parent: attachment, resistance: attachment < 0 ? 0 : scale * cable.firstHalf[0],
        compartment: firstCompartment[index])
      for k in 1..<max(count, 1) {
        append(
          parent: nodeCount - 1, resistance: scale * (cable.secondHalf[k - 1] + cable.firstHalf[k]),
          compartment: firstCompartment[index] + k)
      }
    }
  }
}
