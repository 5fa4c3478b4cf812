import Foundation
import KernelFiles

/// Joins the files of shards in a directory to one.
public struct SweepMerge: Sendable {
  public let directory: String

  public init(directory: String) { self.directory = directory }

  /// Where the joined results go.
  public var path: String { directory + "/results.h5" }

  /// What has been joined.
  public struct Summary: Sendable {
    public var path: String
    public var shards: Int
    public var points: Int

    /// Points that no shard has; none unless they were allowed to be missing.
    public var missing: Int

    /// What is missing, a line for each shard that has gaps and one for those that have no file.
    public var gaps: [String]
    public var failed: Int
    public var failures: [SweepRun.Failure]
  }

  /// Joins all shards.
  ///
  /// - Parameters:
  ///   - virtual: the result refers to the shards' files instead of holding their numbers.
  ///   - partial: missing shards and points are left absent.
  ///   - overwrite: whether a result that exists is replaced.
  /// - Throws: `SweepError` where shards are missing, not complete, being computed, or of different
  ///   sweeps; `StorageError` where files cannot be read or written.
  public func run(
    virtual: Bool = false, partial: Bool = false, overwrite: Bool = false
  ) throws -> Summary {
    if !overwrite, FileManager.default.fileExists(atPath: path) {
      throw SweepError("\(path): exists already; replace it with --force")
    }
    let shards = try shards()
    guard let lock = try FileLock(directory + "/.results.h5.lock") else {
      throw SweepError("\(path): another process is writing it")
    }
    var files: [ResultFile] = []
    var failures = Failures()
    var problems: [String] = []
    var absent = 0
    for shard in shards.present {
      let file = try open(shard, like: files.first)
      let missing = try file.missing { failures.add($0, $1) }
      if !missing.isEmpty {
        problems.append(
          "\(shard.fileName) lacks \(missing.count) of \(file.points.count) points, "
            + "\(Self.listed(missing))")
      }
      absent += missing.count
      files.append(file)
    }
    guard let layout = files.first?.layout else { throw none }
    // Where there are more shards than points, the last have no file.
    let lost = shards.missing.filter { !$0.points(of: layout.points).isEmpty }
    if let count = lost.first?.count {
      let numbers = Self.listed(lost.map(\.number))
      problems.insert("no files of shards \(numbers) of \(count)", at: 0)
    }
    absent += lost.reduce(0) { $0 + $1.points(of: layout.points).count }
    if !problems.isEmpty, !partial {
      throw SweepError(
        "\(directory): not all is there: " + problems.joined(separator: "; ")
          + "; compute these shards again, or join the rest with --partial")
    }
    if virtual { try link(files, layout) } else { try copy(files, layout) }
    withExtendedLifetime(lock) {}
    return Summary(
      path: path, shards: files.count, points: layout.points, missing: absent, gaps: problems,
      failed: failures.count, failures: failures.sorted)
  }

  private var none: SweepError {
    SweepError(
      "\(directory): has no shards, that is, no files such as shard-1-of-64.h5; "
        + "give the directory that was the output of `lfpkernels sweep --shard`")
  }

  /// Files of more shards than this are no shards: a list of those that are missing would not end.
  private static let shardLimit = 10_000_000

  /// The shards of which there are files, and those of which there are none.
  func shards() throws -> (present: [SweepShard], missing: [SweepShard]) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory),
      isDirectory.boolValue
    else {
      let isFile = FileManager.default.fileExists(atPath: directory)
      throw SweepError(
        "\(directory): "
          + (isFile
            ? "is a file; the directory of the shards is needed" : "there is no such directory"))
    }
    var found: [Int: Set<Int>] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
      guard name.hasPrefix("shard-"), name.hasSuffix(".h5") else { continue }
      let parts = name.dropFirst("shard-".count).dropLast(".h5".count).components(
        separatedBy: "-of-")
      guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
        let shard = try? SweepShard(number, of: count), shard.fileName == name,
        count <= Self.shardLimit
      else { continue }
      found[count, default: []].insert(number)
    }
    guard let (count, numbers) = found.first else { throw none }
    guard found.count == 1 else {
      let counts = listing(found.keys.sorted().map { "\($0)" }, last: "and")
      throw SweepError(
        "\(directory): holds shards of divisions into \(counts) parts; remove those of all but one")
    }
    let all = try (1...count).map { try SweepShard($0, of: count) }
    return (all.filter { numbers.contains($0.number) }, all.filter { !numbers.contains($0.number) })
  }

  private func open(_ shard: SweepShard, like first: ResultFile?) throws -> ResultFile {
    let path = directory + "/" + shard.fileName
    guard let lock = try FileLock(directory + "/." + shard.fileName + ".lock") else {
      throw SweepError("\(path): is being computed; wait until that has ended")
    }
    defer { withExtendedLifetime(lock) {} }
    let file = try ResultFile.open(path)
    guard file.points == shard.points(of: file.layout.points) else {
      throw SweepError("\(path): holds other points than its name says")
    }
    guard let first, !first.layout.agrees(with: file.layout) else { return file }
    let changes = SweepIdentity.changes(from: first.layout.lines, to: file.layout.lines)
    let reason = changes.isEmpty ? "version or shapes" : changes.joined(separator: "; ")
    throw SweepError(
      "\(path): is of another sweep than \(first.file.path); different: \(reason)")
  }

  /// A few numbers, as ranges.
  private static func listed(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let texts = ranges.prefix(5).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    return texts.joined(separator: ", ") + (ranges.count > 5 ? ", ..." : "")
  }

  /// Copies all rows; the file is that of a run without shards.
  private func copy(_ files: [ResultFile], _ layout: ResultLayout) throws {
    let head = try layout.head(for: path, points: 0..<layout.points)
    _ = try PointFile.create(path, head) { (target) throws(StorageError) in
      for file in files {
        for (index, dataset) in layout.datasets.enumerated() {
          let block = max(1, (4 << 20) / max(1, dataset.bytes))
          for start in stride(from: 0, to: file.points.count, by: block) {
            let bytes = try file.file.read(
              dataset: index, points: start..<min(start + block, file.points.count))
            try bytes.withUnsafeBufferPointer { (buffer) throws(StorageError) in
              try target.write(
                UnsafeRawBufferPointer(buffer), dataset: index,
                point: file.points.lowerBound + start)
            }
          }
        }
      }
    }
  }

  /// Writes virtual datasets, which refer to the shards' files beside them.
  private func link(_ files: [ResultFile], _ layout: ResultLayout) throws {
    let sources = files.map { file in
      (
        name: file.file.path.split(separator: "/").last.map { String($0) } ?? "",
        points: file.points
      )
    }
    let file = try HDF5File(inMemoryFor: path, newFormat: true)
    try layout.writeExtras(to: file, points: 0..<layout.points, for: path)
    for dataset in layout.datasets {
      try file.createVirtual(dataset, points: layout.points, sources: sources)
    }
    try file.write(to: path, overwrite: true)
  }
}
