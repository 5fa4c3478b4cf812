/// An array in NumPy's `.npy` format, version 1.0 (2.0 where the header is too long for it).
///
/// The header is padded with spaces so that the values start at a multiple of 64 bytes.
public struct NPYArray: Sendable, Equatable {
  /// The whole file: magic, header, values.
  public let bytes: [UInt8]

  /// Numbers: `float64` or `int64`, C order, in this machine's byte order, which the header
  /// tells (little-endian practically everywhere).
  public init<Number: StoredNumber>(_ array: StoredArray<Number>) {
    let letter =
      switch Number.storedKind {
      case .float64: "f8"
      case .int64: "i8"
      }
    var bytes = Self.header(type: Self.byteOrder + letter, shape: array.shape)
    array.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    self.bytes = bytes
  }

  /// One text: NumPy's type `U`, without dimensions.
  public init(_ text: String) { self.init(texts: [text], shape: []) }

  /// Texts with one dimension: NumPy's type `U`, as wide as the longest.
  public init(_ texts: [String]) { self.init(texts: texts, shape: [texts.count]) }

  private init(texts: [String], shape: [Int]) {
    // NumPy has no strings of width 0 in files that all its versions read.
    let width = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
    var bytes = Self.header(type: "\(Self.byteOrder)U\(width)", shape: shape)
    for text in texts {
      var points = text.unicodeScalars.map(\.value)
      points.append(contentsOf: repeatElement(0, count: width - points.count))
      points.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    self.bytes = bytes
  }

  private static var byteOrder: String { 1.littleEndian == 1 ? "<" : ">" }

  private static func header(type: String, shape: [Int]) -> [UInt8] {
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    let count = text.utf8.count + 1  // and a line feed at the end
    let isLong = count + 64 > Int(UInt16.max)
    let prefix = isLong ? 12 : 10
    let padding = (64 - (prefix + count) % 64) % 64
    let length = count + padding
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [isLong ? 2 : 1, 0]
    for position in 0..<(isLong ? 4 : 2) { bytes.append(UInt8(length >> (8 * position) & 255)) }
    bytes += Array(text.utf8)
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: padding)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }
}
