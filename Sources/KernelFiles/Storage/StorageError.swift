/// Why a file could not be written or read: which file, which object in it, what went wrong and
/// what would be right.
public struct StorageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  public enum Kind: Sendable, Equatable {
    // Places in the file system.
    case fileExists, missingFile, isDirectory, notRegularFile, missingDirectory, notWritable
    case notReadable, noSpace, systemFailure
    // What a file holds.
    case emptyFile, wrongFormat, newerVersion, damaged, missingObject, wrongType, wrongShape
    case tooLarge
    // What a caller wants to store.
    case invalidName, invalidValue, duplicate, unknownEnding
    /// A storage library failed in a way that has no better name.
    case libraryFailure
  }

  public let kind: Kind

  /// The file as the caller named it.
  public let file: String

  /// The object inside the file, such as `/kernels/E/I/lfp`; nil when the whole file is meant.
  public let object: String?

  /// What is wrong.
  public let problem: String

  /// What would be right, or what to do; nil where nothing can be said.
  public let remedy: String?

  public init(
    _ kind: Kind, file: String, object: String? = nil, problem: String, remedy: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.object = object
    self.problem = problem
    self.remedy = remedy
  }

  /// One line: file, object, problem, remedy.
  public var description: String {
    [file, object].compactMap { $0 }.joined(separator: ": ") + ": " + problem
      + (remedy.map { "; " + $0 } ?? "")
  }
}
