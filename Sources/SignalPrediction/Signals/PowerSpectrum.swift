internal import Foundation
public import LinearAlgebra

/// Power spectral densities by Welch's method (Welch 1967): the mean over overlapping segments, each
/// without its mean and under a Hann window.
public struct PowerSpectrum: Sendable, Equatable {
  /// 0 ... half the sample rate, Hz.
  public let frequencies: [Double]

  /// Channels × frequencies, one-sided, in the signals' unit squared per Hz.
  public let density: Matrix

  /// Segments that the mean is over.
  public let segments: Int

  /// - Parameters:
  ///   - signals: channels × samples. Samples after the last whole segment are left out.
  ///   - dt: time between samples, ms.
  ///   - segmentLength: samples of a segment, at least 2.
  ///   - overlap: samples that neighbouring segments share, less than their length; nil for half.
  /// - Throws: `PredictionError` when a parameter is out of its range, there is no whole segment, or a
  ///   sample is not finite.
  public init(
    _ signals: Matrix, dt: Double, segmentLength: Int = 1024, overlap: Int? = nil
  ) throws(PredictionError) {
    let overlap = overlap ?? segmentLength / 2
    guard dt > 0, dt.isFinite else {
      throw PredictionError(.setting, "the time step is \(dt) ms; it must be positive")
    }
    guard segmentLength >= 2, overlap >= 0, overlap < segmentLength,
      segmentLength <= signals.columns
    else {
      throw PredictionError(
        .setting,
        "segments of \(segmentLength) samples that share \(overlap), of \(signals.columns) samples; "
          + "they have at least 2, share less than their length, and one must fit")
    }
    guard allFinite(signals) else {
      throw PredictionError(.notFinite, "a sample of a signal is not finite")
    }
    let step = segmentLength - overlap
    segments = (signals.columns - segmentLength) / step + 1
    let bins = segmentLength / 2 + 1
    let rate = 1000 / dt
    frequencies = (0..<bins).map { Double($0) * rate / Double(segmentLength) }
    let transform = SegmentTransform(length: segmentLength)
    var density = Matrix(rows: signals.rows, columns: bins)
    let windowed = Self.segments(signals, count: segments, step: step, transform.window)
    let scale = 1 / (rate * transform.window.reduce(0) { $0 + $1 * $1 } * Double(segments))
    // Frequencies in groups, so that tables of cosines stay small.
    for first in stride(from: 0, to: bins, by: 128) {
      let range = first..<min(bins, first + 128)
      let power = try transform.power(windowed, range)
      for c in 0..<signals.rows {
        for (j, bin) in range.enumerated() {
          var sum = 0.0
          for s in 0..<segments { sum += power[c * segments + s, j] }
          // All but 0 and half the sample rate stand for their negative frequencies, too.
          density[c, bin] = sum * scale * (bin == 0 || 2 * bin == segmentLength ? 1 : 2)
        }
      }
    }
    self.density = density
  }

  /// (Channels · segments) × samples, without their means and under the window.
  private static func segments(
    _ signals: Matrix, count: Int, step: Int, _ window: [Double]
  ) -> Matrix {
    let length = window.count
    return Matrix(rows: signals.rows * count, columns: length) { target in
      signals.withUnsafeEntries { source in
        for c in 0..<signals.rows {
          for s in 0..<count {
            let (from, to) = (c * signals.columns + s * step, (c * count + s) * length)
            var sum = 0.0
            for i in 0..<length { sum += source[from + i] }
            let mean = sum / Double(length)
            for i in 0..<length { target[to + i] = (source[from + i] - mean) * window[i] }
          }
        }
      }
    }
  }
}

/// The discrete Fourier transform as a matrix product.
private struct SegmentTransform {
  /// Hann's, periodic.
  let window: [Double]
  private let cosines: [Double]
  private let sines: [Double]

  init(length: Int) {
    let angles = (0..<length).map { 2 * Double.pi * Double($0) / Double(length) }
    cosines = angles.map { cos($0) }
    sines = angles.map { sin($0) }
    window = cosines.map { 0.5 - 0.5 * $0 }
  }

  /// Squared magnitudes, rows × frequencies of the range.
  func power(_ rows: Matrix, _ range: Range<Int>) throws(PredictionError) -> Matrix {
    let length = window.count
    func table(_ values: [Double]) -> Matrix {
      Matrix(rows: length, columns: range.count) { target in
        for i in 0..<length {
          for (j, bin) in range.enumerated() {
            target[i * range.count + j] = values[i * bin % length]
          }
        }
      }
    }
    do {
      var result = try rows.times(table(cosines))
      let other = try rows.times(table(sines))
      result.withUnsafeMutableEntries { a in
        other.withUnsafeEntries { b in
          for i in a.indices { a[i] = a[i] * a[i] + b[i] * b[i] }
        }
      }
      return result
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
  }
}
