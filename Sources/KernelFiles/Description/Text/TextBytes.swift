import Foundation

/// Reading a text file of moderate size, whatever stands under its name.
package enum TextBytes {
  /// Largest file that is read, bytes.
  static let limit = 50_000_000

  /// The file's text; nil where the problem is in the collector.
  package static func read(path: String, into diagnostics: DiagnosticCollector) -> String? {
    switch bytes(path: path, limit: limit, what: "a description file") {
    case .success(let data):
      // Files of results are taken for descriptions more often than text is in another encoding.
      if data.count <= limit, String(validating: data, as: UTF8.self) == nil,
        let content = StoredContent(ofFile: path), content != .description
      {
        let (what, use) = content.inWords
        diagnostics.report("is \(what), not a description; \(use)", at: nil)
        return nil
      }
      return decode(data, into: diagnostics)
    case .failure(let problem):
      diagnostics.report(problem.message, at: nil)
      return nil
    }
  }

  /// Why a file cannot be read.
  package struct Problem: Error {
    package let message: String
  }

  /// The file's bytes, at most one more than the limit.
  static func bytes(path: String, limit: Int, what: String) -> Result<Data, Problem> {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return .failure(Problem(message: "there is no such file"))
    }
    guard !isDirectory.boolValue else {
      return .failure(Problem(message: "is a directory; \(what) is needed"))
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      return .failure(Problem(message: "cannot be opened; is it readable?"))
    }
    defer { try? handle.close() }
    var data = Data()
    do {
      while data.count <= limit,
        let piece = try handle.read(upToCount: limit + 1 - data.count), !piece.isEmpty
      {
        data.append(piece)
      }
    } catch {
      return .failure(Problem(message: "cannot be read: \(error.localizedDescription)"))
    }
    return .success(data)
  }

  /// The bytes of a table of at most 4 GB; nil where the problem is reported.
  package static func table(path: String, reportingTo field: Field) -> [UInt8]? {
    switch bytes(path: path, limit: 4_000_000_000, what: "a table") {
    case .success(let data): return Array(data)
    case .failure(let problem): return field.fail("\(path): \(problem.message)")
    }
  }

  /// Bytes as UTF-8 text.
  static func decode(_ data: Data, into diagnostics: DiagnosticCollector) -> String? {
    guard data.count <= limit else {
      diagnostics.report(
        "is larger than \(limit / 1_000_000) MB; keep morphologies and data in files of their own",
        at: nil)
      return nil
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      diagnostics.report(
        "is not UTF-8 text; save it as UTF-8", at: TextPlace(line: firstBadLine(data), column: 1))
      return nil
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  /// The line of the first byte that is not UTF-8.
  private static func firstBadLine(_ data: Data) -> Int {
    var decoder = UTF8()
    var bytes = data.makeIterator()
    var line = 1
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      if scalar == "\n" { line += 1 }
    }
    return line
  }
}
