/// Puts the objects of a Neurolucida file together to a cell.
struct NeurolucidaCell {
  private var drafts: [SectionDraft] = []
  private var warnings: WarningList
  private let objects: NeurolucidaObjects

  /// Centre of each soma, and the place that trees keep their distance from.
  private var somata: [(centre: SIMD3<Double>, anchor: SIMD3<Double>)] = []

  init(_ objects: NeurolucidaObjects) {
    self.objects = objects
    warnings = objects.warnings
  }

  consuming func finish() throws(MorphologyFileError) -> MorphologyFile {
    addSomata()
    let offset = drafts.count
    for var draft in objects.drafts {
      if draft.parent >= 0 { draft.parent += offset }
      drafts.append(draft)
    }
    guard !drafts.isEmpty else {
      throw NeurolucidaReader.error(
        nil, "there is neither a soma nor a tree in the file",
        "a Neurolucida file holds objects of the types (CellBody), (Axon), (Dendrite), (Apical)")
    }
    if offset > 0 { connectToSomata(from: offset) } else { connectTrees() }
    mendRoot()
    return try SectionAssembly(
      format: .neurolucida, drafts: drafts, warnings: warnings
    ).finish()
  }

  // MARK: Somata

  /// A section for each soma: outlines that follow each other in the file and overlap seen from
  /// above are slices of one.
  private mutating func addSomata() {
    var stacks: [[SomaContour]] = []
    for contour in objects.contours {
      guard let soma = SomaContour(contour.points, line: contour.line) else {
        warnings.add(
          .soma, line: contour.line,
          "a contour of the soma has fewer than three places: it was skipped")
        continue
      }
      if let last = stacks.last?.last, last.overlaps(soma) {
        stacks[stacks.count - 1].append(soma)
      } else {
        stacks.append([soma])
      }
    }
    for stack in stacks { addSoma(stack) }
    if drafts.count > 1 {
      warnings.add(
        .severalRoots, line: drafts[1].line,
        "there are \(drafts.count) somata apart from each other: the others were connected to the "
          + "first, without resistance")
    }
    if drafts.isEmpty {
      warnings.add(.noSoma, line: nil, "the file has no contour of a soma: it was read without one")
    }
  }

  private mutating func addSoma(_ stack: [SomaContour]) {
    let centre = stack.reduce(SIMD3.zero) { $0 + $1.centre } / Double(stack.count)
    var points: [MorphologyPoint]
    var anchor = centre
    if stack.count > 1 {
      points = stack.map(\.disc)
      if points.hasLength {
        anchor = points.midpoint
      } else {
        points = [points[0]].asCylinder
      }
    } else if let cable = stack[0].cable {
      points = cable
    } else {
      points = [stack[0].disc].asCylinder
      warnings.add(
        .soma, line: stack[0].line,
        "the contour of the soma has no width: a cylinder as long as wide was taken")
    }
    // Further somata hang on the first and stay where they are.
    let start = drafts.first?.points
    drafts.append(
      SectionDraft(
        type: SectionType.soma, points: points, parent: start == nil ? -1 : 0, position: 0.5,
        anchor: start?.chordMidpoint, line: stack[0].line))
    somata.append((centre, anchor))
  }

  // MARK: Trees

  private mutating func connectToSomata(from first: Int) {
    for index in first..<drafts.count where drafts[index].parent < 0 {
      guard let start = drafts[index].points.first?.position else { continue }
      let nearest = somata.indices.min {
        distance(somata[$0].centre, start) < distance(somata[$1].centre, start)
      }
      guard let soma = nearest else { continue }
      drafts[index].parent = soma
      drafts[index].position = 0.5
      drafts[index].anchor = somata[soma].anchor
    }
  }

  /// Without a soma, the first tree that has a length begins the cell.
  private mutating func connectTrees() {
    let roots = drafts.indices.filter { drafts[$0].parent < 0 }
    let root = roots.first { drafts[$0].hasLength } ?? roots[0]
    for index in roots where index != root {
      drafts[index].parent = root
      drafts[index].position = 0
      drafts[index].anchor = drafts[root].points.first?.position
      warnings.add(
        .severalRoots, line: drafts[index].line,
        "a further tree without a soma: it was connected to the start of the first, without "
          + "resistance")
    }
  }

  private mutating func mendRoot() {
    guard let root = drafts.firstIndex(where: { $0.parent < 0 }) else { return }
    var rounded = drafts[root]
    rounded.roundToSingle()
    guard !rounded.hasLength else { return }
    warnings.add(
      .noLength, line: drafts[root].line,
      "the section that the cell begins with has no length: a cylinder as long as wide was taken")
    drafts[root].points = drafts[root].points.asCylinder
  }
}

extension [MorphologyPoint] {
  /// A cylinder along x around the first point, as long as wide.
  var asCylinder: [MorphologyPoint] {
    guard let centre = first else { return [] }
    let half = SIMD3(0.5 * centre.diameter, 0, 0)
    return [-1, 0, 1].map {
      MorphologyPoint(position: centre.position + $0 * half, diameter: centre.diameter)
    }
  }

  /// The middle of the straight line between the ends.
  var chordMidpoint: SIMD3<Double>? {
    guard let first, let last else { return nil }
    return 0.5 * (first.position + last.position)
  }

  /// The place half way along the points.
  var midpoint: SIMD3<Double> {
    var rest =
      0.5
      * (1..<Swift.max(count, 1)).reduce(0.0) {
        $0 + self[$1].distance(to: self[$1 - 1])
      }
    for k in 1..<Swift.max(count, 1) {
      let step = self[k].distance(to: self[k - 1])
      if step >= rest {
        let t = step > 0 ? rest / step : 0
        return self[k - 1].position + t * (self[k].position - self[k - 1].position)
      }
      rest -= step
    }
    return self[count - 1].position
  }
}
