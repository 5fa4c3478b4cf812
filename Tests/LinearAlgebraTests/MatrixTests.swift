import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  @Test func entriesLieRowByRow() {
    let a = Matrix([[1, 2, 3], [4, 5, 6]])
    #expect(a.rows == 2 && a.columns == 3)
    #expect(a.storage == [1, 2, 3, 4, 5, 6])
    #expect(a[1, 0] == 4 && Array(a.row(1)) == [4, 5, 6] && a.column(2) == [3, 6])
    #expect(a == Matrix(rows: 2, columns: 3, storage: [1, 2, 3, 4, 5, 6]))
    #expect(a.transposed == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(a.transposed.transposed == a)
    var b = a
    b[0, 2] = 9
    #expect(b != a && a[0, 2] == 3 && b.storage[2] == 9)
  }

  @Test func makers() {
    #expect(Matrix.identity(2) == Matrix([[1, 0], [0, 1]]))
    #expect(Matrix.identity(0) == Matrix([]))
    #expect(Matrix(rows: 2, columns: 2, repeating: 7) == Matrix([[7, 7], [7, 7]]))
    let filled = Matrix(rows: 2, columns: 2) { target in
      for i in target.indices { target[i] = Double(i) }
    }
    #expect(filled == Matrix([[0, 1], [2, 3]]))
    #expect(Matrix(rows: 0, columns: 5) != Matrix(rows: 5, columns: 0))
  }

  @Test func sums() {
    let (a, b) = (Matrix([[1, 2], [3, 4]]), Matrix([[10, 20], [30, 40]]))
    #expect(a + b == Matrix([[11, 22], [33, 44]]))
    #expect(b - a == Matrix([[9, 18], [27, 36]]))
    #expect(2 * a == a + a)
  }

  @Test func maximumMagnitude() {
    #expect(Matrix([[1, -3], [2, 0]]).maximumMagnitude == 3)
    #expect(Matrix(rows: 0, columns: 3).maximumMagnitude == 0)
    #expect(Matrix([[.nan, 5]]).maximumMagnitude.isNaN)
    #expect(Matrix([[5, .nan]]).maximumMagnitude.isNaN)
    #expect(Matrix([[5, -.infinity]]).maximumMagnitude == .infinity)
  }

  @Test func entriesOutOfRangeStop() async {
    // A column that is too large must not read the next row.
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[0, 2] }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[2, 0] }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[-1, 1] }
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 2).view(rows: 0..<3, columns: 0..<1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 3, columns: 3).view(rows: 0..<2, columns: 0..<2)[0, 2]
    }
    await #expect(processExitsWith: .failure) { _ = Matrix([[1, 2], [3]]) }
  }

  /// In a process of its own, since the number of threads belongs to the process.
  @Test func threadsAreRestored() async {
    await #expect(processExitsWith: .success) {
      struct Stop: Error {}
      BLASThreads.set(2)
      for count in 1...3 {
        #expect(BLASThreads.with(count) { BLASThreads.count } == count)
        #expect(BLASThreads.count == 2)
        #expect(throws: Stop.self) { try BLASThreads.with(count) { throw Stop() } }
        #expect(BLASThreads.count == 2)
      }
      BLASThreads.single {
        #expect(BLASThreads.count == 1)
        BLASThreads.single { #expect(BLASThreads.count == 1) }
        #expect(BLASThreads.count == 1)
      }
      #expect(BLASThreads.count == 2)
      BLASThreads.set(0)
      #expect(BLASThreads.count == 1)
      BLASThreads.set(-5)
      #expect(BLASThreads.count == 1)
      BLASThreads.set(.max)
      #expect(BLASThreads.count > 1)
      #expect(BLASThreads.configuration.contains("OpenBLAS"))
    }
  }
}
