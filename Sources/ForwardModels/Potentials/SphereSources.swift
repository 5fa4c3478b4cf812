internal import CVectorMath
internal import CellMorphology

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Point currents at the midpoints of compartments in a conducting sphere.
///
/// With x = r s / R^2 (inside) or s / r (outside), b = so / (si + so),
///
///     G = sum_n x^n P_n = 1 / sqrt(1 - 2 x cos g + x^2),  H = sum_n x^n P_n / (n + b),
///
/// the sums are (si - so) / (si + so) [G + (1 - b) H] inside and, but for 1 / (si + so),
/// 2 G + (si - so) / (si + so) H outside.
struct SphereSources: SourceKernel {
  let sphere: SpherePotential
  /// x, y, z from the centre and the radius.
  private let columns: Columns
  private let tail: SphereTail

  /// Whether contacts inside the sphere see the currents themselves, and not only what the sphere's
  /// surface adds.
  private let isComplete: Bool

  init(_ compartments: Compartments, sphere: SpherePotential, isComplete: Bool = true) {
    self.sphere = sphere
    self.isComplete = isComplete
    tail = SphereTail(b: sphere.outside / (sphere.inside + sphere.outside))
    let center = sphere.center
    columns = Columns(
      count: compartments.count,
      [
        { compartments.midpoint($0).x - center.x }, { compartments.midpoint($0).y - center.y },
        { compartments.midpoint($0).z - center.z }, { 0.5 * compartments.diameter[$0] },
      ])
  }

  private init(columns: Columns, like other: SphereSources) {
    self.columns = columns
    sphere = other.sphere
    tail = other.tail
    isComplete = other.isComplete
  }

  var count: Int { columns.count }

  func selecting(_ indices: [Int]) -> SphereSources {
    SphereSources(columns: columns.selecting(indices), like: self)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    let (si, so, radius) = (sphere.inside, sphere.outside, sphere.radius)
    let p = point - sphere.center
    let p2 = (p * p).sum()
    let isInside = p2 <= radius * radius
    let unit = isInside ? 1 / (radius * radius) : 1 / p2
    var (products, squares) = ([Double](), [Double]())
    for i in 0..<count {
      let s = source(i)
      products.append(unit * (s * p).sum())
      squares.append(unit * unit * (s * s).sum() * p2)
    }
    let h = tail.sums(products: products, squares: squares)
    let contrast = (si - so) / (si + so)
    let b = tail.b
    for i in 0..<count {
      let x = squares[i].squareRoot()
      let g = 1 / ((1 - x) * (1 - x) + 2 * max(0, x - products[i])).squareRoot()
      if isInside {
        let d = p - source(i)
        let distance = max((d * d).sum().squareRoot(), columns[3, i])
        let sum = contrast * (g + (1 - b) * h[i])
        let direct = isComplete ? 1 / distance : 0
        row[i] = (direct + sum / radius) / (4 * Double.pi * si)
      } else {
        row[i] = (2 * g + contrast * h[i]) / (4 * Double.pi * p2.squareRoot() * (si + so))
      }
    }
  }

  private func source(_ i: Int) -> SIMD3<Double> {
    SIMD3(columns[0, i], columns[1, i], columns[2, i])
  }
}

/// sum_n x^n P_n(c) / (n + b) for 0 <= x < 1, 0 < b < 1.
struct SphereTail: Sendable {
  let b: Double

  /// 1 / (n + b) for the series.
  private let coefficients: [Double]

  private static let mostTerms = 256

  init(b: Double) {
    self.b = b
    coefficients = (0..<SphereTail.mostTerms).map { 1 / (Double($0) + b) }
  }

  /// The sums for products x c and squares x^2: by terms, or by an integral where x is close to 1.
  func sums(products: [Double], squares: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: products.count)
    let chunk = 64
    for first in stride(from: 0, to: products.count, by: chunk) {
      let n = min(chunk, products.count - first)
      let x = squares[first..<(first + n)].reduce(0) { max($0, $1) }.squareRoot()
      let terms = x > 0 ? -37 / log(x) : 1
      if terms < Double(SphereTail.mostTerms) {
        products.withUnsafeBufferPointer { t in
          squares.withUnsafeBufferPointer { r2 in
            result.withUnsafeMutableBufferPointer { out in
              guard let t = t.baseAddress, let r2 = r2.baseAddress, let out = out.baseAddress
              else { return }
              cvm_solid_harmonics(
                n, t + first, r2 + first, Int(terms) + 2, coefficients, 1, out + first)
            }
          }
        }
      } else {
        for i in first..<(first + n) { result[i] = integral(products[i], squares[i]) }
      }
    }
    return result
  }

  /// 1/b + Int_0^inf e^(-b s) [1 / sqrt(1 - 2 x c e^-s + x^2 e^-2s) - 1] ds, by panels that grow away
  /// from s = 0, where the root is least.
  func integral(_ product: Double, _ square: Double) -> Double {
    let x = square.squareRoot()
    let across = max(0, x - product)
    let nearest = max(1 - x, 1e-12)
    var (low, sum) = (0.0, 1 / b)
    while low < 40 {
      let high = low + min(1, max(nearest, low))
      sum += gaussLegendre16(from: low, to: high) { s in
        let e = exp(-s)
        let root = ((1 - x * e) * (1 - x * e) + 2 * e * across).squareRoot()
        return exp(-b * s) * (2 * product - square * e) * e / (root * (1 + root))
      }
      low = high
    }
    return sum
  }
}
