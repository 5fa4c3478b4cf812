import KernelFiles
import LFPKernels

extension SweepResults {
  /// The values of all parameters at a point, in documented units.
  public func values(ofPoint point: Int) throws -> [Double] {
    try check(point)
    return try table(point..<point + 1)
  }

  /// The values of a parameter at all points.
  public func values(of parameter: String) throws -> [Double] {
    let index = try self.index(of: parameter)
    let block = 1 << 16
    var result: [Double] = []
    result.reserveCapacity(pointCount)
    for start in stride(from: 0, to: pointCount, by: block) {
      let rows = try table(start..<min(start + block, pointCount))
      for at in stride(from: index, to: rows.count, by: parameters.count) {
        result.append(rows[at])
      }
    }
    return result
  }

  /// The values of a parameter along its axis, in the order of points.
  ///
  /// - Throws: `SweepError` for a parameter that follows from others.
  public func levels(of parameter: String) throws -> [Double] {
    let index = try self.index(of: parameter)
    guard let axis = parameters[index].axis else {
      throw SweepError(
        "\(path): '\(parameter)' follows from other parameters and has no values of its own")
    }
    return try (0..<axes[axis]).map { position in
      var positions = [Int](repeating: 0, count: axes.count)
      positions[axis] = position
      let point = self.point(at: positions)
      return try table(point..<point + 1)[index]
    }
  }

  /// The point at a position along each axis.
  public func point(at positions: [Int]) -> Int {
    zip(axes, positions).reduce(0) { $0 * $1.0 + $1.1 }
  }

  /// The points at which parameters have these values, up to a billionth of them.
  ///
  /// - Throws: `SweepError` for unknown parameters, `StorageError` where the file cannot be read.
  public func points(where values: [String: Double]) throws -> [Int] {
    let wanted = try values.map { (index: try index(of: $0.key), value: $0.value) }
    let block = 1 << 16
    var result: [Int] = []
    for start in stride(from: 0, to: pointCount, by: block) {
      let range = start..<min(start + block, pointCount)
      let rows = try table(range)
      for point in range {
        let row = (point - start) * parameters.count
        if wanted.allSatisfy({ isClose(rows[row + $0.index], $0.value) }) { result.append(point) }
      }
    }
    return result
  }

  /// The only point at which parameters have these values.
  ///
  /// - Throws: `SweepError` where there is none, or several.
  public func point(where values: [String: Double]) throws -> Int {
    let found = try points(where: values)
    guard found.count == 1 else {
      let text = values.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        .joined(separator: ", ")
      throw SweepError(
        found.isEmpty
          ? "\(path): has no point with \(text)"
          : "\(path): has \(found.count) points with \(text); give values of more parameters")
    }
    return found[0]
  }

  /// How a point has ended, as the file says; a run that goes on checks that it is true.
  public func status(ofPoint point: Int) throws -> Status {
    try check(point)
    return try statuses(point..<point + 1)[0]
  }

  /// How points have ended.
  public func statuses(_ points: Range<Int>) throws(StorageError) -> [Status] {
    try numbers(column(.status), points).map { Status(rawValue: UInt8($0)) ?? .absent }
  }

  /// The first point that is complete; nil where there is none.
  public func firstComplete() throws(StorageError) -> Int? {
    let block = 1 << 16
    for start in stride(from: 0, to: pointCount, by: block) {
      let statuses = try statuses(start..<min(start + block, pointCount))
      if let index = statuses.firstIndex(of: .complete) { return start + index }
    }
    return nil
  }

  /// The SHA-256 digest of the canonical description of a point's network, hexadecimal; empty for a point
  /// that is missing.
  public func identity(ofPoint point: Int) throws -> String {
    try check(point)
    let digits = Array("0123456789abcdef")
    return String(
      try bytes(.identity, ofPoint: point).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private func bytes(
    _ column: ResultLayout.Column, ofPoint point: Int
  ) throws(StorageError) -> [UInt8] {
    guard let part = parts.first(where: { $0.points.contains(point) }) else { return [] }
    let row = point - part.points.lowerBound
    return try part.file.readBytes(self.column(column).path, rows: row..<row + 1)
  }

  /// Why a point has failed; nil where it has not.
  public func failure(ofPoint point: Int) throws -> String? {
    guard try status(ofPoint: point) == .failed else { return nil }
    let bytes = try bytes(.message, ofPoint: point)
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The place of a parameter among `parameters`.
  ///
  /// - Throws: `SweepError` that names the nearest one.
  public func index(of parameter: String) throws(SweepError) -> Int {
    if let index = parameters.firstIndex(where: { $0.name == parameter }) { return index }
    throw SweepError(
      "\(path): has no parameter '\(parameter)'"
        + advice(for: parameter, among: parameters.map(\.name)))
  }

  private func table(_ points: Range<Int>) throws(StorageError) -> [Double] {
    try numbers(column(.parameters), points)
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }
}
