internal import LinearAlgebra

/// Kernels as a product of what each output sees of r time courses: H_X ≈ mixing · courses_X.
struct LowRankKernels: Sendable {
  /// Outputs × r, orthonormal columns.
  let mixing: Matrix

  /// Per input, r × taps.
  let courses: [Matrix]

  /// The largest over the inputs of max_e Σ_k |H[e, k] - (mixing · courses)[e, k]|, over the same of H.
  let relativeError: Double

  var rank: Int { mixing.columns }

  /// The lowest rank whose error is at most the tolerance.
  ///
  /// - Returns: nil when no rank of at most 3/4 of the outputs reaches the tolerance.
  /// - Throws: `PredictionError` when LAPACK fails.
  init?(_ responses: ImpulseResponses, tolerance: Double) throws(PredictionError) {
    let gains = responses.gains
    // Every input counts by its own size: a weak one is as exact as a strong one.
    let weights = gains.map { $0 > 0 ? 1 / $0 : 0 }
    let limit = max(1, responses.outputs * 3 / 4)
    do {
      guard let basis = try Self.basis(responses, weights, limit: limit, tolerance: tolerance)
      else { return nil }
      let projected = try responses.taps.map { taps throws(LinearAlgebraError) in
        try basis.times(taps, transposingSelf: true)
      }
      let rotation = try Self.principalAxes(projected, weights)
      let rotated = try projected.map { courses throws(LinearAlgebraError) in
        try rotation.times(courses, transposingSelf: true)
      }
      let rank = Self.rank(rotated, weights, tolerance: 0.5 * tolerance)
      guard rank <= limit else { return nil }
      mixing = try basis.times(
        rotation.view(rows: 0..<rotation.rows, columns: 0..<rank).copied())
      courses = rotated.map { $0.view(rows: 0..<rank, columns: 0..<$0.columns).copied() }
      var worst = 0.0
      for (x, taps) in responses.taps.enumerated() where gains[x] > 0 {
        worst = max(worst, gain(taps - (try mixing.times(courses[x]))) / gains[x])
      }
      relativeError = worst
    } catch {
      throw PredictionError(.numerical, "\(error)")
    }
    guard relativeError <= tolerance else { return nil }
  }

  /// Orthonormal columns that span the kernels to well below the tolerance (Halko, Martinsson & Tropp,
  /// SIAM Review 53: 217, 2011): the range of the kernels times random numbers, in growing numbers until
  /// fresh random numbers find nothing new.
  private static func basis(
    _ responses: ImpulseResponses, _ weights: [Double], limit: Int, tolerance: Double
  ) throws(LinearAlgebraError) -> Matrix? {
    let outputs = responses.outputs
    // So few outputs cost nothing.
    if outputs <= 32 { return Matrix.identity(outputs) }
    var random = RandomNumbers(seed: 20)
    let probe = try sketch(responses, weights, columns: 8, &random)
    var sample = try sketch(responses, weights, columns: 32, &random)
    while true {
      let basis = try QRDecomposition(sample).orthogonal
      let missed = probe - (try basis.times(try basis.times(probe, transposingSelf: true)))
      if missed.maximumMagnitude <= 0.1 * tolerance * probe.maximumMagnitude { return basis }
      let size = 2 * sample.columns
      if sample.columns >= limit + 8 || size > outputs {
        return sample.columns >= limit || outputs > 128 ? nil : Matrix.identity(outputs)
      }
      sample = try sketch(responses, weights, columns: size, &random)
    }
  }

  /// Σ_X weight_X H_X · random numbers.
  private static func sketch(
    _ responses: ImpulseResponses, _ weights: [Double], columns: Int, _ random: inout RandomNumbers
  ) throws(LinearAlgebraError) -> Matrix {
    var sum = Matrix(rows: responses.outputs, columns: columns)
    for (taps, weight) in zip(responses.taps, weights) where weight > 0 {
      let numbers = Matrix(rows: taps.columns, columns: columns) { target in
        for i in target.indices { target[i] = weight * random.number() }
      }
      sum = sum + (try taps.times(numbers))
    }
    return sum
  }

  /// The left singular vectors of all courses side by side, by a QR decomposition of their transpose.
  private static func principalAxes(
    _ courses: [Matrix], _ weights: [Double]
  ) throws(LinearAlgebraError) -> Matrix {
    let rows = courses[0].rows
    let length = max(rows, courses.reduce(0) { $0 + $1.columns })
    let stacked = Matrix(rows: length, columns: rows) { target in
      target.initialize(repeating: 0)
      var start = 0
      for (matrix, weight) in zip(courses, weights) {
        for k in 0..<matrix.columns {
          for i in 0..<rows { target[(start + k) * rows + i] = weight * matrix[i, k] }
        }
        start += matrix.columns
      }
    }
    let triangular = try QRDecomposition(stacked).triangular
    return try SingularValueDecomposition(triangular.transposed).left
  }

  /// How many leading courses are needed: what is left out of a column bounds all outputs, for the rows
  /// of the mixing matrix are no longer than 1.
  private static func rank(_ courses: [Matrix], _ weights: [Double], tolerance: Double) -> Int {
    let rows = courses[0].rows
    var bounds = [Double](repeating: 0, count: rows + 1)
    for (matrix, weight) in zip(courses, weights) {
      var squares = [Double](repeating: 0, count: matrix.columns)
      for i in stride(from: rows - 1, through: 0, by: -1) {
        var sum = 0.0
        for (k, value) in matrix.row(i).enumerated() {
          squares[k] += value * value
          sum += squares[k].squareRoot()
        }
        bounds[i] = max(bounds[i], weight * sum)
      }
    }
    return max(1, bounds.firstIndex { $0 <= tolerance } ?? rows)
  }
}
