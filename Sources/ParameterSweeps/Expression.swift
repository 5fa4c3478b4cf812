/// Arithmetic on parameters: numbers, names, + - * / ^, parentheses and a few functions.
indirect enum Expression: Sendable, Equatable {
  case number(Double)

  /// A parameter's value, by its index.
  case parameter(Int)
  case negative(Expression)
  case binary(Operator, Expression, Expression)
  case call(Function, [Expression])

  enum Operator: Character, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
  }

  enum Function: String, Sendable, CaseIterable {
    case sqrt, exp, log, log10, abs, min, max, floor, ceil, round, sin, cos, tan, tanh

    /// How many arguments it takes.
    var arguments: ClosedRange<Int> { self == .min || self == .max ? 1...100 : 1...1 }
  }

  /// The parameters that it needs.
  var parameters: Set<Int> {
    switch self {
    case .number: []
    case .parameter(let index): [index]
    case .negative(let operand): operand.parameters
    case .binary(_, let left, let right): left.parameters.union(right.parameters)
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.parameters) }
    }
  }
}
