import KernelFiles

/// Reads an expression by recursive descent.
///
///     sum     = product {("+" | "-") product}
///     product = factor {("*" | "/") factor}
///     factor  = "-" factor | "+" factor | power
///     power   = atom ["^" factor]          binds to the right, and before a sign: -2^2 is -4
///     atom    = number | name | function "(" sum {"," sum} ")" | "(" sum ")"
struct ExpressionParser {
  /// What is wrong, and where.
  struct Failure: Error, Equatable {
    /// From 1, in characters.
    let column: Int
    let message: String
  }

  private let characters: [Character]
  private var position = 0
  private var depth = 0
  private let index: (String) -> Int?
  private let names: [String]

  private init(_ text: String, names: [String]) {
    characters = Array(text)
    self.names = names
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() { places[name] = places[name] ?? index }
    let known = places
    index = { known[$0] }
  }

  /// Reads a text.
  ///
  /// - Parameter names: the parameters' names; the expression refers to them by index.
  static func parse(_ text: String, names: [String]) throws(Failure) -> Expression {
    var parser = ExpressionParser(text, names: names)
    let result = try parser.sum()
    parser.skipSpace()
    guard parser.position == parser.characters.count else {
      throw parser.failure(
        "'\(parser.characters[parser.position])' cannot stand here; an operator is needed")
    }
    return result
  }

  private mutating func sum() throws(Failure) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else { throw failure("parentheses are nested too deeply here") }
    var result = try product()
    while let operation = accept([.plus, .minus]) {
      result = .binary(operation, result, try product())
    }
    return result
  }

  private mutating func product() throws(Failure) -> Expression {
    var result = try factor()
    while let operation = accept([.times, .divided]) {
      result = .binary(operation, result, try factor())
    }
    return result
  }

  private mutating func factor() throws(Failure) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else { throw failure("the expression is nested too deeply here") }
    if let sign = accept([.plus, .minus]) {
      let operand = try factor()
      return sign == .minus ? .negative(operand) : operand
    }
    let base = try atom()
    guard accept([.power]) != nil else { return base }
    return .binary(.power, base, try factor())
  }

  private mutating func atom() throws(Failure) -> Expression {
    skipSpace()
    guard position < characters.count else {
      throw failure("the expression ends where a number or a name is needed")
    }
    let character = characters[position]
    if character == "(" {
      let start = position
      position += 1
      let inner = try sum()
      try close(from: start)
      return inner
    }
    if character.isASCII, character.isNumber || character == "." { return try number() }
    if character.isLetter || character == "_" { return try name() }
    throw failure("'\(character)' cannot stand here; a number or a name is needed")
  }

  private mutating func number() throws(Failure) -> Expression {
    let start = position
    func isDigit(_ at: Int) -> Bool {
      at < characters.count && characters[at].isASCII && characters[at].isNumber
    }
    while isDigit(position) || (position < characters.count && characters[position] == ".") {
      position += 1
    }
    if position < characters.count, characters[position] == "e" || characters[position] == "E" {
      let sign = position + 1 < characters.count && "+-".contains(characters[position + 1]) ? 1 : 0
      if isDigit(position + 1 + sign) {
        position += 1 + sign
        while isDigit(position) { position += 1 }
      }
    }
    let text = String(characters[start..<position])
    guard let value = Double(text), value.isFinite else {
      position = start
      throw failure("'\(text)' is not a number")
    }
    return .number(value)
  }

  private mutating func name() throws(Failure) -> Expression {
    let start = position
    while position < characters.count,
      characters[position].isLetter || characters[position].isNumber || characters[position] == "_"
    {
      position += 1
    }
    let name = String(characters[start..<position])
    skipSpace()
    if position < characters.count, characters[position] == "(" {
      return try call(name, at: start)
    }
    if let index = index(name) { return .parameter(index) }
    if name == "pi" { return .number(.pi) }
    position = start
    throw failure("there is no parameter '\(name)'\(advice(for: name, among: names))")
  }

  private mutating func call(_ name: String, at start: Int) throws(Failure) -> Expression {
    let open = position
    guard let function = Expression.Function(rawValue: name) else {
      position = start
      let known = Expression.Function.allCases.map(\.rawValue)
      throw failure("there is no function '\(name)'\(advice(for: name, among: known))")
    }
    position += 1
    var arguments = [try sum()]
    while true {
      skipSpace()
      guard position < characters.count, characters[position] == "," else { break }
      position += 1
      arguments.append(try sum())
    }
    try close(from: open)
    guard function.arguments.contains(arguments.count) else {
      position = start
      throw failure("\(name) takes one argument, not \(arguments.count)")
    }
    return .call(function, arguments)
  }

  private mutating func close(from open: Int) throws(Failure) {
    skipSpace()
    guard position < characters.count, characters[position] == ")" else {
      throw failure("a ) is missing for the ( in column \(open + 1)")
    }
    position += 1
  }

  private mutating func accept(_ operations: [Expression.Operator]) -> Expression.Operator? {
    skipSpace()
    guard position < characters.count,
      let operation = Expression.Operator(rawValue: characters[position]),
      operations.contains(operation)
    else { return nil }
    position += 1
    return operation
  }

  private mutating func skipSpace() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private func failure(_ message: String) -> Failure {
    Failure(column: position + 1, message: message)
  }
}
