import Foundation
import Testing

/// A folder in which what documents show is done from top to bottom.
final class Workshop {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Saves descriptions that begin with the name of a file, and runs commands.
  func follow(_ documents: [Document]) throws {
    for document in documents {
      for block in document.blocks {
        switch block.language {
        case "yaml":
          guard let name = block.fileName else { continue }
          #expect(try !files().contains(name), "\(document.path):\(block.line): \(name) is there")
          try Data(block.code.utf8).write(to: folder.appendingPathComponent(name))
        case "sh":
          for command in Self.commands(block.code) { try run(command, of: document) }
        default: continue
        }
      }
    }
  }

  /// Lines, those that end in a backslash with the next one.
  private static func commands(_ code: String) -> [String] {
    code.replacing(/\\\n\s*/, with: " ").split(separator: "\n").map(String.init)
  }

  private func run(_ command: String, of document: Document) throws {
    let place = "\(document.path): \(command)"
    guard let first = command.split(separator: " ").first, first == "lfpkernels" else {
      try prepare(command, place)
      return
    }
    let before = try files()
    let run = try Run(
      URL(fileURLWithPath: "/bin/sh"),
      ["-c", "PATH=\"$0:$PATH\"; \(command)", Project.products.path], in: folder)
    #expect(run.status == 0, "\(place): \(run.errors)")
    #expect(!run.errors.lowercased().contains("warning"), "\(place): \(run.errors)")
    #expect(!run.errors.lowercased().contains("error"), "\(place): \(run.errors)")
    // A name that the command does not have, such as that behind an unquoted ->, is a stray file.
    let isExample = command.hasPrefix("lfpkernels init")
    for name in try files().subtracting(before) {
      #expect(
        isExample || command.split(separator: " ").contains { $0 == name },
        "\(place): wrote \(name)")
    }
  }

  /// What is done once, before the tool is there.
  private func prepare(_ command: String, _ place: String) throws {
    let word = String(command.prefix { $0 != " " })
    if word.hasPrefix("Scripts/") {
      #expect(
        FileManager.default.isExecutableFile(
          atPath: Project.folder.appendingPathComponent(word).path), "\(place)")
    } else {
      let known = ["swift build -c release", "git clone ", "cd ", "export PATH="]
      #expect(known.contains { command.hasPrefix($0) }, "\(place): an unknown command")
    }
  }

  private func files() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }
}
