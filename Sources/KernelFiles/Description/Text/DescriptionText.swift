import Yams

/// Reads YAML, of which JSON is a part, into nodes with places.
///
/// Aliases and merges (`<<`) are expanded as far as the text's own size allows; keys must be plain
/// names. Keys that are given twice are reported, each with both lines, and the rest is read.
package struct DescriptionText {
  let text: String
  let diagnostics: DiagnosticCollector

  /// Nesting beyond this is refused.
  static let depthLimit = 100

  /// A text's root; nil where it has none or a syntax error is in the collector.
  package static func read(_ text: String, into diagnostics: DiagnosticCollector)
    -> DescriptionNode?
  {
    if let problem = YAMLGuard.problem(in: text) {
      diagnostics.report(problem.message, at: problem.place)
      return nil
    }
    return DescriptionText(text: text, diagnostics: diagnostics).root()
  }

  private func root() -> DescriptionNode? {
    var repeated = RepeatedKeys(text: text)
    while true {
      do {
        guard let node = try Yams.compose(yaml: repeated.text, .basic, .default, .utf8) else {
          diagnostics.report("is empty; a network description is needed", at: nil)
          return nil
        }
        var conversion = NodeConversion(
          repeated: repeated, diagnostics: diagnostics, budget: text.utf8.count + 1_000_000)
        return conversion.convert(node)
      } catch let error as YamlError {
        if case .duplicatedKeysInMapping(let keys, let context) = error,
          repeated.rename(keys: keys, at: TextPlace(context.mark))
        {
          continue
        }
        let (message, place) = explain(error)
        diagnostics.report(message, at: place)
        return nil
      } catch {
        diagnostics.report("cannot be parsed: \(error)", at: nil)
        return nil
      }
    }
  }

  /// A line of the text, from 1; empty beyond its end.
  private func line(_ number: Int) -> Substring {
    let lines = text.split(
      maxSplits: max(number, 1), omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }

  private func explain(_ error: YamlError) -> (message: String, place: TextPlace?) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      if let plain = YAMLProblem.inPlainWords(problem, context?.text, line: line(mark.line)) {
        return ("is not valid YAML: \(plain)", TextPlace(mark))
      }
      let about = context.map { "\($0.text) (line \($0.mark.line)), " } ?? ""
      // The one name of this format that looks harmless and is not.
      let hint =
        problem.contains("expected ',' or")
        ? "; between { and } names with brackets need quotes, as in \"apic[3](1)\"" : ""
      return ("is not valid YAML: \(about)\(problem)\(hint)", TextPlace(mark))
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = 1 + before.reduce(0) { $0 + ($1.isNewline ? 1 : 0) }
      return ("is not valid YAML: \(problem)", TextPlace(line: line, column: 1))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\($0)'" }.joined(separator: ", ")
      return ("the key \(names) is given twice in one mapping", TextPlace(context.mark))
    default: return ("cannot be parsed: \(error)", nil)
    }
  }
}

extension TextPlace {
  init(_ mark: Mark) { self.init(line: max(mark.line, 1), column: max(mark.column, 1)) }
}
