import Foundation

/// What a file holds, as far as its beginning and its own words tell: for messages about files that are
/// not what is needed.
package enum StoredContent: Equatable, Sendable {
  case kernels, signals, sweep, spikes

  /// HDF5 that none of the formats above claims.
  case otherHDF5

  /// Arrays of NumPy, kernels among them.
  case numpy

  /// A picture, an archive or a program.
  case binary(String)

  /// A description of a network or a sweep, by its ending.
  case description

  /// Nil for what nothing tells, such as text without a known ending, and for what cannot be read.
  package init?(ofFile path: String) {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    let start = Array((try? handle.read(upToCount: 8)) ?? Data())
    if start.starts(with: [0x89, 0x48, 0x44, 0x46]) {
      self = Self.hdf5(path)
    } else if start.starts(with: [0x93, 0x4E, 0x55, 0x4D]) || Self.isArchiveOfArrays(start, path) {
      self = .numpy
    } else if let (_, name) = Self.signatures.first(where: { start.starts(with: $0.0) }) {
      self = .binary(name)
    } else if [".yaml", ".yml", ".json"].contains(where: path.lowercased().hasSuffix) {
      self = .description
    } else {
      return nil
    }
  }

  private static let signatures: [([UInt8], String)] = [
    ([0x89, 0x50, 0x4E, 0x47], "a picture"), ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
    ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"),
  ]

  private static func isArchiveOfArrays(_ start: [UInt8], _ path: String) -> Bool {
    start.starts(with: [0x50, 0x4B, 0x03, 0x04]) && path.lowercased().hasSuffix(".npz")
  }

  private static func hdf5(_ path: String) -> StoredContent {
    guard let file = try? HDF5File(reading: path) else { return .otherHDF5 }
    let format = (try? file.stringAttribute("format")) ?? ""
    let known: [StoredContent] = [.kernels, .signals, .sweep]
    if let own = known.first(where: { format == "LFPKernels \($0)" }) { return own }
    let spikes = try? SpikeFileFormat(contentsOf: file)
    return spikes == .sonata || spikes == .lfpy ? .spikes : .otherHDF5
  }

  /// What it is, and what it is good for.
  package var inWords: (what: String, use: String) {
    switch self {
    case .kernels:
      ("a file of kernels", "`lfpkernels plot` draws it, and `lfpkernels predict` takes it")
    case .signals:
      ("a file of signals", "`lfpkernels plot` draws it, and `lfpkernels compare` takes two")
    case .sweep:
      ("results of a sweep", "`lfpkernels plot` draws them, and `lfpkernels predict` may take them")
    case .spikes: ("a file of spikes", "`lfpkernels predict` takes it behind one of kernels")
    case .otherHDF5: ("an HDF5 file", "nothing here knows what it holds")
    case .numpy: ("a file of arrays (NumPy)", "kernels and binned activity may be such")
    case .binary(let what): (what, "nothing here reads it")
    case .description:
      (
        "a text, as descriptions of networks are",
        "`lfpkernels kernels` computes the kernels of one"
      )
    }
  }
}
