/// A rectangle of a matrix that shares its storage: a view saves the copy where a part is read.
public struct MatrixView: Sendable {
  public let rows: Int
  public let columns: Int

  /// Distance between the starts of two rows.
  public let rowStride: Int
  let offset: Int
  let storage: [Double]

  public subscript(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns)
    return storage[offset + row * rowStride + column]
  }

  /// A matrix of its own with the same entries.
  public func copied() -> Matrix {
    Matrix(rows: rows, columns: columns) { target in
      for i in 0..<rows {
        for j in 0..<columns { target[i * columns + j] = storage[offset + i * rowStride + j] }
      }
    }
  }

  func withPointer<Result>(_ body: (UnsafePointer<Double>?) throws -> Result) rethrows -> Result {
    try storage.withUnsafeBufferPointer { try body($0.baseAddress.map { $0 + offset }) }
  }
}

extension Matrix {
  /// The whole as a view.
  public var view: MatrixView { view(rows: 0..<rows, columns: 0..<columns) }

  /// A rectangle as a view.
  public func view(rows rowRange: Range<Int>, columns columnRange: Range<Int>) -> MatrixView {
    precondition(rowRange.lowerBound >= 0 && rowRange.upperBound <= rows, "rows out of range")
    precondition(
      columnRange.lowerBound >= 0 && columnRange.upperBound <= columns, "columns out of range")
    return MatrixView(
      rows: rowRange.count, columns: columnRange.count, rowStride: columns,
      offset: rowRange.lowerBound * columns + columnRange.lowerBound, storage: storage)
  }
}
