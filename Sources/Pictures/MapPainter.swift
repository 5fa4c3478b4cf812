import Foundation

/// Draws the rings and discs of a map within its axes.
struct MapPainter {
  let canvas: Canvas
  let map: MapPlot
  let bar: ColorBarPlan
  let cell: FigureLayout.Cell

  func paint() {
    canvas.clipped(to: cell.axes) {
      rings()
      discs()
    }
  }

  private func point(_ x: Double, _ y: Double) -> Point? {
    guard let across = cell.plan.x.fraction(x), let up = cell.plan.y.fraction(y) else { return nil }
    return Point(
      x: cell.axes.x + across * cell.axes.width, y: cell.axes.maxY - up * cell.axes.height)
  }

  /// Points per unit of the data along x, and so along y.
  private var scale: Double {
    let axis = cell.plan.x
    let length = axis.range.upperBound - axis.range.lowerBound
    return cell.axes.width / (length * pow(10, Double(axis.unit.exponent)))
  }

  private var discRadius: Double {
    min(max(0.48 * (map.spacing ?? .infinity) * scale, Style.leastDisc), Style.largestDisc)
  }

  private func rings() {
    guard let center = point(0, 0) else { return }
    for (index, ring) in map.rings.enumerated() where ring.radius.isFinite && ring.radius > 0 {
      let isOutline = index == map.rings.count - 1
      let radius = ring.radius * scale
      canvas.circle(
        center, radius: radius, isOutline ? Style.faint : Style.zeroLine, width: Style.axisLine)
      let diagonal = 0.5.squareRoot() * radius
      // Beyond the discs that may lie on the ring.
      canvas.text(
        ring.label,
        at: Point(
          x: center.x + diagonal + 0.8 * discRadius, y: center.y + diagonal + discRadius + 4),
        Style.ringLabel, Style.faint)
    }
  }

  private func discs() {
    let radius = discRadius
    for index in map.drawn {
      guard let place = point(map.x[index], map.y[index]) else { continue }
      let value = map.values[index]
      let color =
        value.isFinite
        ? DivergingColorMap.standard.color(value / bar.limit) : DivergingColorMap.missing
      canvas.disc(place, radius: radius, color)
      canvas.circle(place, radius: radius, Style.discLine, width: 0.4)
    }
  }
}
