/// ∫ f(x) g(z - x + mean of g) dx of two continuous densities.
///
/// Both are held with `loc` 0: with x = loc_f + u and z - x + mean of g = loc_g + v the integral
/// is that of f0(u) g0(v) over u + v = constant.
struct ConvolutionQuadrature: Sendable {
  private struct Factor: Sendable {
    let density: Distribution
    let panels: ResolvedPanels

    init(_ law: any ContinuousLaw) {
      let law = law.withoutLocation
      density = law.distribution
      panels = ResolvedPanels(law)
    }
  }

  private let f: Factor
  private let g: Factor
  private let shift: Double
  private let locF: Double

  init(_ fLaw: any ContinuousLaw, _ gLaw: any ContinuousLaw) {
    f = Factor(fLaw)
    g = Factor(gLaw)
    shift = g.density.mean
    locF = fLaw.loc
  }

  /// The density at z: one half of the range is integrated over u, the other over v, so that
  /// either density gets exact arguments at the lower end of its support, where it may be steep.
  func density(at z: Double) -> Double {
    let sum = z - locF + shift
    guard let (uLow, uHigh) = f.panels.range, let (vLow, vHigh) = g.panels.range else {
      return poles(sum)
    }
    let uStart = max(uLow, sum - vHigh)
    let vStart = max(vLow, sum - uHigh)
    let length = sum - uStart - vStart
    guard length > 0 else { return poles(sum) }
    return integral(f, g, from: uStart, to: uStart + 0.5 * length, sum)
      + integral(g, f, from: vStart, to: vStart + 0.5 * length, sum)
      + poles(sum)
  }

  /// Integrates first(u) second(sum - u) between all edges of the first and all mirrored edges of
  /// the second.
  private func integral(
    _ first: Factor, _ second: Factor, from start: Double, to end: Double, _ sum: Double
  ) -> Double {
    let (x, t) = (first.panels.edges, second.panels.edges)
    var low = start
    var i = 0
    var j = t.count - 1
    var result = 0.0
    while low < end {
      while i < x.count && x[i] <= low { i += 1 }
      while j >= 0 && sum - t[j] <= low { j -= 1 }
      var next = end
      if i < x.count { next = min(next, x[i]) }
      if j >= 0 { next = min(next, sum - t[j]) }
      result += GaussLegendre.twenty.integral(from: low, to: next) { u in
        first.density.density(at: u) * second.density.density(at: sum - u)
      }
      low = next
    }
    return result
  }

  /// What f and g have in a pole at the end of their support.
  private func poles(_ sum: Double) -> Double {
    let ofF = f.panels.poles.reduce(0) {
      $0 + $1.probability * g.density.density(at: sum - $1.value)
    }
    return g.panels.poles.reduce(ofF) {
      $0 + $1.probability * f.density.density(at: sum - $1.value)
    }
  }
}
