public import LFPKernels

/// A number that files hold: `Double` as float64, `Int` as int64.
public protocol StoredNumber: Sendable, Equatable, BitwiseCopyable {
  static var storedKind: StoredNumberKind { get }

  /// The value with which memory is filled before a library writes into it.
  static var zero: Self { get }
}

/// How a number is stored.
public enum StoredNumberKind: Sendable, Equatable { case float64, int64 }

extension Double: StoredNumber {
  public static var storedKind: StoredNumberKind { .float64 }
}

extension Int: StoredNumber {
  public static var storedKind: StoredNumberKind { .int64 }
}

/// Numbers with a shape, the last index fastest (C order), as datasets and `.npy` arrays hold
/// them. An empty shape means one number.
public struct StoredArray<Number: StoredNumber>: Sendable, Equatable {
  public let shape: [Int]
  public let values: [Number]

  /// An array from its values in C order, as many as the product of the shape.
  public init(shape: [Int], values: [Number]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a shape has no negative extent")
    precondition(values.count == shape.reduce(1, *), "an array needs as many values as its shape")
    self.shape = shape
    self.values = values
  }

  /// An array with one dimension.
  public init(_ values: [Number]) { self.init(shape: [values.count], values: values) }

  /// An array of one number, without dimensions.
  public init(scalar: Number) { self.init(shape: [], values: [scalar]) }
}

extension StoredArray<Double> {
  /// The entries of a matrix, rows × columns.
  public init(_ matrix: Matrix) {
    self.init(shape: [matrix.rows, matrix.columns], values: matrix.storage)
  }

  /// Points, n × 3.
  public init(_ points: [SIMD3<Double>]) {
    self.init(shape: [points.count, 3], values: points.flatMap { [$0.x, $0.y, $0.z] })
  }
}
