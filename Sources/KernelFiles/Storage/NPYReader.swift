/// Reads arrays in NumPy's `.npy` format, versions 1 to 3: numbers and booleans as `Double`, in either
/// order of indices and bytes, and texts.
enum NPYReader {
  struct Header: Equatable {
    /// NumPy's letter for the kind of numbers: f, i, u, b or U.
    var kind: Character
    var size: Int
    var isBigEndian: Bool
    var isFortranOrder: Bool
    var shape: [Int]

    /// Where the values begin.
    var offset: Int
  }

  /// The numbers of an array.
  ///
  /// - Parameters:
  ///   - file: what error messages call it.
  ///   - object: the array's name in an archive.
  static func numbers(
    _ bytes: [UInt8], file: String, object: String? = nil
  ) throws(StorageError) -> StoredArray<Double> {
    let (header, count) = try checkedHeader(bytes, file, object)
    guard let convert = converter(header) else {
      throw StorageError(
        .wrongType, file: file, object: object,
        problem: "does not hold numbers that this program reads",
        remedy: "convert them with astype(float)")
    }
    var values = bytes.withUnsafeBytes { raw in
      (0..<count).map { convert(raw, header.offset + $0 * header.size) }
    }
    if header.isFortranOrder, header.shape.count == 2 {
      let (rows, columns) = (header.shape[0], header.shape[1])
      let stored = values
      for i in 0..<rows { for j in 0..<columns { values[i * columns + j] = stored[j * rows + i] } }
    }
    return StoredArray(shape: header.shape, values: values)
  }

  /// The texts of an array of NumPy's type U; nil where it holds something else.
  static func texts(
    _ bytes: [UInt8], file: String, object: String? = nil
  ) throws(StorageError) -> [String]? {
    let (header, count) = try checkedHeader(bytes, file, object)
    guard header.kind == "U" else { return nil }
    return bytes.withUnsafeBytes { raw in
      (0..<count).map { index in
        var text = String.UnicodeScalarView()
        for position in 0..<header.size / 4 {
          let stored = raw.loadUnaligned(
            fromByteOffset: header.offset + index * header.size + 4 * position, as: UInt32.self)
          let point = header.isBigEndian ? stored.bigEndian : stored.littleEndian
          guard point != 0, let scalar = Unicode.Scalar(point) else { break }
          text.append(scalar)
        }
        return String(text)
      }
    }
  }

  private static func checkedHeader(
    _ bytes: [UInt8], _ file: String, _ object: String?
  ) throws(StorageError) -> (Header, count: Int) {
    func refuse(_ problem: String) -> StorageError {
      StorageError(
        .damaged, file: file, object: object, problem: problem,
        remedy: "write it again with numpy.save or numpy.savez")
    }
    guard let header = header(bytes) else { throw refuse("has no header that can be read") }
    guard header.shape.count <= 2 else {
      throw StorageError(
        .wrongShape, file: file, object: object, problem: "has the shape \(header.shape)",
        remedy: "it should have at most 2 dimensions")
    }
    var count = 1
    for extent in header.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= bytes.count else { throw refuse("is cut short") }
      count = product
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: header.size)
    guard !overflow, size <= bytes.count - header.offset else {
      throw refuse(
        "is cut short: \(header.shape) values need \(overflow ? "more" : "\(size)") bytes and "
          + "\(bytes.count - header.offset) are there")
    }
    return (header, count)
  }

  static func header(_ bytes: [UInt8]) -> Header? {
    guard bytes.count >= 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)),
      (1...3).contains(bytes[6])
    else { return nil }
    let wide = bytes[6] > 1
    let start = wide ? 12 : 10
    let length = (0..<(wide ? 4 : 2)).reduce(0) { $0 + Int(bytes[8 + $1]) << (8 * $1) }
    guard start + length <= bytes.count,
      let text = String(validating: bytes[start..<start + length], as: UTF8.self),
      let type = value(of: "descr", in: text)?.split(separator: "'").first.map(Array.init),
      let order = value(of: "fortran_order", in: text),
      let open = value(of: "shape", in: text), open.first == "(",
      let close = open.firstIndex(of: ")"), type.count >= 3, let size = Int(String(type[2...])),
      size >= 0, size < 1 << 30
    else { return nil }
    var shape: [Int] = []
    for part in open[open.index(after: open.startIndex)..<close].split(separator: ",") {
      let digits = part.filter { !$0.isWhitespace }
      if digits.isEmpty { continue }
      guard let extent = Int(digits), extent >= 0 else { return nil }
      shape.append(extent)
    }
    return Header(
      kind: type[1], size: type[1] == "U" ? 4 * size : size, isBigEndian: type[0] == ">",
      isFortranOrder: order.hasPrefix("True"), shape: shape, offset: start + length)
  }

  /// What follows a key of the header's dictionary.
  private static func value(of key: String, in text: String) -> Substring? {
    guard let found = text.firstRange(of: "'\(key)':") else { return nil }
    return text[found.upperBound...].drop { $0 == " " }
  }

  private static func converter(
    _ header: Header
  ) -> ((UnsafeRawBufferPointer, Int) -> Double)? {
    func load<Number: FixedWidthInteger>(_ type: Number.Type) -> (
      UnsafeRawBufferPointer, Int
    ) -> Number {
      let isBig = header.isBigEndian
      return { raw, offset in
        let stored = raw.loadUnaligned(fromByteOffset: offset, as: Number.self)
        return isBig ? Number(bigEndian: stored) : Number(littleEndian: stored)
      }
    }
    func whole<Number: FixedWidthInteger>(_ type: Number.Type) -> (
      UnsafeRawBufferPointer, Int
    ) -> Double {
      let load = load(type)
      return { Double(load($0, $1)) }
    }
    switch (header.kind, header.size) {
    case ("f", 8):
      let load = load(UInt64.self)
      return { Double(bitPattern: load($0, $1)) }
    case ("f", 4):
      let load = load(UInt32.self)
      return { Double(Float(bitPattern: load($0, $1))) }
    case ("i", 1): return whole(Int8.self)
    case ("i", 2): return whole(Int16.self)
    case ("i", 4): return whole(Int32.self)
    case ("i", 8): return whole(Int64.self)
    case ("u", 1), ("b", 1): return whole(UInt8.self)
    case ("u", 2): return whole(UInt16.self)
    case ("u", 4): return whole(UInt32.self)
    case ("u", 8): return whole(UInt64.self)
    default: return nil
    }
  }
}
