extension DepthSpread {
  /// The probability of all offsets; below 1 for a piece.
  package var mass: Double {
    panels.reduce(0) { $0 + $1.weights.sum() } + atoms.reduce(0) { $0 + $1.probability }
  }

  /// Whether weights may be negative.
  var isSigned: Bool {
    panels.contains(where: \.isSigned) || atoms.contains { $0.probability < 0 }
  }

  /// Weights without their signs: what an integral is at most.
  var magnitude: DepthSpread {
    guard isSigned else { return self }
    var result = self
    result.panels = panels.map { panel in
      var panel = panel
      panel.isSigned = false
      panel.density = panel.density.replacing(with: -panel.density, where: panel.density .< 0)
      panel.weights = panel.weights.replacing(with: -panel.weights, where: panel.weights .< 0)
      return panel
    }
    result.atoms = atoms.map { ($0.offset, abs($0.probability)) }
    return result
  }

  /// The offsets beyond which less than a probability lies on either side.
  package func range(beyondWhich tail: Double) -> ClosedRange<Double> {
    if panels.isEmpty { return range }
    func end(_ panels: some Sequence<Panel>, fromLow: Bool) -> Double? {
      var sum = 0.0
      for panel in panels {
        let mass = panel.weights.sum()
        if sum + mass > tail {
          var (inner, outer) = fromLow ? (panel.high, panel.low) : (panel.low, panel.high)
          for _ in 0..<40 {
            let middle = 0.5 * (inner + outer)
            let beyond =
              fromLow
              ? panel.part(from: panel.low, to: middle) : panel.part(from: middle, to: panel.high)
            if sum + beyond.weights.sum() > tail { inner = middle } else { outer = middle }
          }
          return outer
        }
        sum += mass
      }
      return nil
    }
    guard let low = end(panels, fromLow: true), let high = end(panels.reversed(), fromLow: false),
      low < high
    else { return range }
    return low...high
  }

  /// The piece with offsets in a range; of separate offsets, without the upper bound unless
  /// `closed`.
  package func piece(_ range: ClosedRange<Double>, closed: Bool = true) -> DepthSpread {
    var result = self
    let (low, high) = (range.lowerBound, range.upperBound)
    result.panels = panels.compactMap { panel in
      if panel.high <= low || panel.low >= high { return nil }
      if panel.low >= low && panel.high <= high { return panel }
      return panel.part(from: max(panel.low, low), to: min(panel.high, high))
    }
    result.atoms = atoms.filter {
      $0.offset >= low && ($0.offset < high || closed && $0.offset == high)
    }
    result.jumps = jumps.filter { $0 >= low && $0 <= high }
    let peak = panels.reduce(0) { max($0, $1.peak) }
    // Where the density is as low as where tails are cut off, its end is no jump.
    for end in [low, high] where density(at: end) > 1e-5 * peak && !result.jumps.contains(end) {
      result.jumps.append(end)
    }
    return result
  }

  /// The same multiplied so that its mass is 1.
  package var normalized: DepthSpread {
    let factor = 1 / mass
    var result = self
    for i in result.panels.indices {
      result.panels[i].weights *= factor
      result.panels[i].density *= factor
      result.panels[i].peak *= factor
    }
    result.atoms = atoms.map { ($0.offset, factor * $0.probability) }
    return result
  }

  /// The same on panels that are no longer than a length.
  func divided(into length: Double) -> DepthSpread {
    var result = self
    result.panels = panels.flatMap { panel in
      let count = max(1, Int(((panel.high - panel.low) / length).rounded(.up)))
      if count == 1 { return [panel] }
      let step = (panel.high - panel.low) / Double(count)
      return (0..<count).map {
        panel.part(
          from: panel.low + Double($0) * step,
          to: $0 == count - 1 ? panel.high : panel.low + Double($0 + 1) * step)
      }
    }
    return result
  }
}
