/// A description that `init` offers to start from.
struct ExampleDescription: Sendable {
  let name: String

  /// What it describes, in one line.
  let summary: String
  let text: String

  /// Further files that it needs beside it, by name, and what writes their text.
  var files: [String: @Sendable () -> String] = [:]

  /// All that there are; another is added by adding it here.
  static let all: [ExampleDescription] = [.readme, .pyramidal, .probes, .microcircuit, .sweep]

  /// One line for each.
  static var list: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { example in
      let gap = String(repeating: " ", count: width - example.name.count + 2)
      return example.name + gap + example.summary
    }.joined(separator: "\n")
  }
}
