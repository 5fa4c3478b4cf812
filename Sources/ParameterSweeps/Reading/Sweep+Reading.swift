import Foundation
import KernelFiles

extension Sweep {
  /// Reads the description of a sweep: a network's description with the key `sweep`, or a file with
  /// `sweep` and the name of a network's description as `base`.
  ///
  /// - Throws: all problems of the file at once.
  public static func read(path: String) throws(DescriptionError) -> Sweep {
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
  ) throws(DescriptionError) -> Sweep {
    let diagnostics = DiagnosticCollector(file: fileName)
    guard let root = DescriptionText.read(text, into: diagnostics) else { throw diagnostics.error }
    let template: NetworkTemplate
    if let base = root.entry("base") {
      let field = Field(
        base.value, path: "base", keyPlace: base.keyPlace, diagnostics: diagnostics)
      _ = Field(root, path: "", diagnostics: diagnostics).mapping(["base", "sweep"])
      guard let name = field.text("the name of a network's description") else {
        throw diagnostics.error
      }
      template = try readBase(name, field, baseDirectory)
    } else {
      template = try NetworkTemplate(
        root, text: text, fileName: fileName, baseDirectory: baseDirectory)
    }
    guard let entry = root.entry("sweep") else {
      diagnostics.report(
        "has no key sweep; give the parameters that vary, as in sweep: {parameters: {...}}",
        at: nil)
      throw diagnostics.error
    }
    let field = Field(
      entry.value, path: "sweep", keyPlace: entry.keyPlace, diagnostics: diagnostics)
    var reader = SweepReader(template, diagnostics, baseDirectory: baseDirectory)
    guard let sweep = reader.read(field), diagnostics.isEmpty else { throw diagnostics.error }
    return sweep
  }

  private static func readBase(
    _ name: String, _ field: Field, _ directory: String
  ) throws(DescriptionError) -> NetworkTemplate {
    let path =
      name.hasPrefix("/")
      ? name : URL(fileURLWithPath: directory).appendingPathComponent(name).path
    let diagnostics = DiagnosticCollector(file: path)
    guard let text = TextBytes.read(path: path, into: diagnostics),
      let root = DescriptionText.read(text, into: diagnostics)
    else { throw diagnostics.error }
    return try NetworkTemplate(
      root, text: text, fileName: path,
      baseDirectory: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }
}
