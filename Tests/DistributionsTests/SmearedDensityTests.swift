import Foundation
import Testing

@testable import Distributions

@Suite struct SmearedDensityTests {
  /// Compares with a closed form at many points; the error is in units of the largest density.
  private func check(
    _ x: Distribution, _ d: Distribution, _ points: [Double], _ exact: (Double) -> Double,
    tolerance: Double = 1e-12, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let smeared = try SmearedDensity(x, smearedBy: d)
    let largest = points.map(exact).max() ?? 1
    let worst = points.map { abs(smeared($0) - exact($0)) / largest }.max() ?? .infinity
    #expect(worst < tolerance, "\(x) * \(d): \(worst)", sourceLocation: sourceLocation)
  }

  private func grid(_ low: Double, _ high: Double) -> [Double] {
    (0...200).map { low + (high - low) * Double($0) / 200 }
  }

  private func normal(_ y: Double) -> Double { 0.5 * erfc(-y / 2.0.squareRoot()) }

  @Test func normalByNormal() throws {
    let x = try Distribution.norm(loc: -100, scale: 30)
    let d = try Distribution.norm(loc: 5, scale: 40)
    let exact = try Distribution.norm(loc: -100, scale: 50)
    try check(x, d, grid(-400, 200), exact.density(at:), tolerance: 1e-15)
    // the same by quadrature
    let wide = try Distribution.truncnorm(a: -30, b: 30, loc: 5, scale: 40)
    try check(x, wide, grid(-400, 200), exact.density(at:), tolerance: 1e-13)
  }

  @Test func anAtomShifts() throws {
    let x = try Distribution.expon(loc: 1, scale: 2)
    let constant = try Distribution.constant(17)
    try check(x, constant, grid(0, 10), x.density(at:), tolerance: 1e-15)
    let uniform = try Distribution.uniform(loc: 3, scale: 2)
    try check(constant, uniform, [15.9, 16.1, 17.9, 18.1]) { $0 > 16 && $0 < 18 ? 0.5 : 0 }
    let fifty = try Distribution.binom(n: 1, p: 0.5)
    try check(x, fifty, grid(0, 10)) {
      0.5 * x.density(at: $0 - 0.5) + 0.5 * x.density(at: $0 + 0.5)
    }
  }

  @Test(arguments: [1e-3, 0.03, 1, 1.5, 40, 1e3])
  func uniformByUniform(width: Double) throws {
    let x = try Distribution.uniform(loc: 4, scale: 1)
    let d = try Distribution.uniform(loc: -7, scale: width)
    let reach = 0.5 * (1 + width)
    try check(x, d, grid(4.5 - 1.1 * reach, 4.5 + 1.1 * reach)) { z in
      let overlap = min(5, z + 0.5 * width) - max(4, z - 0.5 * width)
      return max(overlap, 0) / width
    }
  }

  @Test(arguments: [1e-3, 0.05, 1, 20, 1e3])
  func uniformAndNormal(scale: Double) throws {
    let uniform = try Distribution.uniform(loc: -0.5, scale: 1)
    let norm = try Distribution.norm(scale: scale)
    // a difference on the side of the smaller tail
    let exact = { (z: Double) in
      let near = abs(z)
      return self.normal((0.5 - near) / scale) - self.normal((-0.5 - near) / scale)
    }
    let reach = 0.5 + 6 * scale
    try check(uniform, norm, grid(-reach, reach) + grid(-0.6, 0.6), exact)
    try check(norm, uniform, grid(-reach, reach) + grid(-0.6, 0.6), exact)
  }

  @Test(arguments: [1e-3, 0.1, 1, 30, 1e3])
  func exponentialAndNormal(scale: Double) throws {
    let expon = try Distribution.expon(loc: 2)
    let norm = try Distribution.norm(loc: 9, scale: scale)
    // the exponentially modified normal density
    let exact = { (z: Double) in
      let y = z - 2
      let u = (scale - y / scale) / 2.0.squareRoot()
      return u > 0
        ? 0.5 * exp(-0.5 * y * y / (scale * scale)) * scaledErfc(u)
        : 0.5 * exp(0.5 * scale * scale - y) * erfc(u)
    }
    try check(expon, norm, grid(2 - 7 * scale, 2 + 7 * scale + 10) + grid(1.9, 2.5), exact)
  }

