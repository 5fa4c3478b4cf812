import LFPKernels
import Pictures

/// Pictures of morphologies: seen from the front (x, z) and from the side (y, z).
enum MorphologyFigure {
  static func figure(of morphology: NeuronMorphology, title: String) throws -> Figure {
    let panels = try [("x", 0), ("y", 1)].map { name, axis in
      Panel(
        LinePlot(
          series: try series(morphology, axis: axis), xAxis: Axis(name, unit: "um"),
          yAxis: Axis("z", unit: "um"), equalAspect: true))
    }
    return Figure(
      title: title, rows: [Figure.Row(panels: panels, panelHeight: 360)], panelWidth: 240)
  }

  /// One series for each type of section and class of width, its cables interrupted by NaN.
  private static func series(
    _ morphology: NeuronMorphology, axis: Int
  ) throws -> [LineSeries] {
    var types: [String] = []
    for section in morphology.sections where !types.contains(section.type) {
      types.append(section.type)
    }
    var result: [LineSeries] = []
    for (index, type) in types.enumerated() {
      var byWidth: [Int: (x: [Double], y: [Double])] = [:]
      for section in morphology.sections where section.type == type {
        for (a, b) in zip(section.points, section.points.dropFirst()) {
          let width = widthClass(0.5 * (a.diameter + b.diameter))
          byWidth[width, default: ([], [])].x += [a.position[axis], b.position[axis], .nan]
          byWidth[width, default: ([], [])].y += [a.position.z, b.position.z, .nan]
        }
      }
      let color = Color.series[index % Color.series.count]
      for (k, width) in byWidth.keys.sorted().enumerated() {
        guard let line = byWidth[width] else { continue }
        // Only the first has a name, so that the legend lists each type once.
        result.append(
          try LineSeries(
            name: k == 0 ? type : "", x: line.x, y: line.y, color: color,
            width: 0.5 * Double(width)))
      }
    }
    return result
  }

  /// Widths in half points, about 1 point per 2 um, at least one half and at most eight points.
  private static func widthClass(_ diameter: Double) -> Int {
    min(max(Int(diameter.rounded()), 1), 16)
  }
}
