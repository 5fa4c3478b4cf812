internal import LinearAlgebra

/// A response known as one sum of exponentials per window of lags, and its convolution with delays.
struct WindowedResponse {
  /// In units of `dt`.
  let windows: [ClosedRange<Double>]
  let sums: [ExponentialSum]
  /// ms; the grid's step, or a fraction of it where delays are integrals.
  let dt: Double
  let lastLag: Int

  var outputs: Int { sums[0].outputs }

  /// The delayed response, outputs × lags 0 ... steps.
  ///
  /// Where all that a lag draws upon lies in the last window, delays are factors on the exponentials;
  /// only the lags before that are convolved one by one.
  ///
  /// - Parameter perStep: units per step of the grid.
  func delayed(by delay: DelayFilter, perStep: Int, steps: Int) -> Matrix {
    let columns = steps + 1
    let step = dt * Double(perStep)
    let lastWindow = Int((windows[windows.count - 1].lowerBound / Double(perStep)).rounded(.up))
    let firstLate = min(max(lastWindow + delay.lastLag, 0), columns)
    return Matrix(rows: outputs, columns: columns) { target in
      guard let base = target.baseAddress else { return }
      if firstLate < columns {
        let last = sums[sums.count - 1]
        let late = last.multiplied(by: delay.factors(last.exponents, dt: step))
        late.evaluate(
          start: Double(firstLate - delay.lastLag), count: columns - firstLate, dt: step,
          into: base + firstLate, rowStride: columns)
      }
      let needed = min(max(firstLate - delay.firstLag, 1), lastLag / perStep + 1)
      withUnsafeTemporaryAllocation(of: Double.self, capacity: needed * outputs) { response in
        guard let early = response.baseAddress else { return }
        evaluate(count: needed, perStep: perStep, into: early)
        delay.convolve(
          early, outputs: outputs, responseCount: needed, rowStride: needed, count: firstLate,
          into: base, targetStride: columns)
      }
    }
  }

  /// Lags 0 ..< count (in steps) of the response itself, outputs × count. At lag 0 it is 0.
  private func evaluate(count: Int, perStep: Int, into target: UnsafeMutablePointer<Double>) {
    for e in 0..<outputs { target[e * count] = 0 }
    var lag = 1
    for (window, sum) in zip(windows, sums) {
      let end = min(Int(window.upperBound) / perStep, count - 1)
      if end >= lag {
        sum.evaluate(
          start: Double(lag), count: end - lag + 1, dt: dt * Double(perStep), into: target + lag,
          rowStride: count)
        lag = end + 1
      }
    }
  }

  /// Per output the largest difference from other sums at their instants (in steps), and between
  /// neighbouring windows where they meet; with a delay in closed form, of what it makes of them.
  func differences(
    from checks: [(instant: Double, sum: ExponentialSum)], delay: Delay
  ) -> [Double] {
    if case .gamma(let gamma) = delay {
      func delayed(_ sum: ExponentialSum) -> ExponentialSum {
        sum.multiplied(by: gamma.factors(sum.exponents))
      }
      let own = WindowedResponse(
        windows: windows, sums: sums.map(delayed), dt: dt, lastLag: lastLag)
      return own.differences(
        from: checks.map { ($0.instant, delayed($0.sum)) }, delay: .grid(.none))
    }
    var result = [Double](repeating: 0, count: outputs)
    func compare(_ a: ExponentialSum, _ b: ExponentialSum, _ instant: Double) {
      let (u, v) = (a.values(at: instant * dt), b.values(at: instant * dt))
      for e in 0..<outputs {
        let difference = abs(u[e] - v[e])
        if !(difference <= result[e]) { result[e] = difference }
      }
    }
    for w in 1..<max(windows.count, 1) {
      compare(sums[w - 1], sums[w], windows[w].lowerBound)
    }
    for check in checks {
      let own = windows.firstIndex { $0.contains(check.instant) } ?? windows.count - 1
      compare(sums[own], check.sum, check.instant)
    }
    return result
  }
}

extension ExponentialSum {
  /// The outputs at one instant, ms.
  func values(at time: Double) -> [Double] {
    let powers = exponents.map { (time * $0).exponential }
    let n = exponents.count
    return (0..<outputs).map { e in
      var sum = 0.0
      for k in 0..<n {
        let i = 2 * (e * n + k)
        sum += coefficients[i] * powers[k].re - coefficients[i + 1] * powers[k].im
      }
      return sum
    }
  }
}
