internal import CVectorMath
internal import CellMorphology

/// A straight piece of current.
struct LineSource: Sendable {
  var end: SIMD3<Double>
  var direction: SIMD3<Double>
  var length: Double
  var radius: Double

  init(start: SIMD3<Double>, end: SIMD3<Double>, radius: Double) {
    let d = end - start
    length = (d * d).sum().squareRoot()
    direction = length > 0 ? d / length : SIMD3(0, 0, 0)
    self.end = end
    self.radius = radius
  }

  init(_ compartments: Compartments, _ i: Int) {
    self.init(
      start: compartments.start(i), end: compartments.end(i),
      radius: 0.5 * compartments.diameter[i])
  }

  var start: SIMD3<Double> { end - length * direction }

  /// The same line where lengths along the axes are multiplied.
  func stretched(by factors: SIMD3<Double>) -> LineSource {
    LineSource(start: factors * start, end: factors * end, radius: radius)
  }

  /// What `cvm_lines` reads: end, direction, length, and the square of the radius.
  static func columns(_ lines: [LineSource]) -> Columns {
    Columns(
      count: lines.count,
      [
        { lines[$0].end.x }, { lines[$0].end.y }, { lines[$0].end.z }, { lines[$0].direction.x },
        { lines[$0].direction.y }, { lines[$0].direction.z }, { lines[$0].length },
        { lines[$0].radius * lines[$0].radius },
      ])
  }
}

extension Columns {
  /// Adds scale × the mean over each line of 1 / distance from a point.
  func addLines(
    at point: SIMD3<Double>, limit: cvm_limit, scale: Double,
    to row: UnsafeMutablePointer<Double>
  ) {
    withColumn(0) { columns in
      point.withNumbers { cvm_lines(count, columns, $0, limit, scale, row) }
    }
  }
}

/// Logarithms and reciprocal square roots as the rows of potentials take them.
func vectorMath(_ x: [Double]) -> (logarithms: [Double], reciprocalRoots: [Double]) {
  var (logs, roots) = (x, x)
  cvm_log(x.count, x, &logs)
  cvm_rsqrt(x.count, x, &roots)
  return (logs, roots)
}
