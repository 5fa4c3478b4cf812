/// A dense matrix of doubles, stored row by row without gaps.
///
/// The unit of its entries is that of the quantity it holds; every interface that returns one
/// documents it.
public struct Matrix: Sendable, Equatable {
  public let rows: Int
  public let columns: Int

  /// The entries, row by row: entry (i, j) is `storage[i * columns + j]`.
  public internal(set) var storage: [Double]

  /// A matrix with all entries equal.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative number of rows or columns")
    self.rows = rows
    self.columns = columns
    storage = Array(repeating: value, count: rows * columns)
  }

  /// A matrix from its entries, row by row.
  public init(rows: Int, columns: Int, storage: [Double]) {
    precondition(storage.count == rows * columns, "a matrix needs rows * columns entries")
    self.rows = rows
    self.columns = columns
    self.storage = storage
  }

  /// A matrix from an array of rows, which must be of equal length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "rows of a matrix are of equal length")
    self.init(rows: rows.count, columns: columns, storage: rows.flatMap { $0 })
  }

  /// A matrix whose entries `initialize` writes into uninitialised memory, all of them.
  public init(
    rows: Int, columns: Int,
    initializingWith initialize: (UnsafeMutableBufferPointer<Double>) throws -> Void
  ) rethrows {
    self.rows = rows
    self.columns = columns
    storage = try Array(unsafeUninitializedCapacity: rows * columns) { buffer, count in
      try initialize(UnsafeMutableBufferPointer(rebasing: buffer[..<(rows * columns)]))
      count = rows * columns
    }
  }

  /// The identity of the given order.
  public static func identity(_ order: Int) -> Matrix {
    var result = Matrix(rows: order, columns: order)
    for i in 0..<order { result[i, i] = 1 }
    return result
  }

  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(column >= 0 && column < columns, "column out of range")
      return storage[row * columns + column]
    }
    set {
      precondition(column >= 0 && column < columns, "column out of range")
      storageSet(row * columns + column, newValue)
    }
  }

  @usableFromInline
  mutating func storageSet(_ index: Int, _ value: Double) { storage[index] = value }

  /// One row, without a copy.
  public func row(_ index: Int) -> ArraySlice<Double> {
    storage[index * columns..<(index + 1) * columns]
  }

  /// One column, copied.
  public func column(_ index: Int) -> [Double] {
    (0..<rows).map { storage[$0 * columns + index] }
  }

  /// The transpose.
  public var transposed: Matrix {
    Matrix(rows: columns, columns: rows) { target in
      for i in 0..<rows {
        for j in 0..<columns { target[j * rows + i] = storage[i * columns + j] }
      }
    }
  }

  /// The largest absolute entry; 0 for an empty matrix, NaN if any entry is NaN.
  public var maximumMagnitude: Double {
    storage.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, abs($1)) }
  }

  /// Calls `body` with the contiguous entries, row by row.
  public func withUnsafeEntries<Result>(
    _ body: (UnsafeBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer(body)
  }

  /// Calls `body` with the contiguous entries, row by row, for change in place.
  public mutating func withUnsafeMutableEntries<Result>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeMutableBufferPointer { try body($0) }
  }
}

extension Matrix {
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.rows == right.rows && left.columns == right.columns, "shapes differ")
    return Matrix(
      rows: left.rows, columns: left.columns, storage: zip(left.storage, right.storage).map(+))
  }

  public static func - (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.rows == right.rows && left.columns == right.columns, "shapes differ")
    return Matrix(
      rows: left.rows, columns: left.columns, storage: zip(left.storage, right.storage).map(-))
  }

  public static func * (factor: Double, matrix: Matrix) -> Matrix {
    Matrix(
      rows: matrix.rows, columns: matrix.columns, storage: matrix.storage.map { factor * $0 })
  }
}
