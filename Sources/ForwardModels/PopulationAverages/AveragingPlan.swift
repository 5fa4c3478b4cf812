internal import CellMorphology

/// Potentials of points and lines as a weighted sum of means of 1 / distance.
struct AveragingPlan {
  /// The compartments, in the model's coordinates.
  var sources: [AveragedSource]

  /// Their radii, um.
  var radii: [Double]

  /// Potential, mV per nA, over mean of 1 / distance, 1/um.
  var factor: Double

  /// Heights times this make the medium isotropic.
  var heightScale = 1.0

  /// Distances along y times this do, too.
  var widthScale = 1.0

  var clamp = ClampRule.axis

  /// What a contact sees: itself and, in a slice, its images.
  var parts = [Part(mirror: nil, images: [(0, 1)])]

  /// Images at fixed shifts in height from a contact, or from its mirror image.
  struct Part {
    /// Height of the mirror.
    var mirror: Double?
    var images: [(shift: Double, weight: Double)]
  }

  /// Along the axes.
  var scale: SIMD3<Double> { SIMD3(1, widthScale, heightScale) }

  /// The compartments with the given indices, as lines or points.
  init(_ compartments: Compartments, _ indices: [Int], points: Set<Int>, factor: Double) {
    sources = indices.map { i in
      points.contains(i)
        ? AveragedSource(start: compartments.midpoint(i), step: SIMD3(0, 0, 0))
        : AveragedSource(
          start: compartments.start(i), step: compartments.end(i) - compartments.start(i))
    }
    radii = indices.map { 0.5 * compartments.diameter[$0] }
    self.factor = factor
  }

  /// In a homogeneous medium.
  init(_ compartments: Compartments, points: Set<Int>, conductivity: Conductivity) {
    self.init(
      compartments, Array(0..<compartments.count), points: points,
      factor: 1 / (4 * .pi * (conductivity.y * conductivity.z).squareRoot()))
    if !conductivity.isIsotropic {
      heightScale = (conductivity.x / conductivity.z).squareRoot()
      widthScale = (conductivity.x / conductivity.y).squareRoot()
      clamp = .stretched(scale)
    }
  }

  /// In a slice.
  init(
    _ compartments: Compartments, _ indices: [Int], points: Set<Int>, slice: TissueSlice
  ) {
    self.init(
      compartments, indices, points: points, factor: 1 / (4 * .pi * slice.tissue))
    let (s, g, h) = (slice.weightAbove, slice.weightBelow, slice.thickness)
    // As in `ImageSeries`: without the last image in the upper face.
    let inPairs = points.isEmpty
    let orders = s * g == 0 ? 0 : slice.steps - 1
    typealias Image = (shift: Double, weight: Double)
    var direct: [Image] = [(0, 1)]
    var mirrored: [Image] = [(2 * h, s), (0, g)]
    var weight = 1.0
    for order in 0..<orders {
      weight *= s * g
      let shift = 2 * h * Double(order + 1)
      direct += [(shift, weight), (-shift, weight)]
      let isLast = order == orders - 1
      mirrored.append((shift + 2 * h, isLast && inPairs ? 0 : weight * s))
      mirrored.append((-shift, weight * g))
    }
    parts = [
      Part(mirror: nil, images: direct),
      Part(mirror: slice.bottom, images: mirrored.filter { $0.weight != 0 }),
    ].filter { !$0.images.isEmpty }
    let (bottom, top) = (slice.bottom, slice.top)
    clamp = .slice { contact in
      [(0, 1), (2 * (top - contact.z), s), (2 * (bottom - contact.z), g)]
    }
  }
}
