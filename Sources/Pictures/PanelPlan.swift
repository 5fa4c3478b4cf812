/// A panel with its axes and keys decided, before it has a place on the page.
struct PanelPlan {
  enum Key {
    case colorBar(ColorBarPlan)
    case legend(LegendPlan)
  }

  let panel: Panel
  let x: AxisPlan
  let y: AxisPlan
  let key: Key

  /// Whether there is anything finite to draw.
  let hasData: Bool

  /// - Parameters:
  ///   - width: of the axes, in points.
  ///   - height: of the axes, in points.
  init(_ panel: Panel, width: Double, height: Double, canvas: Canvas) {
    self.panel = panel
    let ranges: (x: ClosedRange<Double>?, y: ClosedRange<Double>?)
    let axes: (x: Axis, y: Axis)
    var isBare = false
    switch panel.content {
    case .depthImage(let image):
      axes = (image.sampleAxis, image.depthAxis)
      ranges = (image.sampleRange, DepthBands(image.depths).range)
      let isShown = image.depths.indices.filter { image.depths[$0].isFinite }
      hasData = isShown.contains { image.row($0).contains(where: \.isFinite) }
      key = .colorBar(ColorBarPlan(image, length: height, canvas: canvas))
    case .map(let map):
      axes = map.axes.map { ($0.x, $0.y) } ?? (Axis(""), Axis(""))
      isBare = map.axes == nil
      let found = map.ranges(aspect: width / height)
      ranges = found.map { ($0.x, $0.y) } ?? (nil, nil)
      hasData = map.drawn.contains { map.values[$0].isFinite }
      key = .colorBar(
        ColorBarPlan(map.values, limit: map.limit, unit: map.unit, length: height, canvas: canvas))
    case .lines(let plot):
      axes = (plot.xAxis, plot.yAxis)
      let found = plot.ranges()
      hasData = found != nil
      ranges =
        found.map { plot.shown(x: $0.x, y: $0.y, aspect: width / height) } ?? (nil, nil)
      key =
        plot.colorBar.map { bar in
          .colorBar(ColorBarPlan(bar.axis, range: bar.range, length: height, canvas: canvas))
        } ?? .legend(LegendPlan(plot))
    case .grid(let image):
      axes = (image.xAxis, image.yAxis)
      ranges = (image.xEdges.range, image.yEdges.range)
      hasData = image.values.contains(where: \.isFinite)
      key = .colorBar(ColorBarPlan(image, length: height, canvas: canvas))
    }
    x = AxisPlan(
      axes.x, data: ranges.x, direction: .horizontal, length: width, isBare: isBare,
      canvas: canvas)
    y = AxisPlan(
      axes.y, data: ranges.y, direction: .vertical, length: height, isBare: isBare,
      canvas: canvas)
  }

  /// The height of the axes that suits the kind of panel.
  static func naturalHeight(_ panel: Panel) -> Double {
    switch panel.content {
    case .depthImage: Style.depthImageHeight
    case .lines: Style.linesHeight
    case .map, .grid: Style.mapHeight
    }
  }
}

extension DepthImage {
  /// From the first to the last sample; half a step to both sides of a single one.
  var sampleRange: ClosedRange<Double>? {
    switch sampleCount {
    case 0: nil
    case 1: positions.first - positions.step / 2...positions.first + positions.step / 2
    default: positions.first...positions.position(sampleCount - 1)
    }
  }
}

extension LinePlot {
  /// The ranges of the points that can be drawn; nil when there is none.
  func ranges() -> (x: ClosedRange<Double>, y: ClosedRange<Double>)? {
    var (xs, ys) = ([Double](), [Double]())
    for line in series {
      for (x, y) in zip(line.x, line.y) where xAxis.draws(x) && yAxis.draws(y) {
        xs.append(x)
        ys.append(y)
      }
    }
    guard let x = DrawableRange.covering(xs), let y = DrawableRange.covering(ys) else {
      return nil
    }
    return (x, y)
  }

  /// The ranges that the axes show: a margin along y, and along x for drawings to scale.
  func shown(x: ClosedRange<Double>, y: ClosedRange<Double>, aspect: Double)
    -> (x: ClosedRange<Double>?, y: ClosedRange<Double>?)
  {
    guard yAxis.scale == .linear else { return (x, y) }
    let y = DrawableRange.padded(DrawableRange.widened(y), by: 0.06)
    guard equalAspect, xAxis.scale == .linear else { return (x, y) }
    let x = DrawableRange.padded(DrawableRange.widened(x), by: 0.06)
    return DrawableRange.equallyScaled(x: x, y: y, aspect: aspect)
  }
}

extension Axis {
  /// Whether a value has a place on this axis.
  fileprivate func draws(_ value: Double) -> Bool {
    value.isFinite && (scale == .linear || value > 0)
  }
}
