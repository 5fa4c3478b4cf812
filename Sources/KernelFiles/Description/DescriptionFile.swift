import Foundation
public import LFPKernels

/// A network description that was read from YAML or JSON: the network, and where its parts stand.
public struct DescriptionFile: Sendable {
  /// The file's name as messages give it.
  public let fileName: String

  /// The text as it was read.
  public let text: String
  public let network: Network

  /// What is odd, mostly in morphology files, and what was done about it; at most 100.
  public let warnings: [Diagnostic]

  /// Whether a parameter sweep stands beside the network, which reading leaves alone.
  public var hasSweep: Bool { root.entry("sweep") != nil }

  let root: DescriptionNode

  /// For each connection the index of its entry in the file's list.
  let connectionEntries: [Int]

  /// Reads a file.
  ///
  /// - Parameter path: the file; relative names within it are relative to its directory.
  /// - Throws: all problems of the file at once.
  public static func read(path: String) throws(DescriptionError) -> DescriptionFile {
    let diagnostics = DiagnosticCollector(file: path)
    guard let text = TextBytes.read(path: path, into: diagnostics) else { throw diagnostics.error }
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return try read(text: text, fileName: path, baseDirectory: directory)
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: YAML or JSON.
  ///   - fileName: what messages call it.
  ///   - baseDirectory: the directory that names of files in it are relative to.
  /// - Throws: all problems of the text at once.
  public static func read(
    text: String, fileName: String, baseDirectory: String = "."
  ) throws(DescriptionError) -> DescriptionFile {
    let diagnostics = DiagnosticCollector(file: fileName)
    guard let root = DescriptionText.read(text, into: diagnostics) else { throw diagnostics.error }
    return try read(root, text: text, baseDirectory: baseDirectory, into: diagnostics)
  }

  /// Reads a text that is parsed already.
  static func read(
    _ root: DescriptionNode, text: String, baseDirectory: String,
    into diagnostics: DiagnosticCollector
  ) throws(DescriptionError) -> DescriptionFile {
    let result = NetworkReader(baseDirectory: baseDirectory)
      .read(Field(root, path: "", diagnostics: diagnostics))
    guard let result, diagnostics.isEmpty else { throw diagnostics.error }
    return DescriptionFile(
      fileName: diagnostics.file, text: text, network: result.network,
      warnings: diagnostics.warnings, root: root,
      connectionEntries: result.entries)
  }

  /// An error of the network as a problem of this file, at the line of the part that it is about.
  public func diagnostic(for error: NetworkError) -> Diagnostic {
    var walk = NodeWalk(root)
    switch error.subject {
    case .settings: walk.enter("time")
    case .cell(let name): walk.enter("cells", name)
    case .population(let name): walk.enter("populations", name)
    case .probe(let name): walk.enter("probes", name)
    case .connection(let index):
      walk.enter("connections")
      if connectionEntries.indices.contains(index) { walk.enter(index: connectionEntries[index]) }
    }
    walk.enter(keyPath: error.key)
    return Diagnostic(
      file: fileName, line: walk.place.line, column: walk.place.column, path: walk.path,
      message: about(error.subject) + error.message)
  }

  /// Names the pair of populations where an entry of the file makes several connections.
  private func about(_ subject: NetworkError.Subject) -> String {
    guard case .connection(let index) = subject, connectionEntries.indices.contains(index),
      connectionEntries.filter({ $0 == connectionEntries[index] }).count > 1
    else { return "" }
    let connection = network.connections[index]
    return "from \(connection.pre) onto \(connection.post): "
  }
}
