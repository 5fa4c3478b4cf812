#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Where poles of a cable's response can lie off the real axis, so that contours can be made to enclose
/// them: a pole that is left outside is missing from the result, and two contours that both leave it out
/// agree.
///
/// For a pole s with potentials v, the imaginary part of v* Y(s) v = 0 is Im s times
///
///     sum_i |v_i|^2 (C_i - sum_k a_ki tau_k / |1 + s tau_k|^2) = 0
///
/// so that C_i <= sum_k a_ki tau_k / |1 + s tau_k|^2 for some compartment i, over the K gates with
/// positive amplitudes a: s lies in one of the discs |s + 1 / tau_k|^2 <= K max_i (a_ki / C_i) / tau_k. As
/// the cell is stable, Re s < 0; where no amplitude is negative, the real part gives
/// Re s <= -(min_i g_i / C_i + min_k 1 / tau_k) / 2 by the same equation.
struct OffAxisPoles {
  /// Points on the discs' borders, in the second quadrant, 1/ms.
  private let border: [Complex]

  /// The widest contour that is tried.
  private static let widenings: [Double] = [
    1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512,
  ]

  init(_ cable: LinearCable) {
    self.init([cable])
  }

  /// For cells whose responses are inverted together.
  init(_ cables: [LinearCable]) {
    border = cables.flatMap { OffAxisPoles.border($0) }
  }

  private static func border(_ cable: LinearCable) -> [Complex] {
    let gates = cable.relaxations.compactMap { term -> (rate: Double, strength: Double)? in
      var strength = 0.0
      for (i, amplitude) in zip(term.compartments, term.amplitudes) where amplitude > 0 {
        let ratio = amplitude / cable.capacitance[i]
        strength = max(strength, ratio.isNaN ? .infinity : ratio)
      }
      return strength > 0 ? (1 / term.timeConstant, strength) : nil
    }
    let limit = OffAxisPoles.rightmost(cable)
    return gates.flatMap { gate -> [Complex] in
      let radius = (Double(gates.count) * gate.strength * gate.rate).squareRoot()
      return (0...48).map { k in
        let angle = .pi * Double(k) / 48
        return Complex(-gate.rate + radius * cos(angle), radius * sin(angle))
      }.filter { $0.re <= limit } + [
        // Where the border passes the limit.
        Complex(limit, max(0, radius * radius - pow(limit + gate.rate, 2)).squareRoot())
      ]
    }
  }

  /// A bound on the real parts of poles off the axis.
  private static func rightmost(_ cable: LinearCable) -> Double {
    if cable.relaxations.contains(where: { $0.amplitudes.contains { $0 < 0 } }) { return 0 }
    let slowest = cable.relaxations.reduce(Double.infinity) { min($0, 1 / $1.timeConstant) }
    let leak = cable.capacitance.indices.reduce(Double.infinity) {
      cable.capacitance[$1] > 0 ? min($0, cable.conductance[$1] / cable.capacitance[$1]) : $0
    }
    return slowest.isFinite ? -0.5 * (leak + slowest) : 0
  }

  /// The contour for a window, as wide as it must be.
  ///
  /// - Parameter margin: how close places may come to the contour, as a fraction of its height: what lies
  ///   close is resolved badly.
  /// - Returns: nil when the widest contour does not enclose all places.
  func contour(
    first: Double, last: Double, nodeCount: Int, margin: Double
  ) -> LaplaceContour? {
    for widening in Self.widenings {
      let shape = LaplaceContour.Outline(
        first: first, last: last, nodeCount: nodeCount, widening: widening)
      if border.allSatisfy({ shape.encloses($0, margin: margin) }) {
        return LaplaceContour(
          first: first, last: last, nodeCount: nodeCount, widening: widening)
      }
    }
    return nil
  }
}

extension LaplaceContour {
  /// The curve that a contour's nodes lie on.
  struct Outline {
    let rightmost: Double
    let mu: Double
    let sine: Double
    let cosine: Double

    init(first: Double, last: Double, nodeCount: Int, widening: Double) {
      let shape = Shape.covering(ratio: last / first)
      (sine, cosine) = (sin(shape.alpha), cos(shape.alpha))
      let narrow =
        (4 * .pi * shape.alpha - .pi * .pi) / shape.width * Double(nodeCount)
        / (first * shape.ratio)
      rightmost = narrow * (1 - sine)
      mu = narrow * widening
    }

    /// Whether a place in the upper half plane lies within, at most at this fraction of the curve's
    /// height.
    func encloses(_ z: Complex, margin: Double) -> Bool {
      guard z.re < rightmost else { return false }
      let c = 1 + (rightmost - z.re) / (mu * sine)
      return z.im <= margin * mu * cosine * (c * c - 1).squareRoot()
    }
  }
}
