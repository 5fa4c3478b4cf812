import Foundation

extension Ticks {
  /// Nice ticks of a positive range on a logarithmic axis: powers of ten, with 2 and 5 times
  /// these where there is room; nice linear values where the range holds fewer than two of them.
  static func logarithmic(in range: ClosedRange<Double>, room: Room) -> Ticks {
    let lower = log10(range.lowerBound)
    let upper = log10(range.upperBound)
    let position = { (value: Double) in (log10(value) - lower) / (upper - lower) * room.length }
    for (mantissas, decades) in candidates(upper - lower) {
      let ticks = powers(from: lower, to: upper, mantissas: mantissas, every: decades)
      if ticks.values.count >= 2, ticks.fits(room, position: position) { return ticks }
    }
    var count = 6
    while count > 1 {
      var ticks = linear(in: range, maximumCount: count, room: room)
      if !isPlain(lower, upper) {
        ticks.labels = ticks.values.map { NumberText.significant($0, digits: 4) }
      }
      let isClear = Set(ticks.labels).count == ticks.labels.count && ticks.values.count >= 2
      if isClear, ticks.values.allSatisfy({ $0 > 0 }), ticks.fits(room, position: position) {
        return ticks
      }
      count -= 1
    }
    let middle = pow(10, (lower + upper) / 2)
    return Ticks(values: [middle], labels: [NumberText.significant(middle, digits: 2)])
  }

  /// From dense to sparse.
  private static func candidates(_ decades: Double) -> [([Int], Int)] {
    var all: [([Int], Int)] = decades < 3 ? [([1, 2, 5], 1)] : []
    all += [1, 2, 3, 5, 10, 20, 50, 100, 200].map { ([1], $0) }
    return all
  }

  private static func powers(
    from lower: Double, to upper: Double, mantissas: [Int], every decades: Int
  ) -> Ticks {
    var ticks = Ticks(values: [], labels: [])
    let first = Int((lower / Double(decades)).rounded(.down)) * decades
    for exponent in stride(from: first, through: Int(upper.rounded(.down)), by: decades) {
      for mantissa in mantissas {
        let logarithm = log10(Double(mantissa)) + Double(exponent)
        guard logarithm >= lower - 1e-9, logarithm <= upper + 1e-9 else { continue }
        ticks.values.append(TickStep(mantissa: mantissa, exponent: exponent).value)
        ticks.labels.append(label(mantissa, exponent, plain: isPlain(lower, upper)))
      }
    }
    return ticks
  }

  /// Whether numbers between two powers of ten are set without powers.
  private static func isPlain(_ lower: Double, _ upper: Double) -> Bool {
    lower >= -3.1 && upper <= 4
  }

  private static func label(_ mantissa: Int, _ exponent: Int, plain: Bool) -> String {
    if plain {
      return NumberText.decimal(
        TickStep(mantissa: mantissa, exponent: exponent).value, digits: max(0, -exponent))
    }
    let power = "10" + NumberText.superscript(exponent)
    return mantissa == 1 ? power : "\(mantissa)·" + power
  }
}
