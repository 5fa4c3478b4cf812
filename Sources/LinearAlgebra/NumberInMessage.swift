extension Double {
  /// The number to twelve digits, for messages: what is computed has rounding beyond, as in
  /// 49.980000000000004, which tells nobody anything.
  package var inMessage: Double {
    guard isFinite, self != 0 else { return self }
    // A power of ten and its reciprocal are exact or rounded once, up to 1e22.
    var (magnitude, exponent) = (magnitude, 0)
    while magnitude >= 10, exponent < 300 { (magnitude, exponent) = (magnitude / 10, exponent + 1) }
    while magnitude < 1, exponent > -300 { (magnitude, exponent) = (magnitude * 10, exponent - 1) }
    func power(_ n: Int) -> Double { (0..<n).reduce(1.0) { result, _ in result * 10 } }
    let digits = 11 - exponent
    guard abs(digits) <= 22 else { return self }
    return digits >= 0
      ? (self * power(digits)).rounded() / power(digits)
      : (self / power(-digits)).rounded() * power(-digits)
  }
}
