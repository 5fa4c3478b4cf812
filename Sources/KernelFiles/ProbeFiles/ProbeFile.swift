import Foundation

/// The file formats in which probes are described.
public enum ProbeFileFormat: String, Sendable, Equatable, CaseIterable {
  /// JSON of probeinterface: one probe or several, in um, mm or m.
  case probeInterface = "probeinterface"

  /// YAML of MEAutility: positions, or a grid by its numbers of rows and columns and its pitch, um.
  case meautility

  /// A table with the columns x, y, z, as BMTK has them or with other columns; um.
  case table

  /// The format that files with this ending have; nil where none is known.
  public init?(fileName: String) {
    switch URL(fileURLWithPath: fileName).pathExtension.lowercased() {
    case "json": self = .probeInterface
    case "yaml", "yml": self = .meautility
    case "csv", "tsv", "txt", "dat": self = .table
    default: return nil
    }
  }
}

extension ProbeGeometry {
  /// Reads a probe file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - format: nil for that of the file's ending: `.json`, `.yaml` or `.yml`, `.csv`, `.tsv`, `.txt` or
  ///     `.dat`.
  ///   - plane: where contacts with two coordinates lie; by default the second one is z. MEAutility's
  ///     files say it themselves.
  /// - Throws: all problems of the file at once.
  public static func read(
    path: String, format: ProbeFileFormat? = nil, plane: ProbePlane = .xz
  ) throws(DescriptionError) -> ProbeGeometry {
    let diagnostics = DiagnosticCollector(file: path)
    guard let format = format ?? ProbeFileFormat(fileName: path) else {
      diagnostics.report(
        "has an ending that tells no format; probe files end in .json (probeinterface), .yaml "
          + "(MEAutility) or .csv (a table of x, y and z)", at: nil)
      throw diagnostics.error
    }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    {
      diagnostics.report("is a directory; a probe file is needed", at: nil)
      throw diagnostics.error
    }
    guard let text = TextBytes.read(path: path, into: diagnostics) else { throw diagnostics.error }
    return try read(text: text, fileName: path, format: format, plane: plane)
  }

  /// Reads the text of a probe file.
  ///
  /// - Parameter fileName: what messages call it.
  /// - Throws: all problems of the text at once.
  public static func read(
    text: String, fileName: String, format: ProbeFileFormat, plane: ProbePlane = .xz
  ) throws(DescriptionError) -> ProbeGeometry {
    let problems = DiagnosticCollector(file: fileName)
    let warnings = DiagnosticCollector(file: fileName)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
    guard !lines.allSatisfy({ $0.isEmpty || ($0.first == "#" && format != .table) }) else {
      problems.report("is empty; a probe is needed", at: nil)
      throw problems.error
    }
    let probe: ProbeGeometry?
    switch format {
    case .table:
      probe = ContactTableReader(problems: problems, warnings: warnings, plane: plane).read(text)
    case .probeInterface, .meautility:
      let root = DescriptionText.read(text, into: problems)
      let map = root.map { Field($0, path: "", diagnostics: problems) }
        .flatMap { ForeignMap($0, warnings: warnings) }
      probe =
        format == .probeInterface
        ? map.flatMap { ProbeInterfaceReader(root: $0, plane: plane).read() }
        : map.flatMap { MEAutilityReader(map: $0).read() }
    }
    guard var probe, problems.isEmpty else { throw problems.error }
    probe.warn(aboutCoincidingContacts: warnings)
    probe.warnings = warnings.error.diagnostics
    return probe
  }

  /// Contacts at one place are possible, on two sides of a shank, but more likely a mistake.
  private func warn(aboutCoincidingContacts warnings: DiagnosticCollector) {
    var first: [SIMD3<Double>: Int] = [:]
    for (index, contact) in contacts.enumerated() {
      if let other = first[contact] {
        let facesAway = normals.map { $0[other] != $0[index] } ?? false
        if !facesAway {
          warnings.report(
            "the contacts '\(names[other])' and '\(names[index])' are at the same place", at: nil)
        }
      } else {
        first[contact] = index
      }
    }
  }
}
