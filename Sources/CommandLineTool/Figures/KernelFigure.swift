import KernelFiles
import LFPKernels
import Pictures

/// The picture of a file of kernels: a row of panels for each probe, one for each pathway.
///
/// Outputs along a line are an image over depth and lag. Others are lines; where they have places, a
/// second row maps them at the lag of the largest magnitude.
enum KernelFigure {
  /// Panels side by side before a new line begins.
  private static let columns = 4

  static func figure(of contents: KernelFileContents) throws(PictureError) -> Figure {
    var rows: [Figure.Row] = []
    for probe in contents.probes {
      let kernels = contents.kernels.filter { $0.probe == probe.name }.map(DrawnKernel.init)
      let heading = "\(probe.name) (\(probe.kind))"
      for start in stride(from: 0, to: kernels.count, by: columns) {
        let part = kernels[start..<min(start + columns, kernels.count)]
        rows += try self.rows(of: part, probe, heading: start == 0 ? heading : nil)
      }
    }
    return Figure(rows: rows)
  }

  private static func rows(
    of kernels: ArraySlice<DrawnKernel>, _ probe: KernelFileContents.Probe, heading: String?
  ) throws(PictureError) -> [Figure.Row] {
    let outputs = kernels.first?.rows ?? 0
    var (panels, maps): ([Panel], [Panel]) = ([], [])
    for kernel in kernels {
      switch OutputLayout(probe, outputs: outputs) {
      case .line(let depths, let axis):
        panels.append(try image(kernel, probe, depths: depths, axis: axis))
      case .components: panels.append(try lines(kernel, probe, marks: false))
      case .head, .plane, .space:
        panels.append(try lines(kernel, probe, marks: true))
        maps.append(try KernelMap(kernel, probe).panel())
      }
    }
    return [Figure.Row(heading: heading, panels: panels)]
      + (maps.isEmpty ? [] : [Figure.Row(panels: maps)])
  }

  private static func image(
    _ kernel: DrawnKernel, _ probe: KernelFileContents.Probe, depths: [Double], axis: Axis
  ) throws(PictureError) -> Panel {
    Panel(
      title: kernel.title,
      try DepthImage(
        depths: depths, values: kernel.values, positions: kernel.positions, unit: probe.unit,
        depthAxis: axis))
  }

  /// All outputs over lag: with a legend while they are few.
  ///
  /// - Parameter marks: whether the lag of the largest magnitude is marked.
  private static func lines(
    _ kernel: DrawnKernel, _ probe: KernelFileContents.Probe, marks: Bool
  ) throws(PictureError) -> Panel {
    let names = (0..<kernel.rows).map { row in
      probe.outputNames.indices.contains(row) ? probe.outputNames[row] : "\(row + 1)"
    }
    var plot = try LinePlot.components(
      names: names, values: kernel.values, positions: kernel.positions,
      yAxis: Axis(quantity(probe), unit: probe.unit))
    if kernel.rows > Color.series.count { plot.drawsAlike() }
    if marks, let peak = kernel.peak {
      let range = kernel.range
      plot.series.insert(
        try LineSeries(
          name: "", x: [peak.lag, peak.lag], y: [range.lowerBound, range.upperBound],
          color: Color(gray: 0.6), width: 0.6), at: 0)
    }
    return Panel(title: kernel.title, plot)
  }

  /// What lines over lag show, by their unit.
  static func quantity(_ probe: KernelFileContents.Probe) -> String {
    switch probe.unit {
    case "nA um": "Dipole moment"
    case "mV", "uV": "Potential"
    case "nA/um3": "CSD"
    case "nA/um": "Field H"
    case "T", "fT": "Field B"
    default: probe.name
    }
  }
}

extension LinePlot {
  /// Makes lines that are too many for a legend thin, grey and nameless.
  mutating func drawsAlike() {
    listsZeroSeries = false
    for index in series.indices {
      series[index].name = ""
      series[index].color = Color(gray: 0.35)
      series[index].width = 0.5
    }
  }
}
