import LinearAlgebra
import Testing

@Suite struct ProductTests {
  /// Both sums of k terms round to at most k eps of the sum of magnitudes, in any order.
  func expectProduct(
    _ product: Matrix, of a: Matrix, _ b: Matrix, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(product.rows == a.rows && product.columns == b.columns, comment)
    let expected = naiveProduct(a, b)
    let magnitudes = naiveProduct(a.mapped { abs($2) }, b.mapped { abs($2) })
    let limit = 2 * Double(a.columns) * 0x1p-53
    for i in 0..<expected.rows {
      for j in 0..<expected.columns {
        let difference = abs(product[i, j] - expected[i, j])
        #expect(
          difference <= limit * magnitudes[i, j], comment, sourceLocation: sourceLocation)
      }
    }
  }

  @Test func allTransposesOverRandomShapes() throws {
    var random = Random(seed: 1)
    for _ in 0..<60 {
      let m = random.integer(in: 1...40)
      let (n, k) = (random.integer(in: 1...40), random.integer(in: 1...40))
      let (a, b) = (random.matrix(m, k), random.matrix(k, n))
      let (at, bt) = (a.transposed, b.transposed)
      let comment: Comment = "\(m) x \(k) x \(n)"
      expectProduct(try a.times(b), of: a, b, comment)
      expectProduct(try at.times(b, transposingSelf: true), of: a, b, comment)
      expectProduct(try a.times(bt, transposingOther: true), of: a, b, comment)
      expectProduct(
        try at.times(bt, transposingSelf: true, transposingOther: true), of: a, b, comment)
    }
  }

  @Test func viewsAreTheRectanglesTheyName() throws {
    var random = Random(seed: 2)
    for _ in 0..<60 {
      let m = random.integer(in: 1...20)
      let (n, k) = (random.integer(in: 1...20), random.integer(in: 1...20))
      let (r1, c1) = (random.integer(in: 0...5), random.integer(in: 0...5))
      let (r2, c2) = (random.integer(in: 0...5), random.integer(in: 0...5))
      let a = random.matrix(m + r1 + 3, k + c1 + 2)
      let b = random.matrix(k + r2 + 1, n + c2 + 4)
      let left = a.view(rows: r1..<r1 + m, columns: c1..<c1 + k)
      let right = b.view(rows: r2..<r2 + k, columns: c2..<c2 + n)
      var (ownLeft, ownRight) = (Matrix(rows: m, columns: k), Matrix(rows: k, columns: n))
      for i in 0..<m { for j in 0..<k { ownLeft[i, j] = a[r1 + i, c1 + j] } }
      for i in 0..<k { for j in 0..<n { ownRight[i, j] = b[r2 + i, c2 + j] } }
      #expect(left.copied() == ownLeft && right.copied() == ownRight)
      #expect(left[m - 1, k - 1] == ownLeft[m - 1, k - 1])
      expectProduct(try left.times(right), of: ownLeft, ownRight, "view")
      let transposedLeft = a.transposed.view(rows: c1..<c1 + k, columns: r1..<r1 + m)
      expectProduct(
        try transposedLeft.times(right, transposingSelf: true), of: ownLeft, ownRight,
        "transposed view")
    }
  }

  @Test func vectors() throws {
    var random = Random(seed: 3)
    for _ in 0..<60 {
      let (m, n) = (random.integer(in: 1...70), random.integer(in: 1...70))
      let (a, x) = (random.matrix(m, n), random.vector(n))
      let product = try a.times(x)
      expectProduct(
        Matrix(rows: m, columns: 1, storage: product), of: a,
        Matrix(rows: n, columns: 1, storage: x), "\(m) x \(n)")
    }
  }

  @Test func emptyShapesGiveZeros() throws {
    for (m, k, n) in [(0, 3, 2), (3, 0, 2), (3, 2, 0), (0, 0, 0), (0, 0, 4), (4, 0, 0)] {
      let (a, b) = (Matrix(rows: m, columns: k), Matrix(rows: k, columns: n))
      #expect(try a.times(b) == Matrix(rows: m, columns: n))
      #expect(
        try a.transposed.times(
          b.transposed, transposingSelf: true, transposingOther: true)
          == Matrix(rows: m, columns: n))
      #expect(try a.times([Double](repeating: 1, count: k)) == Array(repeating: 0, count: m))
    }
    let a = Random.matrix(seed: 4, 5, 6)
    #expect(a.view(rows: 2..<2, columns: 0..<6).copied() == Matrix(rows: 0, columns: 6))
    #expect(a.view(rows: 5..<5, columns: 6..<6).copied() == Matrix(rows: 0, columns: 0))
  }

  @Test func notANumberReachesEveryEntryItTouches() throws {
    // Also through factors that are 0, which a product must not skip.
    for size in [1, 3, 8, 33] {
      var a = Matrix(rows: size, columns: size)
      let row = size / 2
      a[row, size - 1] = .nan
      let zeros = Matrix(rows: size, columns: size)
      let product = try a.times(zeros)
      let vector = try a.times([Double](repeating: 0, count: size))
      let right = try zeros.times(a)
      for i in 0..<size {
        #expect(vector[i].isNaN == (i == row))
        for j in 0..<size {
          #expect(product[i, j].isNaN == (i == row))
          #expect(right[i, j].isNaN == (j == size - 1))
        }
      }
      #expect(a.maximumMagnitude.isNaN)
    }
  }

  @Test func shapesThatDoNotFit() {
    let (a, b) = (Matrix(rows: 2, columns: 3), Matrix(rows: 2, columns: 3))
    let error = LinearAlgebraError.shape(operation: "product", left: "2 x 3", right: "2 x 3")
    #expect(throws: error) { try a.times(b) }
    #expect(throws: error) { try a.times(b, transposingSelf: true, transposingOther: true) }
    #expect(throws: LinearAlgebraError.shape(operation: "product", left: "2 x 3", right: "2 x 1")) {
      try a.times([1, 2])
    }
    #expect(error.description == "product: shapes 2 x 3 and 2 x 3 do not fit")
  }

  @Test func rawProductScalesAndAdds() {
    var random = Random(seed: 5)
    for _ in 0..<30 {
      let m = random.integer(in: 1...30)
      let (n, k) = (random.integer(in: 1...30), random.integer(in: 1...30))
      // Rows are 2, 3 and 4 entries apart beyond their width; the gaps stay untouched.
      let (a, b) = (random.matrix(m, k + 2), random.matrix(k, n + 3))
      let start = random.matrix(m, n + 4)
      var c = start
      let (alpha, beta) = (random.number(), random.number())
      a.withUnsafeEntries { a in
        b.withUnsafeEntries { b in
          c.withUnsafeMutableEntries { c in
            matrixProduct(
              m: m, n: n, k: k, alpha: alpha, a.baseAddress!, rowStride: k + 2, b.baseAddress!,
              rowStride: n + 3, beta: beta, into: c.baseAddress!, rowStride: n + 4)
          }
        }
      }
      let product = naiveProduct(
        a.view(rows: 0..<m, columns: 0..<k).copied(), b.view(rows: 0..<k, columns: 0..<n).copied())
      for i in 0..<m {
        for j in 0..<n + 4 {
          let expected = j < n ? alpha * product[i, j] + beta * start[i, j] : start[i, j]
          // k + 3 roundings of sums below k + 1
          #expect(abs(c[i, j] - expected) <= (j < n ? Double((k + 3) * (k + 1)) * 0x1p-52 : 0))
        }
      }
    }
  }
}

extension Random {
  static func matrix(seed: UInt64, _ rows: Int, _ columns: Int) -> Matrix {
    var random = Random(seed: seed)
    return random.matrix(rows, columns)
  }
}
