import Foundation
public import KernelFiles
import LFPKernels

/// What a sweep has stored: parameters, states of points, measures and kernels.
///
/// Points are counted from 0 as in the description. Numbers are read from the file when they are asked
/// for, so that files may be larger than memory.
public struct SweepResults: Sendable {
  /// One parameter of the sweep.
  public struct Parameter: Sendable, Equatable {
    public let name: String

    /// Empty for pure numbers.
    public let unit: String

    /// The numbers of the network that it sets.
    public let keyPaths: [String]

    /// The axis along which it varies; nil where it follows from others.
    public let axis: Int?
  }

  /// How a point has ended.
  public enum Status: UInt8, Sendable, Equatable {
    case absent = 0
    case complete = 1
    case failed = 2
  }

  /// A pathway X → Y at a probe, of which something is stored.
  public struct Pathway: Sendable, Hashable, CustomStringConvertible {
    public let pre: String
    public let post: String
    public let probe: String

    public var description: String { "\(pre)->\(post) at \(probe)" }
  }

  /// A file of results that is open, and its points.
  struct Part: Sendable {
    let file: HDF5File
    let points: Range<Int>
  }

  /// The files that hold them.
  public var files: [String] { parts.map(\.file.name) }

  /// What messages call the results.
  public let path: String
  public let parameters: [Parameter]

  /// The number of values along each axis; the last one is the fastest.
  public var axes: [Int] { layout.axes }
  public var pointCount: Int { layout.points }

  /// The probes of which something is stored.
  public let probes: [KernelFileContents.Probe]

  /// Pathways of which measures or kernels are stored.
  public let pathways: [Pathway]

  /// The description of the sweep, as it was given.
  public var description: String { layout.description }

  /// Cells of each population of the base network.
  public var populationSizes: [String: Int] { layout.populationSizes }

  let layout: ResultLayout
  let parts: [Part]

  /// Opens results.
  ///
  /// - Parameter path: a file of results or of a shard, or a directory: then its `results.h5`, or where
  ///   there is none its shards, of which some may be missing.
  /// - Throws: `StorageError` where a file cannot be read, `SweepError` where there is none.
  public init(path: String) throws {
    var isDirectory: ObjCBool = false
    var files = [path]
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      files = [path + "/results.h5"]
      if !FileManager.default.fileExists(atPath: files[0]) {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        guard names.contains(where: { $0.hasPrefix("shard-") }) else {
          throw SweepError(
            "\(path): holds no results of a sweep, neither results.h5 nor shards; give what was the "
              + "output of `lfpkernels sweep`")
        }
        files = try SweepMerge(directory: path).shards().present.map { path + "/" + $0.fileName }
      }
    }
    var layouts: [ResultLayout] = []
    var parts: [Part] = []
    for file in files {
      let (layout, points) = try ResultLayout.read(file)
      if let first = layouts.first, !first.agrees(with: layout) {
        throw SweepError("\(file): is of another sweep than \(files[0])")
      }
      layouts.append(layout)
      parts.append(Part(file: try HDF5File(reading: file), points: points))
    }
    self.path = path
    self.parts = parts
    layout = layouts[0]
    parameters = try Self.parameters(layout, parts[0].file)
    probes = layout.probes.map(\.contents)
    var found: [Pathway] = []
    for dataset in layout.datasets.dropFirst(ResultLayout.Column.results) {
      let names = dataset.path.suffix(3).map { $0 }
      let pathway = Pathway(pre: names[1], post: names[0], probe: names[2])
      if !found.contains(pathway) { found.append(pathway) }
    }
    pathways = found
  }

  /// Whether a file, or a directory, holds results of a sweep.
  public static func areThere(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return false
    }
    if isDirectory.boolValue { return true }
    guard let file = try? HDF5File(reading: path),
      let format = try? file.stringAttribute("format")
    else { return false }
    return format == ResultLayout.format
  }

  private static func parameters(
    _ layout: ResultLayout, _ file: HDF5File
  ) throws(StorageError) -> [Parameter] {
    let attributes = layout.datasets[ResultLayout.Column.parameters.rawValue].attributes
    func texts(_ key: String) -> [String] {
      if case .texts(let texts)? = attributes[key] { texts } else { [] }
    }
    let (units, keys) = (texts("units"), texts("key_paths"))
    guard units.count == layout.parameters.count, keys.count == units.count else {
      throw StorageError(
        .damaged, file: file.name, problem: "does not describe its parameters")
    }
    return layout.parameters.indices.map { index in
      Parameter(
        name: layout.parameters[index], unit: units[index],
        keyPaths: keys[index].isEmpty ? [] : keys[index].components(separatedBy: ", "),
        axis: layout.parameterAxes[index] < 0 ? nil : layout.parameterAxes[index])
    }
  }

  /// Rows of a dataset of numbers; zeros for points that no file has.
  func numbers(_ dataset: PointDataset, _ points: Range<Int>) throws(StorageError) -> [Double] {
    let width = dataset.shape.reduce(1, *)
    var result: [Double] = []
    result.reserveCapacity(width * points.count)
    var next = points.lowerBound
    for part in parts {
      let shared = part.points.clamped(to: points)
      guard !shared.isEmpty else { continue }
      result += repeatElement(0, count: (shared.lowerBound - next) * width)
      var (start, count) = ([Int](repeating: 0, count: dataset.shape.count + 1), dataset.shape)
      start[0] = shared.lowerBound - part.points.lowerBound
      count.insert(shared.count, at: 0)
      result += try part.file.readSlab(dataset.path, start: start, count: count)
      next = shared.upperBound
    }
    return result + repeatElement(0, count: (points.upperBound - next) * width)
  }

  func column(_ column: ResultLayout.Column) -> PointDataset { layout.datasets[column.rawValue] }

  /// - Throws: `SweepError` for a point that does not exist.
  func check(_ point: Int) throws(SweepError) {
    guard (0..<pointCount).contains(point) else {
      throw SweepError("\(path): has no point \(point); points are 0 ... \(pointCount - 1)")
    }
  }
}
