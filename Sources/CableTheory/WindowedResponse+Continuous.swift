internal import LinearAlgebra

/// Convolution integrals with a distribution of delays.
///
/// Where all that a lag draws upon lies in the last window, the integral is a factor on exponentials.
/// Before that, the density is a polynomial on panels: where the response is smooth on a panel, Gauss
/// points serve; on the panel that ends where the response begins (which starts like a power of time,
/// or more steeply) its moments are taken exactly, as inverse transforms with powers of 1 / z.
extension WindowedResponse {
  /// The delayed response, outputs × lags 0 ... steps.
  ///
  /// - Parameters:
  ///   - perStep: units per step of the grid.
  ///   - extras: sums for the windows that the delay named, in their order.
  func delayed(
    by delay: Delay, grid: LagGrid, perStep: Int, extras: [ExponentialSum]
  ) -> Matrix {
    switch delay {
    case .grid(let filter): delayed(by: filter, perStep: perStep, steps: grid.steps)
    case .continuous(let delay):
      delayed(by: delay, steps: grid.steps, dt: grid.dt, extras: extras)
    case .gamma(let delay):
      delayed(by: delay, steps: grid.steps, dt: grid.dt, extras: extras)
    }
  }

  /// The delayed response, outputs × lags 0 ... steps.
  ///
  /// - Parameters:
  ///   - dt: the grid's step; a multiple of this response's own unit.
  ///   - extras: sums for the windows that `delay.extraWindows` named, in their order.
  func delayed(
    by delay: ContinuousDelay, steps: Int, dt: Double, extras: [ExponentialSum]
  ) -> Matrix {
    let columns = steps + 1
    let lowest = windows[windows.count - 1].lowerBound * self.dt
    let firstLate = min(Int(((lowest + delay.end) / dt + 1e-9).rounded(.up)), columns)
    var result = Matrix(rows: outputs, columns: columns)
    result.withUnsafeMutableEntries { target in
      guard let base = target.baseAddress else { return }
      if firstLate < columns {
        let last = sums[sums.count - 1]
        last.multiplied(by: delay.factors(last.exponents)).evaluate(
          start: Double(firstLate) - delay.end / dt, count: columns - firstLate, dt: dt,
          into: base + firstLate, rowStride: columns)
      }
      if firstLate > 1 {
        addAtoms(delay, lags: firstLate, dt: dt, extras, to: base, columns)
        if !delay.panels.isEmpty {
          addPanels(delay, lags: firstLate, extras, to: base, columns)
        }
      }
    }
    return result
  }

  private func addAtoms(
    _ delay: ContinuousDelay, lags: Int, dt: Double, _ extras: [ExponentialSum],
    to base: UnsafeMutablePointer<Double>, _ columns: Int
  ) {
    for (index, atom) in delay.atoms.enumerated() {
      let first = Int((atom.delay / dt).rounded(.down)) + 1
      if first >= lags { continue }
      let times = (first..<lags).map { Double($0) * dt - atom.delay }
      for (k, time) in times.enumerated() {
        // Before the first window one contour was made for this very instant.
        let values = time < self.dt ? extras[index].values(at: time) : values(at: time)
        for e in 0..<outputs {
          base[e * columns + first + k] += atom.probability * values[e]
        }
      }
    }
  }

  private func values(at time: Double) -> [Double] {
    let lag = time / dt
    let own = windows.firstIndex { lag <= $0.upperBound } ?? windows.count - 1
    return sums[own].values(at: time)
  }

  private func addPanels(
    _ delay: ContinuousDelay, lags: Int, _ extras: [ExponentialSum],
    to base: UnsafeMutablePointer<Double>, _ columns: Int
  ) {
    let perStep = delay.panelsPerStep
    let count = (lags - 1) * perStep + 1
    var fine = Matrix(rows: outputs, columns: count)
    for channel in delay.channels() {
      // Values at (q - offset) width for q = 0 ... count - 1, of which those from q = 2 count.
      let response = sampled(offset: channel.offset, width: delay.panelWidth, count: count)
      let filter = DelayFilter(firstLag: channel.firstPanel, weights: channel.weights)
      var part = Matrix(rows: outputs, columns: count)
      part.withUnsafeMutableEntries { target in
        response.withUnsafeEntries { source in
          guard let a = source.baseAddress, let c = target.baseAddress else { return }
          filter.convolve(
            a, outputs: outputs, responseCount: count, rowStride: count, count: count, into: c,
            targetStride: count)
        }
      }
      fine.add(part)
    }
    addFirstPanels(delay, extras, count: count, to: &fine)
    for e in 0..<outputs {
      for n in 0..<lags { base[e * columns + n] += fine[e, n * perStep] }
    }
  }

  private func sampled(offset: Double, width: Double, count: Int) -> Matrix {
    var result = Matrix(rows: outputs, columns: count)
    result.withUnsafeMutableEntries { target in
      guard let base = target.baseAddress else { return }
      let ratio = width / dt
      var q = 2
      for (window, sum) in zip(windows, sums) {
        let end = min(Int((window.upperBound / ratio + offset).rounded(.down)), count - 1)
        if end < q { continue }
        sum.evaluate(
          start: Double(q) - offset, count: end - q + 1, dt: width, into: base + q,
          rowStride: count)
        q = end + 1
      }
    }
    return result
  }

