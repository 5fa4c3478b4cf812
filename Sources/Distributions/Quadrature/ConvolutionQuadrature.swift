/// ∫ f(x) g(z - x + shift) dx of two continuous densities, where shift is the mean of g.
struct ConvolutionQuadrature: Sendable {
  private let f: Distribution
  private let g: Distribution
  private let fPanels: ResolvedPanels
  private let gPanels: ResolvedPanels
  private let shift: Double

  init(
    _ f: Distribution, _ fLaw: any ContinuousLaw, _ g: Distribution, _ gLaw: any ContinuousLaw
  ) {
    self.f = f
    self.g = g
    fPanels = ResolvedPanels(fLaw)
    gPanels = ResolvedPanels(gLaw)
    shift = gLaw.mean
  }

  /// Integrates between all edges of f and all mirrored edges of g that lie in both.
  func density(at z: Double) -> Double {
    let origin = z + shift
    return panels(origin) + poles(origin)
  }

  private func panels(_ origin: Double) -> Double {
    let (x, t) = (fPanels.edges, gPanels.edges)
    guard let fLow = x.first, let fHigh = x.last, let gLow = t.first, let gHigh = t.last else {
      return 0
    }
    var low = max(fLow, origin - gHigh)
    let high = min(fHigh, origin - gLow)
    var i = 0
    var j = t.count - 1
    var sum = 0.0
    while low < high {
      while i < x.count && x[i] <= low { i += 1 }
      while j >= 0 && origin - t[j] <= low { j -= 1 }
      var next = high
      if i < x.count { next = min(next, x[i]) }
      if j >= 0 { next = min(next, origin - t[j]) }
      sum += integral(low, next, origin)
      low = next
    }
    return sum
  }

  private func integral(_ low: Double, _ high: Double, _ origin: Double) -> Double {
    GaussLegendre.twenty.integral(from: low, to: high) { x in
      f.density(at: x) * g.density(at: origin - x)
    }
  }

  /// What f and g have in a pole at the end of their support.
  private func poles(_ origin: Double) -> Double {
    var sum = 0.0
    for pole in fPanels.poles {
      sum += pole.probability * g.density(at: origin - pole.value)
    }
    for pole in gPanels.poles {
      sum += pole.probability * f.density(at: origin - pole.value)
    }
    return sum
  }
}
