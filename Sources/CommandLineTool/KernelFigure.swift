import KernelFiles
import LFPKernels
import Pictures

/// The picture of a file of kernels: a row of panels for each probe, one for each pathway.
///
/// Outputs at different depths are an image over depth and lag, others are lines.
enum KernelFigure {
  /// Panels side by side before a new line begins.
  private static let columns = 4

  static func figure(of contents: KernelFileContents) throws(PictureError) -> Figure {
    var rows: [Figure.Row] = []
    for probe in contents.probes {
      var panels: [Panel] = []
      for kernel in contents.kernels where kernel.probe == probe.name {
        panels.append(try panel(kernel, probe))
      }
      rows += Figure.rows(heading: "\(probe.name) (\(probe.kind))", of: panels, columns: columns)
    }
    return Figure(rows: rows)
  }

  private static func panel(
    _ kernel: KernelFileContents.Kernel, _ probe: KernelFileContents.Probe
  ) throws(PictureError) -> Panel {
    let title = "\(kernel.presynaptic) → \(kernel.postsynaptic)"
    let (values, positions) = causalPart(kernel)
    let depths = probe.positions.map(\.z)
    if depths.count > 1, Set(depths).count == depths.count, depths.count == kernel.values.rows {
      return Panel(
        title: title,
        try DepthImage(depths: depths, values: values, positions: positions, unit: probe.unit))
    }
    let names = (0..<kernel.values.rows).map { name(ofOutput: $0, probe) }
    return Panel(
      title: title,
      try LinePlot.components(
        names: names, values: values, positions: positions,
        yAxis: Axis(quantity(probe), unit: probe.unit)))
  }

  private static func name(ofOutput index: Int, _ probe: KernelFileContents.Probe) -> String {
    if probe.outputNames.indices.contains(index) { return probe.outputNames[index] }
    return "\(index + 1)"
  }

  /// What lines over lag show, by their unit.
  private static func quantity(_ probe: KernelFileContents.Probe) -> String {
    switch probe.unit {
    case "nA um": "Dipole moment"
    case "mV": "Potential"
    default: probe.name
    }
  }

  /// The values from lag 0 on, row by row: before it kernels are zero.
  private static func causalPart(
    _ kernel: KernelFileContents.Kernel
  ) -> (values: [Double], positions: SamplePositions) {
    let columns = kernel.values.columns
    let steps = (-kernel.firstLag / kernel.dt).rounded()
    let skipped = steps > 0 && steps < Double(columns) ? Int(steps) : 0
    var values: [Double] = []
    values.reserveCapacity(kernel.values.rows * (columns - skipped))
    kernel.values.withUnsafeEntries { entries in
      for row in 0..<kernel.values.rows {
        values += entries[row * columns + skipped..<(row + 1) * columns]
      }
    }
    let first = kernel.firstLag + Double(skipped) * kernel.dt
    return (values, SamplePositions(first: first, step: kernel.dt))
  }
}
