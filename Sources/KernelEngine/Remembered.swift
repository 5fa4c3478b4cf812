/// The last value that was made, and what it was made from.
struct Remembered<Input: Equatable, Value> {
  private var last: (input: Input, value: Value)?

  /// The value for an input: the last one where the input is the same, else a new one.
  mutating func value<Failure: Error>(
    for input: Input, _ make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    if let last, last.input == input { return last.value }
    // A value that cannot be made leaves no other in its place.
    last = nil
    let value = try make()
    last = (input, value)
    return value
  }
}
