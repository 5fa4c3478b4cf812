/// One problem of a description file: where it stands, what is wrong and what would be right.
public struct Diagnostic: Sendable, Equatable, CustomStringConvertible {
  /// The file's name as it was given.
  public let file: String

  /// From 1; nil when the problem is the file as a whole.
  public let line: Int?

  /// From 1, counted in Unicode characters.
  public let column: Int?

  /// The path of keys, such as `connections[2].synapse.exp2.tau1`; empty for the whole file.
  public let path: String

  /// What is wrong and what is allowed.
  public let message: String

  public init(file: String, line: Int?, column: Int?, path: String, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.message = message
  }

  /// `net.yaml:12: connections[0].probability: 1.5 is not a probability; ...`
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return path.isEmpty ? "\(place): \(message)" : "\(place): \(path): \(message)"
  }
}

/// All problems of a description file.
public struct DescriptionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The problems in the order of their lines; at most `limit` of them.
  public let diagnostics: [Diagnostic]

  /// How many problems there are beyond those that are listed.
  public let omitted: Int

  /// How many problems an error lists.
  public static let limit = 100

  public init(_ diagnostics: [Diagnostic], omitted: Int = 0) {
    self.diagnostics = diagnostics
    self.omitted = omitted
  }

  /// One problem per line.
  public var description: String {
    var lines = diagnostics.map(\.description)
    if omitted > 0 { lines.append("and \(omitted) more problem\(omitted == 1 ? "" : "s")") }
    return lines.joined(separator: "\n")
  }
}

/// A place in a text.
package struct TextPlace: Sendable, Equatable {
  /// From 1.
  package var line: Int

  /// From 1, in Unicode characters.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Gathers the problems of one file while it is read.
package final class DiagnosticCollector {
  package let file: String
  private var diagnostics: [Diagnostic] = []
  private var omitted = 0

  /// What is odd, but kept nothing from being read.
  package private(set) var warnings: [Diagnostic] = []

  /// What each key path that is read as a number measures; nil where nobody asked.
  package private(set) var numbers: [String: Dimension]?

  /// - Parameter recordsNumbers: whether key paths of numbers are kept in `numbers`.
  package init(file: String, recordsNumbers: Bool = false) {
    self.file = file
    numbers = recordsNumbers ? [:] : nil
  }

  func record(_ dimension: Dimension, at path: String) { numbers?[path] = dimension }

  package var isEmpty: Bool { diagnostics.isEmpty }

  package func report(_ message: String, path: String = "", at place: TextPlace?) {
    guard diagnostics.count < DescriptionError.limit else {
      omitted += 1
      return
    }
    let diagnostic = Diagnostic(
      file: file, line: place?.line, column: place?.column, path: Self.printable(path),
      message: Self.printable(message))
    // An alias may bring the same problem to several places: once is enough.
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  package func warn(_ message: String, path: String, at place: TextPlace?) {
    guard warnings.count < DescriptionError.limit else { return }
    warnings.append(
      Diagnostic(
        file: file, line: place?.line, column: place?.column, path: Self.printable(path),
        message: Self.printable(message)))
  }

  /// A text without the control characters that names and values may hold, on one line.
  private static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      let isSeparator = scalar == "\u{2028}" || scalar == "\u{2029}"
      result.unicodeScalars.append(isControl || isSeparator ? "\u{FFFD}" : scalar)
    }
    return result
  }

  /// All problems as an error, in the order of their places.
  package var error: DescriptionError {
    let order = diagnostics.indices.sorted { a, b in
      let (p, q) = (diagnostics[a], diagnostics[b])
      return (p.line ?? 0, p.column ?? 0, a) < (q.line ?? 0, q.column ?? 0, b)
    }
    return DescriptionError(order.map { diagnostics[$0] }, omitted: omitted)
  }
}
