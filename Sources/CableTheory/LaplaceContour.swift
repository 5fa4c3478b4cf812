#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Nodes and weights that invert a Laplace transform on a window of times:
/// h(t) = Re sum_k weight_k H(z_k) exp(z_k t), for t in [first, last].
///
/// The contour is the hyperbola z = mu (1 + sin(i u - alpha)) of Weideman & Trefethen 2007 (Math.
/// Comp. 76: 1341), discretised by the trapezoid rule at u = (k + 1/2) step on its upper half, which
/// suffices for real h. Singularities of H must lie on the negative real axis or near it. The error
/// falls like exp(-rate n) with a rate that depends on last / first alone.
struct LaplaceContour {
  let first: Double
  let last: Double
  var nodes: [Complex] = []
  var weights: [Complex] = []

  /// - Parameters:
  ///   - first, last: the window, ms, 0 < first <= last.
  ///   - nodeCount: the number n of nodes of a contour for singularities on the axis.
  ///   - widening: for singularities off the axis, a wider hyperbola with the same rightmost point. It
  ///     encloses imaginary parts that grow with the root of this factor, and needs as many times more
  ///     nodes, twice, as it is flatter where slow poles lie close.
  init(first: Double, last: Double, nodeCount: Int, widening: Double = 1) {
    self.first = first
    self.last = last
    let shape = Shape.covering(ratio: last / first)
    let outline = Outline(first: first, last: last, nodeCount: nodeCount, widening: widening)
    let (sine, cosine, mu) = (outline.sine, outline.cosine, outline.mu)
    let step = shape.width / Double(nodeCount) / (widening == 1 ? 1 : 2 * widening)
    // The ends lie as far to the left as the narrow contour's.
    let width = widening == 1 ? shape.width : acosh(max(cosh(shape.width) / widening, 2))
    let n = Int((width / step).rounded())
    nodes.reserveCapacity(n)
    weights.reserveCapacity(n)
    for k in 0..<n {
      let u = (Double(k) + 0.5) * step
      // sin(iu - alpha) and cos(iu - alpha), by the addition theorems.
      let (c, s) = (cosh(u), sinh(u))
      nodes.append(Complex(outline.rightmost + mu * sine * (1 - c), mu * cosine * s))
      // (1 / 2 pi i) dz and its mirror image: Im(step / pi dz/du ...) = Re(-i step / pi dz/du ...), with
      // dz/du = mu i cos(iu - alpha).
      weights.append(Complex(step / .pi * mu * cosine * c, step / .pi * mu * sine * s))
    }
  }

  /// The nodes needed for an error of `tolerance` relative to the largest value.
  static func nodeCount(ratio: Double, tolerance: Double) -> Int {
    // Measured over poles from 0 to 1e6 / first: error = 8 ... 25 exp(-rate n) down to 1e-14.
    max(8, Int((log(25 / tolerance) / Shape.covering(ratio: ratio).rate).rounded(.up)))
  }

  /// The best hyperbola for windows up to a ratio of last to first time.
  struct Shape {
    let ratio: Double
    let alpha: Double
    let width: Double
    let rate: Double

    /// Shapes for ratios 10^(k / 20), k = 0 ... 140.
    private static let table: [Shape] = (0...140).map {
      Shape(ratio: pow(10, Double($0) / 20) + 0.01)
    }

    static func covering(ratio: Double) -> Shape {
      let index = Int((20 * log10(max(ratio - 0.01, 1)) - 1e-9).rounded(.up))
      return index < table.count ? table[max(index, 0)] : Shape(ratio: ratio)
    }

    /// Maximises the rate over alpha in (pi/4, pi/2), where it has one maximum, by golden section.
    private init(ratio: Double) {
      func width(_ alpha: Double) -> Double {
        acosh(
          ((.pi - 2 * alpha) * ratio + 4 * alpha - .pi) / ((4 * alpha - .pi) * sin(alpha)))
      }
      func rate(_ alpha: Double) -> Double { (.pi * .pi - 2 * .pi * alpha) / width(alpha) }
      let golden = 0.5 * (5.0.squareRoot() - 1)
      var (a, b) = (Double.pi / 4 + 1e-4, Double.pi / 2 - 1e-4)
      while b - a > 1e-7 {
        let (c, d) = (b - golden * (b - a), a + golden * (b - a))
        if rate(c) > rate(d) { b = d } else { a = c }
      }
      self.ratio = ratio
      alpha = 0.5 * (a + b)
      self.width = width(alpha)
      self.rate = rate(alpha)
    }
  }
}

/// A complex number; the few operations that the solver needs outside of its vector loops.
struct Complex: Equatable {
  var re: Double
  var im: Double

  @inline(__always)
  init(_ re: Double, _ im: Double = 0) {
    self.re = re
    self.im = im
  }

  @inline(__always)
  static func * (a: Complex, b: Complex) -> Complex {
    Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
  }

  @inline(__always)
  static func + (a: Complex, b: Complex) -> Complex { Complex(a.re + b.re, a.im + b.im) }

  @inline(__always)
  static func * (a: Double, b: Complex) -> Complex { Complex(a * b.re, a * b.im) }

  var reciprocal: Complex {
    let scale = 1 / (re * re + im * im)
    return Complex(re * scale, -im * scale)
  }

  /// e to this power.
  var exponential: Complex {
    let modulus = exp(re)
    return modulus == 0 ? Complex(0) : Complex(modulus * cos(im), modulus * sin(im))
  }
}

extension SynapticTimeCourse {
  /// The Laplace transform at s = z (1/ms), ms.
  func transform(_ z: Complex) -> Complex {
    let (a, b) = rates
    var factor = (z + Complex(a)).reciprocal
    if let b { factor = factor * (z + Complex(b)).reciprocal }
    return gain * factor
  }
}
