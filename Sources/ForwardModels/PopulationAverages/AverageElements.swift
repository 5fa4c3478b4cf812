/// A straight piece of current, or a point where its two ends are the same.
struct AveragedSource: Sendable {
  var start: SIMD3<Double>
  /// From start to end.
  var step: SIMD3<Double>

  var isPoint: Bool { step == .zero }
}

/// A part of an element of the matrix: from where on its source, and how much of it.
private struct Piece {
  var element: Int32
  var start, length: Double
}

/// Means over a population of 1 / distance from points, averaged along each source.
///
/// Along a piece of a source three Gauss points are compared with the seven of Kronrod that hold them;
/// a piece on which they differ is halved.
final class AverageElements {
  private let table: any SampledMean
  private let tolerance: Double

  /// - Parameter tolerance: The absolute error that is allowed in an element, 1/um.
  init(table: any SampledMean, tolerance: Double) {
    self.table = table
    self.tolerance = tolerance
  }

  /// Adds the means to `values` and their estimated errors to `errors`, points × sources.
  func add(
    points: [SIMD3<Double>], sources: [AveragedSource], values: inout [Double],
    errors: inout [Double]
  ) {
    let perBlock = max(1, (1 << 16) / max(1, sources.count))
    let first = points.startIndex
    for low in stride(from: first, to: points.endIndex, by: perBlock) {
      let block = points[low..<min(low + perBlock, points.endIndex)]
      var pieces = (0..<Int32(block.count * sources.count)).map {
        Piece(element: $0, start: 0, length: 1)
      }
      let offset = (low - first) * sources.count
      var depth = 0
      while !pieces.isEmpty {
        pieces = integrate(
          pieces, block, sources, offset: offset, last: depth >= 40, &values, &errors)
        depth += 1
      }
    }
  }

  /// Adds the pieces that are accurate; the others come back as halves.
  private func integrate(
    _ pieces: [Piece], _ points: ArraySlice<SIMD3<Double>>, _ sources: [AveragedSource],
    offset: Int, last: Bool, _ values: inout [Double], _ errors: inout [Double]
  ) -> [Piece] {
    let samples = sample(pieces, points, sources)
    var halves = [Piece]()
    let count = sources.count
    for (k, piece) in pieces.enumerated() {
      let element = Int(piece.element)
      let target = offset + element
      if sources[element % count].isPoint {
        values[target] += samples[8 * k]
        errors[target] += table.error
        continue
      }
      var (fine, coarse) = (0.0, 0.0)
      for node in 0..<7 {
        fine += Kronrod.weights[node] * samples[8 * k + node]
        coarse += Kronrod.gaussWeights[node] * samples[8 * k + node]
      }
      let difference = piece.length * abs(fine - coarse)
      if difference <= tolerance * piece.length.squareRoot() || last {
        values[target] += piece.length * fine
        errors[target] += difference + piece.length * table.error
      } else {
        let half = 0.5 * piece.length
        halves.append(Piece(element: piece.element, start: piece.start, length: half))
        halves.append(Piece(element: piece.element, start: piece.start + half, length: half))
      }
    }
    return halves
  }

  /// The table's values at the nodes of all pieces, eight places for each.
  private func sample(
    _ pieces: [Piece], _ points: ArraySlice<SIMD3<Double>>, _ sources: [AveragedSource]
  ) -> [Double] {
    let count = sources.count
    var (gaps, slots) = ([SIMD3<Double>](), [Int32]())
    gaps.reserveCapacity(8 * pieces.count)
    slots.reserveCapacity(8 * pieces.count)
    for (k, piece) in pieces.enumerated() {
      let element = Int(piece.element)
      let source = sources[element % count]
      let gap = points[points.startIndex + element / count] - source.start
      for node in 0..<(source.isPoint ? 1 : 7) {
        gaps.append(gap - (piece.start + piece.length * Kronrod.nodes[node]) * source.step)
        slots.append(Int32(8 * k + node))
      }
    }
    var means = [Double](repeating: 0, count: gaps.count)
    means.withUnsafeMutableBufferPointer { table.evaluate(gaps, into: $0) }
    var samples = [Double](repeating: 0, count: 8 * pieces.count)
    for (slot, mean) in zip(slots, means) { samples[Int(slot)] = mean }
    return samples
  }
}

/// The rule of Gauss with 3 points and that of Kronrod with 7, on [0, 1].
enum Kronrod {
  static let nodes: [Double] = halved([
    -0.960491268708020283, -0.774596669241483377, -0.434243749346802558, 0,
    0.434243749346802558, 0.774596669241483377, 0.960491268708020283,
  ]).map { 0.5 + $0 }
  static let weights: [Double] = halved([
    0.104656226026467265, 0.268488089868333441, 0.401397414775962223, 0.450916538658474142,
    0.401397414775962223, 0.268488089868333441, 0.104656226026467265,
  ])
  static let gaussWeights: [Double] = [0, 5.0 / 18, 0, 4.0 / 9, 0, 5.0 / 18, 0]

  private static func halved(_ numbers: [Double]) -> [Double] { numbers.map { 0.5 * $0 } }
}
