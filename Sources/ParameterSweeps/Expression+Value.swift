import Foundation

extension Expression {
  /// Its value; infinite or NaN where that has none.
  func value(_ parameters: [Double]) -> Double {
    switch self {
    case .number(let value): return value
    case .parameter(let index): return parameters[index]
    case .negative(let operand): return -operand.value(parameters)
    case .binary(let operation, let left, let right):
      let (left, right) = (left.value(parameters), right.value(parameters))
      switch operation {
      case .plus: return left + right
      case .minus: return left - right
      case .times: return left * right
      case .divided: return left / right
      case .power: return pow(left, right)
      }
    case .call(let function, let arguments):
      let first = arguments[0].value(parameters)
      return arguments.dropFirst().reduce(function.value(first)) { result, argument in
        let value = argument.value(parameters)
        return function == .min ? Swift.min(result, value) : Swift.max(result, value)
      }
    }
  }
}

extension Expression.Function {
  fileprivate func value(_ x: Double) -> Double {
    switch self {
    case .sqrt: x.squareRoot()
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .log10: Foundation.log10(x)
    case .abs: Swift.abs(x)
    case .min, .max: x
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .round: x.rounded()
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tan: Foundation.tan(x)
    case .tanh: Foundation.tanh(x)
    }
  }
}
