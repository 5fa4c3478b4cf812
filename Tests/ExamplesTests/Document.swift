import Foundation

/// A text in Markdown, with its blocks of code.
struct Document: Sendable, CustomStringConvertible {
  struct Block: Sendable {
    /// What stands behind the opening fence; empty for none.
    let language: String

    /// Without fences; ends in a line break.
    let code: String

    /// Line of the opening fence.
    let line: Int

    /// The file that it is to be saved as, where it begins with a comment such as `# sweep.yaml`.
    var fileName: String? {
      code.firstMatch(of: /^# (\w+\.yaml)\n/).map { String($0.1) }
    }
  }

  let path: String
  let blocks: [Block]
  var description: String { path }

  /// README and all articles of the catalogue.
  static let all = Result {
    try (["README.md"] + Project.files(in: "Sources/LFPKernels/LFPKernels.docc", suffix: ".md"))
      .map { try Document(path: $0) }
  }

  init(path: String) throws {
    self.path = path
    var blocks: [Block] = []
    var open: (language: String, line: Int)?
    var code = ""
    for (index, line) in try Project.text(path).components(separatedBy: "\n").enumerated() {
      if !line.hasPrefix("```") {
        if open != nil { code += line + "\n" }
      } else if let (language, line) = open {
        blocks.append(Block(language: language, code: code, line: line))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), index + 1)
        code = ""
      }
    }
    self.blocks = blocks
  }

  func blocks(_ language: String) -> [Block] { blocks.filter { $0.language == language } }
}
