import KernelFiles
import LFPKernels
import Pictures

/// The picture of a file of signals, for each probe: an image over depth and time and traces at their
/// depths where outputs lie along a line, else lines over time; then power spectra.
enum SignalFigure {
  static func figure(of file: SignalFile) throws -> Figure {
    var rows: [Figure.Row] = []
    for (index, signal) in file.header.signals.enumerated()
    where signal.name == SignalFileHeader.total {
      guard let probe = file.header.probe(signal.probe) else { continue }
      let drawn = try DrawnSignal(file, index)
      rows += try self.rows(of: drawn, probe)
      if let spectrum = try SignalSpectrum.plot(file, index, probe) {
        rows.append(
          Figure.Row(panels: [
            Panel(title: "Power spectrum (Welch's method, Hann windows)", spectrum)
          ]))
      }
    }
    return Figure(rows: rows, panelWidth: 300)
  }

  private static func rows(
    of signal: DrawnSignal, _ probe: KernelFileContents.Probe
  ) throws(PictureError) -> [Figure.Row] {
    let heading = "\(probe.name) (\(probe.kind))"
    guard case .line(let depths, let axis) = OutputLayout(probe, outputs: signal.rows) else {
      return [Figure.Row(heading: heading, panels: [try lines(signal, probe)])]
    }
    // Rates that never pause give large constants, in which nothing else would be seen.
    let image = try DepthImage(
      depths: depths, values: signal.valuesWithoutMeans, positions: signal.positions,
      unit: probe.unit,
      showsTraces: false, sampleAxis: .time, depthAxis: axis)
    let traces = try LinePlot.traces(
      places: depths, values: signal.values, positions: signal.positions, unit: probe.unit,
      sampleAxis: .time, placeAxis: axis)
    return [
      Figure.Row(
        heading: heading, panels: [Panel(title: "Without the mean of each trace", image)]),
      Figure.Row(panels: [Panel(traces)], panelHeight: 200),
    ]
  }

  private static func lines(
    _ signal: DrawnSignal, _ probe: KernelFileContents.Probe
  ) throws(PictureError) -> Panel {
    let names = (0..<signal.rows).map { row in
      probe.outputNames.indices.contains(row) ? probe.outputNames[row] : "\(row + 1)"
    }
    var plot = try LinePlot.components(
      names: names, values: signal.values, positions: signal.positions, xAxis: .time,
      yAxis: Axis(KernelFigure.quantity(probe), unit: probe.unit))
    if signal.rows > Color.series.count { plot.drawsAlike() }
    return Panel(plot)
  }
}
