import KernelFiles
import LFPKernels
import Pictures

/// Power spectra of a signal's outputs, from at most some minutes of it.
enum SignalSpectrum {
  /// Numbers that are read at most; of longer signals the middle is taken.
  private static let mostNumbers = 8_000_000

  /// Nil for signals that are too short, less than a quarter of a second.
  static func plot(
    _ file: SignalFile, _ signal: Int, _ probe: KernelFileContents.Probe
  ) throws -> LinePlot? {
    let header = file.header
    let count = min(header.count, max(mostNumbers / header.signals[signal].outputs, 1))
    guard Double(count) * header.dt >= 250 else { return nil }
    let start = (header.count - count) / 2
    let values = try file.read(signal, columns: start..<start + count)
    // 1 kHz is enough for what field potentials hold, and keeps segments short.
    let factor = max(1, Int(1 / header.dt))
    let decimated = try Decimator(channels: values.rows, factor: factor).decimated(values)
    let dt = header.dt * Double(factor)
    let spectrum = try PowerSpectrum(
      decimated, dt: dt, segmentLength: min(1024, max(64, decimated.columns / 4)))
    // Up to the filter's passband, without 0 Hz, which a logarithmic axis does not have.
    let shown = spectrum.frequencies.indices.filter {
      $0 > 0 && spectrum.frequencies[$0] <= 0.8 * 500 / dt
    }
    let rows = (0..<values.rows).filter { row in shown.contains { spectrum.density[row, $0] > 0 } }
    guard !rows.isEmpty else { return nil }
    let series = try rows.map { row in
      try LineSeries(
        name: probe.name(ofOutput: row), x: shown.map { spectrum.frequencies[$0] },
        y: shown.map { spectrum.density[row, $0] },
        color: Color.series[row % Color.series.count])
    }
    let unit = probe.unit.contains(where: { " /".contains($0) }) ? "(\(probe.unit))" : probe.unit
    var plot = LinePlot(
      series: series, xAxis: Axis("Frequency", unit: "Hz", scale: .logarithmic),
      yAxis: Axis("Power", unit: "\(unit)^2/Hz", scale: .logarithmic))
    if values.rows > Color.series.count { plot.drawsAlike() }
    return plot
  }
}
