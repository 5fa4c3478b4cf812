/// The rates of a stretch of time with what came before, in one piece of memory per input.
struct RateWindow {
  let inputs: Int

  /// Steps before the first one of the stretch.
  let history: Int

  /// Steps of the stretch.
  let steps: Int
  private let storage: [Double]

  /// - Parameters:
  ///   - past: inputs × history, the rates before those of `rates`.
  ///   - rates: inputs × times.
  ///   - range: the stretch, as steps of `rates`.
  init(
    past: [Double], history: Int, rates: UnsafePointer<Double>, rowStride: Int, inputs: Int,
    range: Range<Int>
  ) {
    self.inputs = inputs
    self.history = history
    steps = range.count
    let width = history + range.count
    // Steps of `past` that are in the window.
    let old = max(0, history - range.lowerBound)
    storage = Array(unsafeUninitializedCapacity: inputs * width) { buffer, count in
      guard let target = buffer.baseAddress else { return }
      past.withUnsafeBufferPointer { past in
        for x in 0..<inputs {
          let row = target + x * width
          if old > 0, let past = past.baseAddress {
            row.initialize(from: past + x * history + (history - old), count: old)
          }
          (row + old).initialize(
            from: rates + x * rowStride + range.lowerBound - (history - old), count: width - old)
        }
      }
      count = inputs * width
    }
  }

  /// Calls `body` with pointers to the first step of the stretch of each input; the history is before
  /// them.
  func withPointers<Result>(_ body: (RatePointers) -> Result) -> Result {
    storage.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a window has inputs") }
      return body(RatePointers(base: base + history, stride: history + steps))
    }
  }
}

/// Where the rates of each input begin.
struct RatePointers {
  let base: UnsafePointer<Double>
  let stride: Int

  subscript(input: Int) -> UnsafePointer<Double> { base + input * stride }
}
