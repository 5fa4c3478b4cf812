#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The coefficients of the Legendre series in concentric spheres, term by term.
///
/// In layer j, between the radii r(j-1) and r(j), term n of the potential of a dipole at depth r_z is
///
///     A (r / r(j))^n + B (r(j-1) / r)^(n+1)
///
/// where both powers are at most 1; in the innermost layer only A counts, as the dipole's own part,
/// B r^-(n+1), is known in closed form. All is in units of 1 / (4 pi sigma_1 r_1^2).
///
/// A and B follow from the conductance with which each sphere loads the layers within: W = sigma r
/// (-dV/dr) / V at its surface, which is 0 at the last one. Going inwards through a layer,
///
///     W <- sigma (n (n + 1) (1 - e) sigma + W (n + 1 + n e)) / ((n + (n + 1) e) sigma + W (1 - e))
///
/// with e = (r(j-1) / r(j))^(2 n + 1): no differences of like numbers, however thin the layer.
struct SphereCoefficients {
  private let sigmas: [Double]

  /// r_z / r_1.
  private let depth: Double

  /// log(r(j-1) / r(j)); 0 for the innermost layer.
  private let logarithms: [Double]

  /// (r_z / r_1)^(n-1) of the next term.
  private var power = 1.0

  /// The load at the outer surface of each layer.
  private var loads: [Double]

  init(radii: [Double], sigmas: [Double], depth: Double) {
    self.sigmas = sigmas
    self.depth = depth / radii[0]
    logarithms = radii.indices.map { j in
      j == 0 ? 0 : log1p((radii[j - 1] - radii[j]) / radii[j])
    }
    loads = Array(repeating: 0, count: radii.count)
  }

  /// Writes A and B of all layers for term `n`; terms must be asked for one after the other from 1.
  mutating func next(
    _ n: Double, growing: UnsafeMutablePointer<Double>, decaying: UnsafeMutablePointer<Double>,
    stride: Int
  ) {
    load(n)
    var y = loads[0] / sigmas[0]
    // The reflected part of the brain, and the potential at its surface.
    growing[0] = power * (n + 1 - y) / (n + y)
    decaying[0] = 0
    var surface = power * (2 * n + 1) / (n + y)
    for j in 1..<max(sigmas.count, 1) {
      y = loads[j] / sigmas[j]
      let e = exp((2 * n + 1) * logarithms[j])
      let t = exp((n + 1) * logarithms[j])
      let b = surface / (n + y + e * (n + 1 - y))
      growing[j * stride] = b * t * (n + 1 - y)
      decaying[j * stride] = b * (n + y)
      surface = b * t * (2 * n + 1)
    }
    power *= depth
  }

  /// Finds the loads from the outside in.
  private mutating func load(_ n: Double) {
    var w = 0.0
    var j = sigmas.count - 1
    while j > 0 {
      loads[j] = w
      let rest = -expm1((2 * n + 1) * logarithms[j])
      let e = 1 - rest
      let sigma = sigmas[j]
      w =
        sigma * (n * (n + 1) * rest * sigma + w * (n + 1 + n * e))
        / ((n + (n + 1) * e) * sigma + w * rest)
      j -= 1
    }
    loads[0] = w
  }
}
