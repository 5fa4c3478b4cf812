/// The sections of an SWC file: its tree of points cut into unbranched cables.
///
/// How NEURON's Import3d cuts, observed on small files:
/// - A section ends where points branch or where the type changes. Dendrites that hang on a soma's
///   points do not end the soma's section. A soma's section also ends where its next point is not
///   the next one of the file.
/// - The root alone may branch and yet go on: its first child continues the root's section where
///   all its children are of its type.
/// - A section begins with its parent's last point, in that point's own diameter; where it leaves
///   the soma, in the diameter of its own first point.
/// - What leaves the soma elsewhere than at its ends is connected to the middle. It begins at its
///   own first point (unless that is its only one) and keeps its distance from the soma.
/// - A dendrite's first point at the soma that branches goes on as the root does, unless it is the
///   second point of the file: its further branches are connected to the section's start, and moved
///   there.
///
/// Two things are not reproduced, as points change places or names in them: sections whose points
/// do not follow each other in the file, and a branching first point whose first child has another
/// type than itself and the other children.
struct SWCSections {
  private let tree: SWCTree
  private(set) var drafts: [SectionDraft] = []
  private(set) var warnings: WarningList

  /// Points of each section, without the parent's point that is put before them.
  private var own: [[Int]] = []
  private var sectionOf: [Int]

  /// Per point, the number of its children, of those of soma type, and of those of its own type.
  private var childCount: [Int]
  private var somaChildCount: [Int]
  private var kinCount: [Int]

  /// Per point, the first of its children in the file.
  private var firstChild: [Int]

  /// Whether sections are made by Arbor's rule: every branch ends a section, nothing is moved.
  private let isArbor: Bool

  /// Points that make up the cylinder of the root's section; empty where it is a cable.
  private var cylinder: Set<Int> = []
  private var cylinderPoints: [MorphologyPoint] = []

  /// Whether that cylinder is NeuroMorpho.org's, and not NEURON's for three points.
  private var isStandardCylinder = false

  init(_ tree: SWCTree, soma: SWCSoma) throws(MorphologyFileError) {
    self.tree = tree
    warnings = tree.warnings
    isArbor = soma == .arbor
    sectionOf = Array(repeating: -1, count: tree.count)
    childCount = Array(repeating: 0, count: tree.count)
    somaChildCount = childCount
    kinCount = childCount
    firstChild = sectionOf
    for point in 1..<max(tree.count, 1) where !tree.isFurtherRoot[point] {
      let parent = tree.parent[point]
      childCount[parent] += 1
      if firstChild[parent] < 0 { firstChild[parent] = point }
      if tree.type[point] == SectionType.soma { somaChildCount[parent] += 1 }
      if tree.type[point] == tree.type[parent] { kinCount[parent] += 1 }
    }
    noteTypes()
    switch soma {
    case .neuron: useThreePointSoma()
    case .neuromorpho: useStandardCylinder()
    case .arbor: try checkForArbor()
    }
    cut()
    makeDrafts()
    if soma != .arbor { mendRoot() }
  }

  private mutating func noteTypes() {
    var noted: Set<Int> = [1, 2, 3, 4]
    for point in 0..<tree.count where noted.insert(tree.type[point]).inserted {
      let type = tree.type[point]
      warnings.add(
        .type, line: tree.line[point],
        "type \(type) is none of 1 (soma), 2 (axon), 3 (dendrite), 4 (apical dendrite): its "
          + "sections are named '\(SectionType.name(type))'")
    }
    if !tree.type.contains(SectionType.soma) {
      warnings.add(
        .noSoma, line: nil, "no point is of type 1 (soma): the cell was read without one")
    }
  }

  // MARK: Cutting

  private mutating func cut() {
    for point in 0..<tree.count {
      if cylinder.contains(point) {
        if point == 0 { own.append([0]) }
        sectionOf[point] = 0
      } else if continues(point) {
        let section = sectionOf[tree.parent[point]]
        sectionOf[point] = section
        own[section].append(point)
      } else {
        sectionOf[point] = own.count
        own.append([point])
      }
    }
  }

