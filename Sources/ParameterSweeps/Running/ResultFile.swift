import Foundation
import KernelFiles

/// A file of results that is open: some of a sweep's points in a row.
struct ResultFile: Sendable {
  let file: PointFile
  let layout: ResultLayout

  /// The points that it holds.
  let points: Range<Int>

  /// Opens a file of results of the same sweep, or creates it.
  ///
  /// - Parameter values: appends the values of the parameters at a point.
  /// - Throws: `SweepError` naming what changed where the file is of another sweep.
  static func open(
    _ path: String, _ layout: ResultLayout, points: Range<Int>,
    values: (Int, inout [Double]) -> Void
  ) throws -> ResultFile {
    let head = try layout.head(for: path, points: points)
    if FileManager.default.fileExists(atPath: path) {
      if let file = try PointFile.open(path, head) {
        return ResultFile(file: file, layout: layout, points: points)
      }
      let (stored, range) = try ResultLayout.read(path)
      guard stored.agrees(with: layout), range == points else {
        throw Self.difference(path, layout, points, from: (stored, range))
      }
      return try open(path)
    }
    let file = try PointFile.create(path, head) { (file) throws(StorageError) in
      let block = 1 << 14
      var table: [Double] = []
      for start in stride(from: points.lowerBound, to: points.upperBound, by: block) {
        table.removeAll(keepingCapacity: true)
        for point in start..<min(start + block, points.upperBound) { values(point, &table) }
        try table.withUnsafeBufferPointer { (buffer) throws(StorageError) in
          try file.write(
            UnsafeRawBufferPointer(buffer), dataset: ResultLayout.Column.parameters.rawValue,
            point: start - points.lowerBound)
        }
      }
    }
    return ResultFile(file: file, layout: layout, points: points)
  }

  /// Opens a file by what it says itself.
  static func open(_ path: String) throws(StorageError) -> ResultFile {
    let (layout, points) = try ResultLayout.read(path)
    guard let file = try PointFile.open(path, layout.head(for: path, points: points)) else {
      throw StorageError(
        .damaged, file: path,
        problem: "is damaged, was changed by another program, or only refers to shards",
        remedy: "where shards are merged compute those again, else remove it and compute it again")
    }
    return ResultFile(file: file, layout: layout, points: points)
  }

  /// Why a file is not of a sweep.
  private static func difference(
    _ path: String, _ layout: ResultLayout, _ points: Range<Int>,
    from other: (layout: ResultLayout, points: Range<Int>)
  ) -> SweepError {
    let (stored, range) = other
    var changes = SweepIdentity.changes(from: stored.lines, to: layout.lines)
    if stored.programVersion != layout.programVersion {
      changes.append(
        "the program's version was \(stored.programVersion), is \(layout.programVersion)")
    }
    if changes.isEmpty, range != points {
      changes.append("it holds points \(range), not \(points)")
    }
    if changes.isEmpty, stored.datasets != layout.datasets {
      changes.append("what is stored has other shapes or units")
    }
    if changes.isEmpty { changes.append("what is stored beside the results") }
    return SweepError(
      "\(path): holds results of another sweep; changed: " + changes.joined(separator: "; ")
        + "; give another directory, or remove the file to begin again")
  }

  /// The points that are not complete: absent ones, and those whose checksum does not match.
  ///
  /// - Parameter visit: called for each failed point that is stored soundly, with its message.
  func missing(visitFailed visit: (Int, String) -> Void = { _, _ in }) throws(StorageError) -> [Int]
  {
    var result: [Int] = []
    let size = layout.datasets.map(\.bytes).reduce(0, +)
    let block = max(1, min(4096, (8 << 20) / max(1, size)))
    for start in stride(from: 0, to: points.count, by: block) {
      let range = start..<min(start + block, points.count)
      let status = try read(.status, range)
      guard status.contains(where: { $0 != 0 }) else {
        result += range.map { $0 + points.lowerBound }
        continue
      }
      try check(range, status, &result, visit)
    }
    return result
  }

  private func check(
    _ range: Range<Int>, _ status: [UInt8], _ missing: inout [Int],
    _ visit: (Int, String) -> Void
  ) throws(StorageError) {
    let messages = try read(.message, range)
    let identities = try read(.identity, range)
    let checksums = try read(.checksum, range)
    var data: [[UInt8]] = []
    for index in ResultLayout.Column.results..<layout.datasets.count {
      data.append(try file.read(dataset: index, points: range))
    }
    for index in 0..<range.count {
      let sum = part(messages, index, of: range) { message in
        part(identities, index, of: range) { identity in
          var sum = PointChecksum(status: status[index], message: message, identity: identity)
          for bytes in data { part(bytes, index, of: range) { sum.add($0) } }
          return sum.value
        }
      }
      let stored = checksums.withUnsafeBytes {
        UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
      let point = points.lowerBound + range.lowerBound + index
      if stored != sum || PointRecord.Status(rawValue: status[index]) ?? .absent == .absent {
        missing.append(point)
      } else if status[index] == PointRecord.Status.failed.rawValue {
        part(messages, index, of: range) { bytes in
          visit(point, String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self))
        }
      }
    }
  }

  /// The number of points that are complete or failed, as the file says.
  func countWritten() throws(StorageError) -> Int {
    var count = 0
    for start in stride(from: 0, to: points.count, by: 1 << 20) {
      let status = try read(.status, start..<min(start + (1 << 20), points.count))
      for value in status where value != PointRecord.Status.absent.rawValue { count += 1 }
    }
    return count
  }

  func read(
    _ column: ResultLayout.Column, _ range: Range<Int>
  ) throws(StorageError) -> [UInt8] {
    try file.read(dataset: column.rawValue, points: range)
  }

  private func part<Result>(
    _ bytes: [UInt8], _ index: Int, of range: Range<Int>,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let size = bytes.count / range.count
    return bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[index * size..<(index + 1) * size]))
    }
  }
}