  /// The panel of delays that reaches up to each lag.
  private func addFirstPanels(
    _ delay: ContinuousDelay, _ extras: [ExponentialSum], count: Int, to fine: inout Matrix
  ) {
    var next = 0
    let whole = extras[next].moments(at: delay.panelWidth)
    next += 1
    for (index, panel) in delay.panels.enumerated() {
      let lag = delay.firstPanel + index + 1
      var integral: [Double]
      if !delay.isPartial(index) {
        integral = panel.integral(withMoments: whole)
      } else {
        integral = Array(repeating: 0, count: outputs)
        let border = Double(lag) * delay.panelWidth
        for window in delay.firstPanelWindows(index) {
          let sum = extras[next]
          next += 1
          let part =
            window.lowerBound == window.upperBound
            ? panel.integral(withMoments: sum.moments(at: window.upperBound))
            : sum.integral(over: window) { panel(border - $0) }
          for e in 0..<outputs { integral[e] += part[e] }
        }
      }
      guard lag < count else { continue }
      for e in 0..<outputs { fine[e, lag] += integral[e] }
    }
  }
}

extension ContinuousDelay {
  /// One Gauss point of every whole panel, or of one partial panel.
  struct Channel {
    /// Where the point lies in its panel, 0 ... 1.
    let offset: Double
    let firstPanel: Int
    let weights: [Double]
  }

  func channels() -> [Channel] {
    let rule = GaussLegendreRule.order12
    let weights = panels.map { $0.quadratureWeights(rule) }
    var result: [Channel] = []
    let whole = panels.indices.filter { !isPartial($0) }
    for (g, x) in rule.nodes.enumerated() {
      if let first = whole.first, let last = whole.last {
        result.append(
          Channel(
            offset: 0.5 * (1 + x), firstPanel: firstPanel + first,
            weights: (first...last).map { weights[$0][g] }))
      }
      for index in panels.indices where isPartial(index) {
        let start = Double(firstPanel + index) * panelWidth
        result.append(
          Channel(
            offset: (panels[index].position(x) - start) / panelWidth,
            firstPanel: firstPanel + index, weights: [weights[index][g]]))
      }
    }
    return result
  }

  /// The windows of time (ms) for which a response's transform is needed besides its own, in the
  /// order in which `WindowedResponse` takes them.
  func extraWindows(dt: Double, unit: Double) -> [ClosedRange<Double>] {
    var result = atoms.map { atom in
      let first = ((atom.delay / dt).rounded(.down) + 1) * dt - atom.delay
      // An instant below rounding is as good as 0, where the response is 0.
      let time = max(first, 1e-9 * unit)
      return time...time
    }
    if !panels.isEmpty {
      result.append(panelWidth...panelWidth)
      for index in panels.indices where isPartial(index) {
        result.append(contentsOf: firstPanelWindows(index))
      }
    }
    return result
  }
}

extension LegendreExpansion {
  /// The integral of this function of the delay × a response with the given moments (outputs × order),
  /// where the response's time runs against the delay.
  fileprivate func integral(withMoments moments: [[Double]]) -> [Double] {
    moments.map { row in
      var sum = 0.0
      for (j, c) in coefficients.enumerated() { sum += (j % 2 == 0 ? c : -c) * row[j] }
      return sum
    }
  }
}

extension ExponentialSum {
  /// For each output the integrals over 0 ... time of h(s) P_j(2 s / time - 1), j below
  /// `LegendreExpansion.order`.
  ///
  /// They are values at `time` of convolutions with polynomials, whose transforms are sums of
  /// derivatives at the end: sum_k (-2 / time)^k P_j^(k)(1) / z^(k + 1).
  fileprivate func moments(at time: Double) -> [[Double]] {
    var columns: [[Double]] = []
    for j in 0..<LegendreExpansion.order {
      let factors = exponents.map { z in
        let inverse = z.reciprocal
        var (sum, term, derivative) = (Complex(0), inverse, 1.0)
        for k in 0...j {
          sum = sum + derivative * term
          term = (-2 / time) * (term * inverse)
          // P_j^(k)(1) = (j + k)! / (2^k k! (j - k)!)
          derivative *= Double((j + k + 1) * (j - k)) / Double(2 * (k + 1))
        }
        return sum
      }
      columns.append(multiplied(by: factors).values(at: time))
    }
    return (0..<outputs).map { e in columns.map { $0[e] } }
  }

  /// For each output the integral over a window of h(s) × a smooth function.
  fileprivate func integral(
    over window: ClosedRange<Double>, _ function: (Double) -> Double
  ) -> [Double] {
    let rule = GaussLegendreRule.order12
    var result = [Double](repeating: 0, count: outputs)
    let (middle, half) = (
      0.5 * (window.lowerBound + window.upperBound), 0.5 * (window.upperBound - window.lowerBound)
    )
    for (x, w) in zip(rule.nodes, rule.weights) {
      let s = middle + half * x
      let factor = half * w * function(s)
      for (e, value) in values(at: s).enumerated() { result[e] += factor * value }
    }
    return result
  }
}

extension Matrix {
  fileprivate mutating func add(_ other: Matrix) {
    withUnsafeMutableEntries { target in
      other.withUnsafeEntries { source in
        for i in target.indices { target[i] += source[i] }
      }
    }
  }
}