  /// Whether a point belongs to its parent's section.
  private func continues(_ point: Int) -> Bool {
    let parent = tree.parent[point]
    guard parent >= 0, !tree.isFurtherRoot[point], !cylinder.contains(parent),
      tree.type[point] == tree.type[parent]
    else { return false }
    if isArbor { return childCount[parent] == 1 || (parent == 0 && own[0].count == 1) }
    if tree.type[point] == SectionType.soma {
      return point == parent + 1 && (parent == 0 || somaChildCount[parent] == 1)
    }
    if parent == 0 {
      return kinCount[0] == childCount[0] && own[0].count == 1
    }
    if goesOnAsRoot(parent) {
      return kinCount[parent] == childCount[parent] && point == firstChild[parent]
    }
    return childCount[parent] == 1
  }

  /// Whether a point begins a dendrite at the soma, where NEURON lets it branch and go on.
  private func goesOnAsRoot(_ point: Int) -> Bool {
    let parent = tree.parent[point]
    return !isStandardCylinder && parent >= 0 && point != 1
      && tree.type[parent] == SectionType.soma && tree.type[point] != SectionType.soma
  }

  // MARK: Connecting

  private mutating func makeDrafts() {
    drafts.reserveCapacity(own.count)
    for (section, members) in own.enumerated() {
      let first = members[0]
      var draft = SectionDraft(
        type: tree.type[first], points: [], parent: -1, position: 0, anchor: nil,
        line: tree.line[first])
      if section == 0 {
        draft.points = cylinder.isEmpty ? rootPoints(members) : cylinderPoints
      } else {
        let start = start(of: first, isOnlyPoint: members.count == 1)
        draft.parent = sectionOf[tree.parent[first]]
        draft.position = start.position
        draft.anchor = start.anchor
        draft.points = start.point.map { [$0] } ?? []
        draft.points.append(contentsOf: members.map { tree.points[$0] })
      }
      drafts.append(draft)
    }
  }

  private struct Start {
    var position: Double

    /// The point put before the section's own.
    var point: MorphologyPoint?
    var anchor: SIMD3<Double>?
  }

  private func start(of first: Int, isOnlyPoint: Bool) -> Start {
    let parent = tree.parent[first]
    let point = tree.points[parent]
    let leavesSoma = tree.type[parent] == SectionType.soma && tree.type[first] != SectionType.soma
    let members = own[sectionOf[parent]]
    if isArbor || !leavesSoma {
      let position: Double
      if tree.isFurtherRoot[first] {
        position = tree.type[0] == SectionType.soma ? 0.5 : 1
      } else {
        let isFurtherBranch = goesOnAsRoot(parent) && first != firstChild[parent]
        position = parent == 0 || (isFurtherBranch && !isArbor) ? 0 : 1
      }
      return Start(position: position, point: point, anchor: nil)
    }
    // A dendrite or axon that leaves the soma.
    var copy = point
    copy.diameter = tree.points[first].diameter
    let isRootAlone = members.count == 1 && members[0] == 0
    let position: Double
    var keepsDistance = false
    if !cylinder.isEmpty, cylinder.contains(parent) {
      (position, keepsDistance) = (0.5, true)
    } else if tree.isFurtherRoot[first] || isRootAlone {
      (position, keepsDistance) = (0.5, true)
    } else if somaChildCount[parent] > 1 {
      (position, keepsDistance) = (parent == 0 ? 0 : 1, true)
    } else if parent == 0 {
      position = 0
    } else if parent == members.last {
      position = 1
    } else {
      (position, keepsDistance) = (0.5, true)
    }
    if keepsDistance && !isOnlyPoint {
      return Start(position: position, point: nil, anchor: anchorPoint(parent))
    }
    return Start(position: position, point: copy, anchor: nil)
  }

  /// What a section keeps its distance from: the point of the soma that it hangs on, or the centre
  /// of a cylinder that stands for the soma.
  private func anchorPoint(_ parent: Int) -> SIMD3<Double> {
    guard cylinder.contains(parent) else { return tree.points[parent].position }
    let ends = cylinderPoints
    return 0.5 * (ends[0].position + ends[ends.count - 1].position)
  }

  private func rootPoints(_ members: [Int]) -> [MorphologyPoint] {
    let points = members.map { tree.points[$0] }
    return points.count > 1 ? points : Self.cylinder(around: points[0], along: SIMD3(1, 0, 0))
  }

