import Foundation
import KernelEngine
import KernelFiles
import ParameterSweeps
import Testing

@testable import CommandLineTool

/// What README and articles show compiles or runs.
@Suite struct DocumentTests {
  @Test func readmeBeginsWithTheSmallestExample() throws {
    let first = try #require(Document(path: "README.md").blocks.first)
    #expect(first.language == "swift")
    #expect(first.code == (try Project.text("Examples/StickNeuron/StickNeuron.swift")))
  }

  @Test func thereAreArticles() throws {
    #expect(try Document.all.get().count == 13)
  }

  /// Examples are targets of the package, so that what is equal to one compiles.
  @Test func swiftIsThatOfExamples() throws {
    let examples = try Project.files(in: "Examples", suffix: ".swift").map { try Project.text($0) }
    for document in try Document.all.get() {
      for block in document.blocks("swift") {
        #expect(
          examples.contains(block.code), "\(document.path):\(block.line) is no example's text")
      }
    }
  }

  /// A description, or some parts of one that are put in place of those of the tool's example.
  @Test func descriptionsAreComplete() throws {
    for document in try Document.all.get() {
      for block in document.blocks("yaml") where block.fileName == nil {
        var parts = topLevel(ExampleDescription.readme.text)
        let own = topLevel(block.code)
        if let sweep = own.first(where: { $0.name == "sweep" }) {
          let text = ExampleDescription.readme.text + "\n" + sweep.text
          #expect(try Sweep.read(text: text, fileName: document.path).pointCount > 1)
          continue
        }
        #expect(own.allSatisfy { name, _ in parts.contains { $0.name == name } })
        for i in parts.indices {
          if let part = own.first(where: { $0.name == parts[i].name }) { parts[i] = part }
        }
        let isComplete = own.count == parts.count
        let text = isComplete ? block.code : parts.map(\.text).joined()
        let file = try DescriptionFile.read(
          text: text, fileName: "\(document.path):\(block.line)")
        #expect(try !KernelEngine(file.network).kernels().isEmpty)
      }
    }
  }

  /// Every command, in a shell and in the order of README and articles, in one folder as a reader would
  /// work; none fails, warns, or writes another file than it names.
  @Test func commandsRunFromTopToBottom() throws {
    try Workshop().follow(try Document.all.get())
  }

  /// Each article by itself, in a folder of its own.
  @Test func commandsRunInEachDocument() throws {
    for document in try Document.all.get() { try Workshop().follow([document]) }
  }

  /// Commands in running text, such as `lfpkernels init probes`, exist.
  @Test func commandsInTextExist() throws {
    let names = Tool.configuration.subcommands.compactMap { $0.configuration.commandName }
    for document in try Document.all.get() {
      for match in try Project.text(document.path).matches(of: /`lfpkernels\s+([\w-]+)/) {
        #expect(names.contains(String(match.1)), "\(document.path): \(match.0)")
      }
      for match in try Project.text(document.path).matches(of: /lfpkernels\s+init\s+(\w+)/) {
        #expect(
          ExampleDescription.all.contains { $0.name == match.1 }, "\(document.path): \(match.0)")
      }
    }
  }

  @Test func languagesAreKnown() throws {
    for document in try Document.all.get() {
      for block in document.blocks {
        #expect(["swift", "yaml", "sh"].contains(block.language), "\(document.path):\(block.line)")
      }
    }
  }

  /// Links within the project lead somewhere.
  @Test func linksLeadSomewhere() throws {
    let articles = Set(
      try Document.all.get().map {
        URL(fileURLWithPath: $0.path).deletingPathExtension().lastPathComponent
      })
    for document in try Document.all.get() {
      let text = try Project.text(document.path)
      for match in text.matches(of: /<doc:(\w+)>/) {
        #expect(articles.contains(String(match.1)), "\(document.path): \(match.1)")
      }
      guard document.path == "README.md" else { continue }
      for match in text.matches(of: /\]\(([^)]+)\)/) where !match.1.hasPrefix("https://") {
        #expect(
          FileManager.default.fileExists(
            atPath: Project.folder.appendingPathComponent(String(match.1)).path), "\(match.1)")
      }
    }
  }

  /// The table of units, and that of differences, stand in two places.
  @Test(arguments: ["Units", "ComingFromLFPykernels"])
  func tablesAreEqual(article: String) throws {
    func tables(_ path: String) throws -> [String] {
      try Project.text(path).trimmingCharacters(in: .newlines).components(separatedBy: "\n\n")
        .filter { $0.hasPrefix("|") }
    }
    let last = try #require(tables("Sources/LFPKernels/LFPKernels.docc/\(article).md").last)
    #expect(try tables("README.md").contains(last))
  }

  /// The top-level keys of a YAML text, each with its lines.
  private func topLevel(_ text: String) -> [(name: String, text: String)] {
    var parts: [(name: String, text: String)] = []
    for line in text.components(separatedBy: "\n") {
      if let match = line.prefixMatch(of: /(\w+):/) {
        parts.append((String(match.1), line + "\n"))
      } else if !parts.isEmpty {
        parts[parts.count - 1].text += line + "\n"
      }
    }
    return parts
  }
}
