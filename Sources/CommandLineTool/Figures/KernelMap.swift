import Foundation
import KernelFiles
import Pictures

/// A kernel at the lag of its largest magnitude, over the places of a probe's outputs.
struct KernelMap {
  let kernel: DrawnKernel
  let probe: KernelFileContents.Probe

  init(_ kernel: DrawnKernel, _ probe: KernelFileContents.Probe) {
    self.kernel = kernel
    self.probe = probe
  }

  func panel() throws(PictureError) -> Panel {
    guard let peak = kernel.peak else {
      return Panel(title: kernel.title, try MapPlot(x: [], y: [], values: [], unit: probe.unit))
    }
    let values = kernel.values(at: peak.column)
    var rows = rowsLikePeak(peak.row)
    let lag = String(format: "%.3g ms", peak.lag)
    let title = "\(kernel.title), \(component(of: peak.row))\(lag)"
    switch OutputLayout(probe, outputs: kernel.rows) {
    case .plane(let a, let b):
      return Panel(title: title, try plane(rows, values, a, b))
    case .space(let a, let b):
      // The layer that holds the largest magnitude.
      let across = 3 - a.rawValue - b.rawValue
      let layer = probe.positions[peak.row][across]
      rows = rows.filter { probe.positions[$0][across] == layer }
      let height = "\(OutputLayout.MapAxis(rawValue: across) ?? .y) = \(Int(layer.rounded())) µm"
      return Panel(title: "\(title), \(height)", try plane(rows, values, a, b))
    default:
      return Panel(title: title, try head(rows, values))
    }
  }

  /// One output for each place: where outputs share places, as the components of a field do, those
  /// of the component that has the largest magnitude.
  private func rowsLikePeak(_ peak: Int) -> [Int] {
    var ordinals: [SIMD3<Double>: Int] = [:]
    let component = probe.positions.map { place in
      let ordinal = ordinals[place, default: 0]
      ordinals[place] = ordinal + 1
      return ordinal
    }
    return component.indices.filter { component[$0] == component[peak] }
  }

  /// `x, ` where outputs share places and their names end in a component.
  private func component(of row: Int) -> String {
    guard Set(probe.positions).count < kernel.rows, probe.outputNames.indices.contains(row),
      let word = probe.outputNames[row].split(separator: " ").last, word.count == 1
    else { return "" }
    return "\(word), "
  }

  private func plane(
    _ rows: [Int], _ values: [Double], _ a: OutputLayout.MapAxis, _ b: OutputLayout.MapAxis
  ) throws(PictureError) -> MapPlot {
    try MapPlot(
      x: rows.map { probe.positions[$0][a.rawValue] },
      y: rows.map { probe.positions[$0][b.rawValue] }, values: rows.map { values[$0] },
      unit: probe.unit, axes: MapPlot.Axes(x: a.axis, y: b.axis))
  }

  /// The head from above: distance from the middle is the angle from the z axis, in degrees.
  private func head(_ rows: [Int], _ values: [Double]) throws(PictureError) -> MapPlot {
    let places = rows.map { Self.azimuthal(probe.positions[$0]) }
    let farthest = places.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
    let step: Double = farthest <= 16 ? 5 : farthest <= 46 ? 15 : 30
    let count = max(1, Int((farthest / step - 1e-9).rounded(.up)))
    let rings = (1...count).map { index in
      let angle = step * Double(index)
      return MapPlot.Ring(radius: angle, label: index == count ? "\(Int(angle))°" : "")
    }
    return try MapPlot(
      x: places.map(\.x), y: places.map(\.y), values: rows.map { values[$0] }, unit: probe.unit,
      rings: rings)
  }

  /// The azimuthal equidistant projection about the z axis, degrees.
  private static func azimuthal(_ place: SIMD3<Double>) -> SIMD2<Double> {
    let across = (place.x * place.x + place.y * place.y).squareRoot()
    guard across > 0 else { return SIMD2(0, place.z >= 0 ? 0 : 180) }
    let angle = atan2(across, place.z) * 180 / .pi
    return SIMD2(angle * place.x / across, angle * place.y / across)
  }
}
