#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The images of a contact in the faces of a slice, and the potential of the far ones as a series.
///
/// The potential at a contact of height z of a current of height z' in a slice from 0 to h is that of
/// one medium at the contact and its images, all on the vertical through it (Ness et al. 2015,
/// Neuroinformatics 13: 403), each 1 / distance with its weight:
///
///     z : 1,  2 h - z : S,  -z : G,  and for k = 1, 2, ... with weights times (S G)^k
///     2 (k + 1) h - z : S,  -2 k h - z : G,  z + 2 k h : 1,  z - 2 k h : 1,
///
/// S = (sT - sS) / (sT + sS), G = (sT - sG) / (sT + sG). Here, heights are from the slice's middle in
/// units of h. About the middle, images from order k on have distances of at least 2 k - 1/2, and
/// within that their sum is a series of solid harmonics.
struct ImageSeries: Sendable {
  let slice: TissueSlice

  /// Leaves out the last image with weight S, so that for a contact on an insulating lower face the
  /// images that remain are pairs of equal weight: the end of the series for lines.
  let inPairs: Bool

  let plans: [Plan]

  /// Images are summed below an order, and a series replaces those from it on.
  struct Plan: Sendable {
    let order: Int
    /// Terms of the series within the distance (bin + 1) / binsPerThickness; 0 where there are too many.
    let terms: [Int]
    var maximumTerms: Int { terms.max() ?? 0 }
  }

  private static let binsPerThickness = 8.0
  private static let mostTerms = 80

  init(_ slice: TissueSlice, inPairs: Bool) {
    self.slice = slice
    self.inPairs = inPairs
    let reflects = slice.weightAbove * slice.weightBelow != 0
    let orders = reflects ? (1...8).filter { $0 < slice.steps } : []
    plans = orders.map { order in
      let reach = 2 * Double(order) - 0.5
      let terms = (0..<Int(reach * ImageSeries.binsPerThickness)).map { bin in
        let ratio = Double(bin + 1) / (ImageSeries.binsPerThickness * reach)
        let n = ratio < 1 ? Int((-36 / log(ratio)).rounded(.up)) : Int.max
        return n <= ImageSeries.mostTerms ? n : 0
      }
      return Plan(order: order, terms: terms)
    }
  }

  /// Height above the middle, in units of the thickness.
  func scaledHeight(_ z: Double) -> Double { (z - slice.bottom) / slice.thickness - 0.5 }

  /// Images of a contact at a scaled height: depths and weights, those of low order first.
  func images(of u: Double) -> (depths: [Double], weights: [Double]) {
    let (s, g) = (slice.weightAbove, slice.weightBelow)
    var (depths, weights) = ([u, 1 - u, -1 - u], [1, s, g])
    guard s * g != 0 else { return (depths, weights) }
    depths.reserveCapacity(4 * slice.steps)
    weights.reserveCapacity(4 * slice.steps)
    var weight = 1.0
    for order in 1..<max(slice.steps, 1) {
      weight *= s * g
      let shift = 2 * Double(order)
      depths += [shift + 1 - u, -shift - 1 - u, u + shift, u - shift]
      let isLast = order == slice.steps - 1
      weights += [isLast && inPairs ? 0 : weight * s, weight * g, weight, weight]
    }
    return (depths, weights)
  }

  /// Number of images of an order below the given.
  func count(below order: Int) -> Int { 4 * order - 1 }

  /// Terms that a plan's series needs at a scaled distance from the middle; nil where images are summed.
  func terms(_ plan: Plan, distance: Double) -> Int? {
    let bin = Int(min(distance * ImageSeries.binsPerThickness, 1e6))
    guard bin < plan.terms.count, plan.terms[bin] > 0 else { return nil }
    return plan.terms[bin]
  }

  /// sum_j w_j sign(d_j)^n / |d_j|^(n + 1) over the images from an order on.
  func coefficients(
    _ plan: Plan, terms: Int, _ images: (depths: [Double], weights: [Double])
  ) -> [Double] {
    let first = count(below: plan.order)
    let inverse = images.depths[first...].map { 1 / $0 }
    var powers = zip(inverse, images.weights[first...]).map { abs($0) * $1 }
    return (0..<terms).map { _ in
      var sum = 0.0
      for j in powers.indices {
        sum += powers[j]
        powers[j] *= inverse[j]
      }
      return sum
    }
  }
}
