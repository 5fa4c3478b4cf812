import KernelFiles

/// The seed of random numbers: a whole number from 0 up.
enum Seed {
  static func read(_ map: FieldMap) -> UInt64? {
    let what = "a whole number, so that the same points are drawn each time"
    guard let field = map.required("seed", what), let number = field.number() else { return nil }
    guard number >= 0, number == number.rounded(), number < 0x1p53 else {
      return field.fail("\(field.shown) is not a seed; it must be a whole number from 0 up")
    }
    return UInt64(number)
  }
}
