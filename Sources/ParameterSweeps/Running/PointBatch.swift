import KernelFiles

/// Points that were computed and are not yet written, with room for a fixed number of them.
struct PointBatch {
  let capacity: Int
  private(set) var records: [PointRecord] = []

  /// For each dataset of results the values of the points, one after the other.
  private var results: [[Double]]

  /// Numbers of one point in each dataset of results.
  private let widths: [Int]

  init(_ layout: ResultLayout, capacity: Int) {
    let datasets = layout.datasets.dropFirst(ResultLayout.Column.results)
    widths = datasets.map { $0.bytes / 8 }
    self.capacity = capacity
    results = widths.map { width in
      var values: [Double] = []
      values.reserveCapacity(width * capacity)
      return values
    }
    records.reserveCapacity(capacity)
  }

  var isFull: Bool { records.count >= capacity }
  var isEmpty: Bool { records.isEmpty }

  /// Adds a point; a failed one has zeros.
  ///
  /// - Parameter fill: appends the values of one dataset of results.
  mutating func append(_ record: PointRecord, _ fill: (Int, inout [Double]) -> Void) {
    for index in results.indices {
      if record.status == .complete {
        fill(index, &results[index])
      } else {
        results[index].append(contentsOf: repeatElement(0, count: widths[index]))
      }
    }
    records.append(record)
  }

  mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    for index in results.indices { results[index].removeAll(keepingCapacity: true) }
  }

  /// Writes all points: first what they are, then that they are complete.
  func write(to file: PointFile, first: Int) throws(StorageError) {
    let runs = consecutiveRuns()
    let columns = ResultLayout.Column.results
    for (index, width) in widths.enumerated() {
      try results[index].withUnsafeBufferPointer { (values) throws(StorageError) in
        let bytes = UnsafeRawBufferPointer(values)
        for run in runs {
          let part = bytes[run.lowerBound * width * 8..<run.upperBound * width * 8]
          try file.write(
            UnsafeRawBufferPointer(rebasing: part), dataset: columns + index,
            point: records[run.lowerBound].point - first)
        }
      }
    }
    for run in runs {
      let start = records[run.lowerBound].point - first
      var (status, message, identity, checksum) = ([UInt8](), [UInt8](), [UInt8](), [UInt8]())
      for index in run {
        let record = records[index]
        var filled = record.message
        filled += repeatElement(0, count: ResultLayout.messageBytes - filled.count)
        status.append(record.status.rawValue)
        identity += record.identity
        let sum = self.checksum(index, message: filled)
        message += filled
        for byte in 0..<8 { checksum.append(UInt8(truncatingIfNeeded: sum >> UInt64(8 * byte))) }
      }
      let columns: [(ResultLayout.Column, [UInt8])] = [
        (.message, message), (.identity, identity), (.checksum, checksum), (.status, status),
      ]
      for (column, bytes) in columns {
        try bytes.withUnsafeBufferPointer { (buffer) throws(StorageError) in
          try file.write(
            UnsafeRawBufferPointer(buffer), dataset: column.rawValue, point: start)
        }
      }
    }
  }

  private func checksum(_ index: Int, message: [UInt8]) -> UInt64 {
    let record = records[index]
    return message.withUnsafeBytes { message in
      record.identity.withUnsafeBytes { identity in
        var sum = PointChecksum(
          status: record.status.rawValue, message: message, identity: identity)
        for (values, width) in zip(results, widths) {
          values.withUnsafeBytes { bytes in
            sum.add(
              UnsafeRawBufferPointer(
                rebasing: bytes[index * width * 8..<(index + 1) * width * 8]))
          }
        }
        return sum.value
      }
    }
  }

  /// Ranges of records whose points follow each other.
  private func consecutiveRuns() -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in records.indices {
      if let last = runs.last, records[index].point == records[index - 1].point + 1 {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}
