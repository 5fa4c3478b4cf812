/// What becomes of a cell's axon on import.
public enum AxonImport: String, Sendable, CaseIterable {
  case keep

  /// Left out, with all that hangs on it.
  case drop

  /// Replaced by two cylinders of 30 um, one behind the other, as in the model of Hay et al. 2011
  /// (PLoS Comput. Biol. 7: e1002107), whose axons were cut at slicing.
  ///
  /// They begin where the axon began and go straight towards the place that it reached after
  /// 60 um, as wide as it was on average over its first and second 30 um. Where there was no axon,
  /// they leave the soma's middle downwards (towards -z) with a diameter of 1 um. The new sections
  /// `axon[0]` and `axon[1]` are the last ones of the cell.
  case stub
}

/// What is changed in a morphology when it is read, in the order of the properties.
public struct ImportOptions: Sendable, Equatable {
  public var axon: AxonImport

  /// Factor of all coordinates and diameters, um per unit of the file.
  public var scale: Double

  /// Whether a cell drawn with y upwards is turned so that its y axis becomes z.
  public var swapsYAndZ: Bool

  /// Whether the cell is turned about its soma so that the direction in which its cables spread
  /// most is z, its apical dendrites (without them: most of its cables) above the soma.
  public var turnsUpright: Bool

  /// Whether the cell is moved so that its soma's middle is at the origin.
  public var centresSoma: Bool

  public init(
    axon: AxonImport = .keep, scale: Double = 1, swapsYAndZ: Bool = false,
    turnsUpright: Bool = false, centresSoma: Bool = false
  ) {
    self.axon = axon
    self.scale = scale
    self.swapsYAndZ = swapsYAndZ
    self.turnsUpright = turnsUpright
    self.centresSoma = centresSoma
  }

  /// - Throws: `MorphologyFileError` when the scale is not positive, or nothing would be left.
  public func apply(to file: MorphologyFile) throws(MorphologyFileError) -> MorphologyFile {
    guard self != ImportOptions() else { return file }
    guard scale > 0, scale.isFinite else {
      throw MorphologyFileError(
        format: file.format, line: nil, problem: "the scale is \(scale)",
        remedy: "it must be a positive number, um per unit of the file")
    }
    var sections = file.morphology.sections
    sections.transform { point in
      point.position *= scale
      point.diameter *= scale
      if swapsYAndZ {
        point.position = SIMD3(point.position.x, -point.position.z, point.position.y)
      }
    }
    var settings = file.settings
    if axon != .keep {
      try AxonReplacement(sections, format: file.format).apply(axon, to: &sections, &settings)
    }
    if turnsUpright { sections.turnUpright() }
    if centresSoma {
      let soma = sections.somaMiddle
      sections.transform { $0.position -= soma }
    }
    var result = file
    result.settings = settings
    do {
      result.morphology = try NeuronMorphology(sections: sections)
    } catch {
      throw MorphologyFileError(
        format: file.format, line: nil, problem: "after the changes on import, \(error)",
        remedy: "take another scale, or keep the axon")
    }
    return result
  }
}

extension [Section] {
  fileprivate mutating func transform(_ change: (inout MorphologyPoint) -> Void) {
    for index in indices {
      for k in self[index].points.indices { change(&self[index].points[k]) }
    }
  }

  /// The mean of the places half way along the soma's sections; without a soma, along the root.
  var somaMiddle: SIMD3<Double> {
    var somata = filter { $0.type == "soma" }
    if somata.isEmpty { somata = filter { $0.parent == nil } }
    guard !somata.isEmpty else { return .zero }
    return somata.reduce(SIMD3.zero) { $0 + $1.points.midpoint } / Double(somata.count)
  }

  fileprivate mutating func turnUpright() {
    // Each piece of cable counts by its length; the square root enters the second moments squared.
    let soma = somaMiddle
    var centre = SIMD3<Double>.zero
    var total = 0.0
    forEachPiece { _, middle, length in
      centre += length * middle
      total += length
    }
    guard total > 0 else { return }
    centre /= total
    var offsets: [SIMD3<Double>] = []
    var above = (apical: SIMD3<Double>.zero, all: SIMD3<Double>.zero)
    var hasApical = false
    forEachPiece { type, middle, length in
      offsets.append(length.squareRoot() * (middle - centre))
      above.all += length * (middle - soma)
      if type == "apic" {
        above.apical += length * (middle - soma)
        hasApical = true
      }
    }
    var axis = PrincipalAxes(offsets).first
    if (axis * (hasApical ? above.apical : above.all)).sum() < 0 { axis = -axis }
    transform { $0.position = soma + ($0.position - soma).turned(axis, to: SIMD3(0, 0, 1)) }
  }

  private func forEachPiece(_ body: (String, SIMD3<Double>, Double) -> Void) {
    for section in self {
      let type = section.type
      for k in 1..<Swift.max(section.points.count, 1) {
        let (a, b) = (section.points[k - 1], section.points[k])
        body(type, 0.5 * (a.position + b.position), a.distance(to: b))
      }
    }
  }
}

extension SIMD3<Double> {
  /// The vector after the smallest rotation that takes one direction to another (both of length 1).
  fileprivate func turned(_ from: SIMD3<Double>, to: SIMD3<Double>) -> SIMD3<Double> {
    let cosine = (from * to).sum()
    if cosine < -1 + 1e-12 { return SIMD3(x, -y, -z) }  // upside down: half a turn about x
    // A rotation is two reflections: at the plane across the first direction, then at the plane
    // across the sum of both.
    let half = from + to
    let mirrored = self - 2 * (self * from).sum() * from
    return mirrored - 2 * (mirrored * half).sum() / (half * half).sum() * half
  }
}