  @Test(arguments: [1e-3, 0.2, 1, 5, 1e3])
  func truncatedNormalAndNormal(scale: Double) throws {
    let (loc, sigma, low, high) = (1.2, 0.6, 0.3, 2.5)
    let x = try Distribution.truncnorm(low: low, high: high, loc: loc, scale: sigma)
    let d = try Distribution.norm(scale: scale)
    // N(z; loc, s²) times what the normal density of x given z holds between the limits
    let s = (sigma * sigma + scale * scale).squareRoot()
    let sum = try Distribution.norm(loc: loc, scale: s)
    let whole = normal((high - loc) / sigma) - normal((low - loc) / sigma)
    let exact = { (z: Double) in
      let middle = (loc * scale * scale + z * sigma * sigma) / (s * s)
      let spread = sigma * scale / s
      let mass = normalMass(from: (low - middle) / spread, to: (high - middle) / spread, anchor: 0)
      return sum.density(at: z) * mass / sqrtTwoPi / whole
    }
    try check(
      x, d, grid(0.3 - 7 * scale, 2.5 + 7 * scale) + grid(0.2, 2.6), exact, tolerance: 5e-12)
  }

  @Test func gammaByGamma() throws {
    // gamma(a) + gamma(b) is gamma(a + b), also with a pole at 0
    for (a, b) in [(1.0, 1.0), (2.5, 4), (0.5, 0.75), (0.2, 3), (40, 0.9), (0.3, 0.4), (0.05, 1)] {
      let x = try Distribution.gamma(a: a, scale: 2)
      let d = try Distribution.gamma(a: b, loc: 100, scale: 2)
      let exact = try Distribution.gamma(a: a + b, scale: 2)
      try check(
        x, d, grid(0.01, 3 * (a + b)).map { $0 - 2 * b }, { exact.density(at: $0 + 2 * b) },
        tolerance: 1e-11)
    }
  }

  @Test(arguments: [1e-3, 1, 1e3])
  func exponentialByExponential(scale: Double) throws {
    let x = try Distribution.expon()
    let d = try Distribution.expon(scale: scale)
    try check(x, d, grid(-scale - 1, 10 + 10 * scale) + grid(-scale - 0.1, -scale + 5)) { z in
      let t = z + scale
      if t <= 0 { return 0 }
      return scale == 1 ? t * exp(-t) : exp(-t) * expm1(t - t / scale) / (scale - 1)
    }
  }

  @Test func smearedDensitiesIntegrateToOne() throws {
    let x = try Distribution.lognorm(s: 1, scale: 50)
    let smeared = try SmearedDensity(x, smearedBy: .truncnorm(a: -1, b: 2, scale: 30))
    // panels much narrower than either density, then growing ones
    let inner = (0..<200).map { -45 + 0.75 * Double($0) }
    let outer = (0...60).map { 105 * pow(1.25, Double($0)) }
    let edges = inner + outer
    let total = zip(edges, edges.dropFirst()).reduce(0) { sum, panel in
      sum + GaussLegendre.twenty.integral(from: panel.0, to: panel.1, smeared.callAsFunction)
    }
    #expect(abs(total - 1) < 1e-12, "\(total)")
  }

  @Test func lastingForms() throws {
    let x = try Distribution.truncnorm(low: 0, loc: 1)
    let d = try Distribution.norm(scale: 2)
    #expect(try x.convolved(with: d, at: 1.5) == SmearedDensity(x, smearedBy: d)(1.5))
    #expect(try x.convolved(with: d, at: .nan).isNaN)
    #expect(try x.convolved(with: .uniform(), at: -3) == 0)
  }

  @Test func whatHasNoDensityIsRefused() throws {
    let one = try Distribution.constant(1)
    let poisson = try Distribution.poisson(mu: 2)
    let norm = try Distribution.norm()
    #expect(
      throws: DistributionError.sumHasNoDensity(
        distribution: one.description, smear: poisson.description)
    ) { try SmearedDensity(one, smearedBy: poisson) }
    #expect(throws: DistributionError.self) { try SmearedDensity(poisson, smearedBy: one) }
    let heavy = try Distribution.lognorm(s: 60)
    #expect(throws: DistributionError.meanNotFinite(distribution: heavy.description)) {
      try SmearedDensity(norm, smearedBy: heavy)
    }
    let many = try Distribution.randint(low: 0, high: 1e12)
    let error = #expect(throws: DistributionError.self) {
      try SmearedDensity(norm, smearedBy: many)
    }
    #expect(
      error?.description
        == "randint(low=0.0, high=1000000000000.0, loc=0.0) takes 1000000000000 values with a "
        + "probability that matters; at most 1000000 can be summed over")
  }
}
