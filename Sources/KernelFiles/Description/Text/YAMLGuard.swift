/// A quick look over a YAML text for what would let a parser that expands aliases run out of stack
/// or time: deep nesting, long chains of anchors, aliases within keys.
///
/// It knows comments, quotes and brackets, not all of YAML: where it is unsure it counts too much.
struct YAMLGuard {
  /// Bound on the depth of nesting times the number of anchors.
  static let chainLimit = 20_000

  /// Bound on brackets within brackets, and on the columns before the first word of a line.
  static let depthLimit = 200

  private var place = TextPlace(line: 1, column: 0)
  private var depth = 0
  private var deepest = 0
  private var leading = 0
  private var isLeading = true
  private var anchors = 0
  private var aliases = 0
  private var complexKey: TextPlace?
  private var previous: Unicode.Scalar = "\n"
  private var lastWord: Word = .other

  /// What was read last before a colon would make it a key.
  private enum Word { case other, alias, closedBracket }

  /// What is wrong with a text and where; nil when it may be parsed.
  static func problem(in text: String) -> (message: String, place: TextPlace)? {
    var look = YAMLGuard()
    return look.scan(text)
  }

  private mutating func scan(_ text: String) -> (message: String, place: TextPlace)? {
    var rest = text.unicodeScalars.makeIterator()
    var quote: Unicode.Scalar?
    var inComment = false
    while let scalar = rest.next() {
      advance(scalar)
      if scalar == "\n" { inComment = false }
      if inComment { continue }
      if let open = quote {
        if scalar == open && !(open == "\"" && previous == "\\") { quote = nil }
        // An escaped backslash does not escape what follows it.
        previous = previous == "\\" && scalar == "\\" ? " " : scalar
        continue
      }
      if scalar == "#" && isGap(previous) {
        inComment = true
        continue
      }
      if (scalar == "\"" || scalar == "'") && startsToken { quote = scalar }
      look(at: scalar)
      previous = scalar
      if depth > Self.depthLimit || leading > Self.depthLimit {
        return ("is nested too deeply here", place)
      }
    }
    return verdict
  }

  private mutating func advance(_ scalar: Unicode.Scalar) {
    if scalar == "\n" {
      place = TextPlace(line: place.line + 1, column: 0)
      leading = 0
      isLeading = true
    } else {
      place.column += 1
    }
  }

  private var startsToken: Bool {
    isGap(previous) || previous == "[" || previous == "{" || previous == ","
  }

  private func isGap(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
  }

  private mutating func look(at scalar: Unicode.Scalar) {
    if isLeading && scalar != "\n" && scalar != "\r" {
      if [" ", "-", "?", ":", "\t"].contains(scalar) { leading += 1 } else { isLeading = false }
      deepest = max(deepest, 2 * leading + depth)
    }
    switch scalar {
    // Outside of brackets they may be part of a name, as in apic[3].
    case "[" where depth > 0 || startsToken, "{" where depth > 0 || startsToken:
      depth += 1
      deepest = max(deepest, 2 * leading + depth)
      lastWord = .other
    case "]" where depth > 0, "}" where depth > 0:
      depth -= 1
      lastWord = .closedBracket
    case "&" where startsToken:
      anchors += 1
      lastWord = .other
    case "*" where startsToken:
      aliases += 1
      lastWord = .alias
    case "?" where startsToken: complexKey = complexKey ?? place
    case ":" where lastWord != .other: complexKey = complexKey ?? place
    case " ", "\n", "\t", "\r": break
    case "\"", "'", ",", ":": lastWord = .other
    default: if lastWord != .alias || startsToken { lastWord = .other }
    }
  }

  private var verdict: (message: String, place: TextPlace)? {
    if aliases > 0, let complexKey {
      return ("aliases cannot be used together with keys that are not plain names", complexKey)
    }
    if anchors * (deepest + 1) > Self.chainLimit {
      return ("has \(anchors) anchors, which is too many for a text nested this deeply", place)
    }
    return nil
  }
}
