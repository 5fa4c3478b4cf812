import Foundation
import KernelFiles
import LFPKernels
import Testing

@testable import CommandLineTool

@Suite struct CompareCommandTests {
  /// A file of one probe with sines of different frequencies, changed by the caller.
  private func write(
    _ name: String, in directory: ToolDirectory, count: Int = 2000, dt: Double = 0.5,
    first: Double = 0, outputs: Int = 2, probe: String = "lfp", signal: String = "total",
    unit: String = "mV", z: Double = 0, _ value: (Int, Double) -> Double
  ) throws {
    let header = SignalFileHeader(
      signals: [.init(probe: probe, name: signal, outputs: outputs)],
      probes: [
        .init(
          name: probe, kind: "point_source", unit: unit,
          positions: (0..<outputs).map { SIMD3(0, 0, z + 100 * Double($0)) })
      ], count: count, dt: dt, firstTime: first, descriptionSHA256: "",
      kernels: .init(file: "k", sha256: ""), spikes: [], programVersion: "0")
    let writer = try SignalFileWriter(
      header, path: directory.url.appendingPathComponent(name).path, overwrite: false)
    let block = Matrix(
      rows: outputs, columns: count,
      storage: (0..<outputs).flatMap { row in
        (0..<count).map { value(row, first + Double($0) * dt) }
      })
    try writer.write(block, of: 0, at: 0)
    try writer.commit()
  }

  /// 10 Hz in channel 0, 20 Hz in channel 1; t in ms.
  private func slow(_ row: Int, _ t: Double) -> Double {
    sin(2 * .pi * 0.01 * Double(row + 1) * t)
  }

  /// As strong as `slow`, at 400 Hz.
  private func fast(_ t: Double) -> Double { sin(2 * .pi * 0.4 * t) }

  @Test func agreementIsThatOfTheFormula() throws {
    let directory = try ToolDirectory()
    try write("a.h5", in: directory) { 3 * slow($0, $1) + 7 }
    try write("b.h5", in: directory) { slow($0, $1) + fast($1) }
    let result = try directory.run("compare", "a.h5", "b.h5", "--json")
    #expect(result.status == 0 && result.errors == "")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(object?["times"] as? Int == 2000)
    let channels = try #require(object?["channels"] as? [[String: Any]])
    #expect(channels.map { $0["channel"] as? String } == ["z = 0 um", "z = 100 um"])
    for channel in channels {
      // Whole periods: of the variance of b, one half is that of a; 3 / sqrt(2).
      #expect(abs(try #require(channel["r2"] as? Double) - 0.5) < 1e-9)
      #expect(abs(try #require(channel["deviationRatio"] as? Double) - 3 / 2.0.squareRoot()) < 1e-9)
      // At 400 Hz the filter leaves 0.022, which is 5e-4 of the variance; the rest is at the ends.
      #expect(abs(try #require(channel["lowPassR2"] as? Double) - 1) < 0.01)
      #expect(abs(try #require(channel["lowPassDeviationRatio"] as? Double) - 3) < 0.02)
    }
    let text = try directory.run("compare", "a.h5", "b.h5", "--low-pass", "50").output
    #expect(text.hasPrefix("2000 times from 0 ms\n\nprobe  signal  channel"))
    #expect(text.contains("R2 < 50 Hz") && text.contains("0.500000  2.121320"))
  }

  @Test func partsOfTime() throws {
    let directory = try ToolDirectory()
    try write("a.h5", in: directory, count: 1000) { $1 < 100 ? 0 : slow($0, $1) }
    try write("b.h5", in: directory, count: 1200, first: 50) { slow($0, $1) }
    let refused = try directory.run("compare", "a.h5", "b.h5")
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains(
        "a.h5: has 1000 times from 0.0 ms, and b.h5 1200 from 50.0 ms; say by --from and --to"))
    let outside = try directory.run("compare", "a.h5", "b.h5", "--from", "20")
    #expect(outside.errors.contains("should lie within both"))
    let result = try directory.run("compare", "a.h5", "b.h5", "--from", "100", "--to", "500")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("800 times from 100 ms\n"))
    #expect(result.output.contains("1.000000  1.000000     1.000000        1.000000"))
  }

  @Test func whatCannotBeCompared() throws {
    let directory = try ToolDirectory()
    try write("a.h5", in: directory, slow)
    try write("dt.h5", in: directory, dt: 0.25, slow)
    try write("outputs.h5", in: directory, outputs: 3, slow)
    try write("probe.h5", in: directory, probe: "csd", slow)
    try write("signal.h5", in: directory, signal: "E:I", slow)
    try write("unit.h5", in: directory, unit: "uV", slow)
    try write("place.h5", in: directory, z: 5, slow)
    try write("between.h5", in: directory, first: 0.1, slow)
    try write("short.h5", in: directory, count: 9, slow)
    for (file, part) in [
      ("dt.h5", "a.h5: has steps of 0.5 ms, and dt.h5 of 0.25 ms"),
      ("outputs.h5", "/signals/lfp/total: has 2 outputs, and 3 in outputs.h5"),
      ("probe.h5", "a.h5: has no signal that probe.h5 has, too: lfp/total; there are csd/total"),
      ("signal.h5", "has no signal that signal.h5 has"),
      ("unit.h5", "is in mV, and in uV in unit.h5"),
      ("place.h5", "has other positions or names of outputs than in place.h5"),
      ("between.h5", "between times of between.h5"), ("none.h5", "none.h5: does not exist"),
    ] {
      let result = try directory.run("compare", "a.h5", file)
      #expect(result.status == 1 && result.output == "")
      #expect(result.errors.contains(part), "\(result.errors)")
    }
    let short = try directory.run("compare", "short.h5", "short.h5")
    #expect(short.status == 1 && short.errors.contains("short.h5: "))
    #expect(try directory.run("compare", "a.h5", "a.h5", "--low-pass", "5000").status == 1)
    #expect(try directory.run("compare", "a.h5", "a.h5", "--low-pass", "0").status == 64)
  }

  /// What is stored of a decimated signal is the decimated signal of all times.
  @Test func decimatedSignals() throws {
    let directory = try PredictCommandTests.directory()
    // The kernel's own past and future are computed, too: silence, as long as the filter.
    _ = try directory.run(
      "predict", "k.h5", "s.csv", "-o", "whole.h5", "--from", "-40", "--to", "80")
    let result = try directory.run("predict", "k.h5", "s.csv", "-o", "d.h5", "--decimate", "5")
    #expect(result == .init(status: 0, output: "", errors: ""))
    let (whole, file) = (
      try PredictCommandTests.file(directory, "whole.h5"),
      try PredictCommandTests.file(directory, "d.h5")
    )
    #expect(file.header.dt == 0.5 && file.header.count == 65)
    for signal in 0..<2 {
      let rows = file.header.signals[signal].outputs
      let expected = try Decimator(channels: rows, factor: 5).decimated(whole.read(signal))
      let part = Matrix(
        rows: rows, columns: 65,
        storage: (0..<rows).flatMap { expected.row($0).dropFirst(80).prefix(65) })
      #expect(try PredictCommandTests.error(file.read(signal), part) < 1e-12)
    }
  }
}