  /// A cylinder as long as wide.
  private static func cylinder(
    around centre: MorphologyPoint, along axis: SIMD3<Double>
  ) -> [MorphologyPoint] {
    [-0.5, 0, 0.5].map {
      MorphologyPoint(
        position: centre.position + $0 * centre.diameter * axis, diameter: centre.diameter)
    }
  }

  // MARK: The soma

  /// Recognises NeuroMorpho.org's soma of three points, as NEURON does: two points hang on the
  /// first, with exactly its radius, and their distances from it add up to its diameter within 1 %.
  private var isThreePointSoma: Bool {
    guard tree.count >= 3, tree.type.lazy.filter({ $0 == SectionType.soma }).count == 3,
      (0..<3).allSatisfy({ tree.type[$0] == SectionType.soma }),
      tree.parent[1] == 0, tree.parent[2] == 0, !tree.isFurtherRoot[1], !tree.isFurtherRoot[2],
      childCount[1] == 0, childCount[2] == 0
    else { return false }
    let (a, b, c) = (tree.points[0], tree.points[1], tree.points[2])
    let sum = distance(a.position, b.position) + distance(a.position, c.position)
    return a.diameter == b.diameter && a.diameter == c.diameter
      && (sum / a.diameter - 1).magnitude <= 0.01 + 1e-6
  }

  private mutating func useThreePointSoma() {
    guard isThreePointSoma else { return }
    cylinder = [0, 1, 2]
    cylinderPoints = Self.cylinder(around: tree.points[0], along: SIMD3(1, 0, 0))
  }

  private mutating func useStandardCylinder() {
    guard tree.type[0] == SectionType.soma else {
      if tree.type.contains(SectionType.soma) {
        warnings.add(
          .soma, line: tree.line[0],
          "the root is no soma, so that the soma was read as NEURON reads it")
      }
      return
    }
    var members = [0]
    isStandardCylinder = true
    cylinder = [0]
    for point in 1..<max(tree.count, 1)
    where tree.type[point] == SectionType.soma && cylinder.contains(tree.parent[point]) {
      cylinder.insert(point)
      members.append(point)
    }
    if isThreePointSoma {
      cylinderPoints = [1, 0, 2].map { tree.points[$0] }
    } else if members.count == 1 {
      cylinderPoints = Self.cylinder(around: tree.points[0], along: SIMD3(0, 1, 0))
    } else {
      let count = Double(members.count)
      let mean = members.reduce(SIMD3.zero) { $0 + tree.points[$1].position } / count
      let radius = members.reduce(0.0) { $0 + distance(tree.points[$1].position, mean) } / count
      guard radius >= MorphologyValue.smallestDiameter else {
        cylinderPoints = Self.cylinder(around: tree.points[0], along: SIMD3(0, 1, 0))
        return
      }
      cylinderPoints = Self.cylinder(
        around: MorphologyPoint(position: mean, diameter: 2 * radius), along: SIMD3(0, 1, 0))
    }
  }

  private func checkForArbor() throws(MorphologyFileError) {
    if let root = tree.isFurtherRoot.firstIndex(of: true) {
      throw SWCReader.error(
        tree.line[root], "there is a second root",
        "Arbor's reading (soma: arbor) needs a single tree; soma: neuron joins several")
    }
    if kinCount[0] == 0 {
      throw SWCReader.error(
        tree.line[0], "the root has no child of its own type",
        "Arbor's reading (soma: arbor) needs two points at least for the root's section; "
          + "soma: neuron takes one point for a cylinder")
    }
  }

  /// Gives a root without length that of a cylinder.
  private mutating func mendRoot() {
    var rounded = drafts[0]
    rounded.roundToSingle()
    guard !rounded.hasLength else { return }
    let widest = drafts[0].points.max { $0.diameter < $1.diameter } ?? drafts[0].points[0]
    drafts[0].points = Self.cylinder(around: widest, along: SIMD3(1, 0, 0))
    warnings.add(
      .noLength, line: drafts[0].line,
      "all points of the root's section coincide: a cylinder as long as wide was taken")
  }
}
