/// What the parser of YAML finds, in words for those who write descriptions.
enum YAMLProblem {
  /// What is wrong and what would be right; nil where the parser's own words have to do.
  ///
  /// - Parameters:
  ///   - problem: what the parser says.
  ///   - context: what it was at, as it says it.
  ///   - line: the line of the text in which it stopped.
  static func inPlainWords(_ problem: String, _ context: String?, line: Substring) -> String? {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    if indent.contains("\t") { return "a tab indents this line; use spaces" }
    if problem.contains("cannot start any token") {
      if let rest = line.firstRange(of: "\t"), line[..<rest.lowerBound].last.map(isOpening) ?? true
      {
        return "a tab stands where a value begins; use spaces"
      }
      return "a value cannot begin with @, ` or %; put it in quotes"
    }
    if problem.contains("found a tab character") {
      return "a tab indents a line; use spaces"
    }
    if problem.contains("mapping values are not allowed") {
      return "a colon stands where no key can be: check the indentation, or put the text in quotes"
    }
    if problem.contains("could not find expected ':'") {
      return "a key without a colon, in this line or the one before; write key: value"
    }
    if problem.contains("unexpected end of stream"), context?.contains("quoted scalar") ?? false {
      return "a quote is opened and not closed"
    }
    if problem.contains("did not find expected key") {
      return
        "this line does not belong to the one before: check its indentation, quotes and brackets"
    }
    if problem.contains("did not find expected '-' indicator") {
      return "this line does not belong to the list before: begin it with -, or indent it otherwise"
    }
    return nil
  }

  private static func isOpening(_ character: Character) -> Bool { " :[{,-\t".contains(character) }
}
