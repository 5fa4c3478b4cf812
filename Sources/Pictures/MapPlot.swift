/// Values at places in a plane as coloured discs: contacts of an array, or electrodes on a head seen
/// from above.
///
/// One unit is as long along x as along y. Colours are symmetric about zero: white is zero, red
/// positive, blue negative.
public struct MapPlot: Equatable, Sendable {
  /// A circle about the origin of the map, under its discs.
  public struct Ring: Equatable, Sendable {
    /// In the unit of the axes.
    public var radius: Double

    /// What is written at it, such as "90°"; empty for nothing.
    public var label: String

    public init(radius: Double, label: String = "") {
      self.radius = radius
      self.label = label
    }
  }

  /// Positions of the places, in the units of the axes; a place of which one is not finite is left
  /// out.
  public let x: [Double]
  public let y: [Double]

  /// One for each place; a value that is not finite is missing, and drawn grey.
  public let values: [Double]

  /// The unit of `values`, such as "mV".
  public var unit: String

  /// The value at both ends of the colour scale; nil for the largest magnitude in the panel.
  public let limit: Double?

  /// Circles about the origin; the last is drawn darker, as the outline.
  public var rings: [Ring]

  /// What x and y are; nil for a map without axes.
  public var axes: Axes?

  public struct Axes: Equatable, Sendable {
    public var x: Axis
    public var y: Axis

    public init(x: Axis, y: Axis) {
      self.x = x
      self.y = y
    }
  }

  /// - Throws: `PictureError.shape` when there are not as many of x, y and values,
  ///   `PictureError.notPositive` when the limit is not positive and finite.
  public init(
    x: [Double], y: [Double], values: [Double], unit: String, limit: Double? = nil,
    rings: [Ring] = [], axes: Axes? = nil
  ) throws(PictureError) {
    for (what, count) in [("y positions of a map", y.count), ("values of a map", values.count)]
    where count != x.count {
      throw .shape(what: what, expected: x.count, found: count)
    }
    if let limit, !(limit > 0 && limit.isFinite) {
      throw .notPositive(what: "the limit of the colour scale", value: limit)
    }
    self.x = x
    self.y = y
    self.values = values
    self.unit = unit
    self.limit = limit
    self.rings = rings
    self.axes = axes
  }

  /// The places that can be drawn.
  var drawn: [Int] { x.indices.filter { x[$0].isFinite && y[$0].isFinite } }

  /// The ranges of places and rings, with room for discs; nil when there is no place.
  func ranges(aspect: Double) -> (x: ClosedRange<Double>, y: ClosedRange<Double>)? {
    let places = drawn
    let reach = rings.map(\.radius).filter(\.isFinite).max().map { [-$0, $0] } ?? []
    guard !places.isEmpty, let x = DrawableRange.covering(places.map { x[$0] } + reach),
      let y = DrawableRange.covering(places.map { y[$0] } + reach)
    else { return nil }
    let margin = rings.isEmpty ? 0.1 : 0.06
    let longest = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    let room = longest > DrawableRange.smallest ? margin * longest : 1
    return DrawableRange.equallyScaled(
      x: DrawableRange.widened(x.lowerBound - room...x.upperBound + room),
      y: DrawableRange.widened(y.lowerBound - room...y.upperBound + room), aspect: aspect)
  }

  /// How far places are from their nearest neighbour, where they are closer than nine tenths of them;
  /// nil for fewer than two places.
  var spacing: Double? {
    let places = drawn
    guard places.count > 1 else { return nil }
    // Of very many places some tell enough.
    let every = max(1, places.count * places.count / 4_000_000)
    var nearest: [Double] = []
    for i in stride(from: 0, to: places.count, by: every) {
      var least = Double.infinity
      for k in places where k != places[i] {
        let (dx, dy) = (x[k] - x[places[i]], y[k] - y[places[i]])
        let squared = dx * dx + dy * dy
        if squared > 0 { least = min(least, squared) }
      }
      if least.isFinite { nearest.append(least.squareRoot()) }
    }
    return nearest.isEmpty ? nil : nearest.sorted()[nearest.count / 10]
  }
}
