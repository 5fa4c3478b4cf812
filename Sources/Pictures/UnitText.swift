/// Units as they are set in print.
enum UnitText {
  /// `u` for micro becomes µ, `^2`, `^-1` and a 2 or 3 at the end of a word are raised, `*` becomes
  /// a raised point: "um" → "µm".
  static func typeset(_ unit: String) -> String {
    var result = ""
    var previous: Character = " "
    var rest = Substring(unit)
    while let character = rest.popFirst() {
      if character == "u", !previous.isLetter, let next = rest.first, next.isLetter {
        result.append("µ")
      } else if character == "^", let exponent = popInteger(&rest) {
        result += NumberText.superscript(exponent)
      } else if previous.isLetter, character == "2" || character == "3",
        rest.first.map({ !$0.isLetter && !$0.isNumber }) ?? true
      {
        result += NumberText.superscript(character == "2" ? 2 : 3)
      } else {
        result.append(character == "*" ? "·" : character)
      }
      previous = character
    }
    return result
  }

  private static func popInteger(_ text: inout Substring) -> Int? {
    var end = text.startIndex
    if text.first == "-" { end = text.index(after: end) }
    while end < text.endIndex, text[end].isNumber { end = text.index(after: end) }
    guard let value = Int(text[..<end]) else { return nil }
    text = text[end...]
    return value
  }
}
