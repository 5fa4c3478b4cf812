#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The mean of potentials over the surface of a contact, by product rules of Gauss points (in the radius'
/// square and the angle for a disc): of rising order until two agree, then by bisection.
struct SurfaceAverage: Sendable {
  struct Node {
    var offset: SIMD3<Double>
    var weight: Double
  }

  private let surface: ContactSurface
  private let rules: [[Node]]

  /// Two rules agree when no entry differs by more than this times the largest.
  private static let tolerance = 2e-11

  init(_ surface: ContactSurface) {
    self.surface = surface
    let whole = Cell(u: 0...1, v: 0...1)
    rules = [3, 5, 9, 17].map { n in
      if case .disc = surface.shape { return SurfaceAverage.disc(surface, n) }
      return SurfaceAverage.nodes(surface, whole, GaussLegendre(n))
    }
  }

  func write(
    of kernel: some SourceKernel, at center: SIMD3<Double>,
    into row: UnsafeMutablePointer<Double>
  ) {
    var indices = Array(0..<kernel.count)
    var remaining = kernel
    var coarse = sum(rules[0], remaining, center)
    let limit = SurfaceAverage.tolerance * coarse.reduce(0, { max($0, abs($1)) })
    for rule in rules.dropFirst() {
      let fine = sum(rule, remaining, center)
      var open = [Int]()
      for (k, index) in indices.enumerated() {
        row[index] = fine[k]
        if !(abs(fine[k] - coarse[k]) <= limit) { open.append(k) }
      }
      if open.isEmpty { return }
      remaining = remaining.selecting(open)
      indices = open.map { indices[$0] }
      coarse = open.map { fine[$0] }
    }
    let means = bisect(remaining, center, tolerance: limit)
    for (k, index) in indices.enumerated() { row[index] = means[k] }
  }

  private func sum(
    _ nodes: [Node], _ kernel: some SourceKernel, _ center: SIMD3<Double>
  ) -> [Double] {
    let n = kernel.count
    var total = [Double](repeating: 0, count: n)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, n)) { row in
      guard let values = row.baseAddress else { return }
      total.withUnsafeMutableBufferPointer { total in
        for node in nodes {
          kernel.potentials(at: center + node.offset, into: values)
          for i in 0..<n { total[i] += node.weight * values[i] }
        }
      }
    }
    return total
  }
}

extension SurfaceAverage {
  /// A part of the surface: width and height of a rectangle, radius and angle of a disc, all as
  /// fractions.
  fileprivate struct Cell {
    var u, v: ClosedRange<Double>
    var depth = 0

    var area: Double { (u.upperBound - u.lowerBound) * (v.upperBound - v.lowerBound) }

    var quarters: [Cell] {
      let mu = 0.5 * (u.lowerBound + u.upperBound)
      let mv = 0.5 * (v.lowerBound + v.upperBound)
      return [u.lowerBound...mu, mu...u.upperBound].flatMap { u in
        [v.lowerBound...mv, mv...v.upperBound].map { Cell(u: u, v: $0, depth: depth + 1) }
      }
    }
  }

  /// Means over the surface where potentials are not smooth: a cell is divided until its rule agrees
  /// with that of its quarters.
  private func bisect(
    _ kernel: some SourceKernel, _ center: SIMD3<Double>, tolerance: Double
  ) -> [Double] {
    let rule = GaussLegendre(6)
    func estimate(_ cell: Cell) -> [Double] {
      sum(SurfaceAverage.nodes(surface, cell, rule), kernel, center)
    }
    var total = [Double](repeating: 0, count: kernel.count)
    let whole = Cell(u: 0...1, v: 0...1)
    var stack = [(whole, estimate(whole))]
    while let (cell, value) = stack.popLast() {
      let parts = cell.quarters.map { ($0, estimate($0)) }
      var (error, refined) = (0.0, [Double](repeating: 0, count: kernel.count))
      for k in refined.indices {
        refined[k] = parts.reduce(0) { $0 + $1.1[k] }
        error = max(error, abs(refined[k] - value[k]))
      }
      if cell.depth >= 2 && error <= 5 * tolerance * cell.area.squareRoot() || cell.depth >= 12 {
        for k in refined.indices { total[k] += refined[k] }
      } else {
        stack += parts
      }
    }
    return total
  }

  /// Gauss points of a cell.
  fileprivate static func nodes(_ surface: ContactSurface, _ cell: Cell, _ rule: GaussLegendre)
    -> [Node]
  {
    func scaled(_ x: Double, _ range: ClosedRange<Double>) -> Double {
      0.5 * (range.lowerBound + range.upperBound + x * (range.upperBound - range.lowerBound))
    }
    var result = [Node]()
    for (xu, wu) in zip(rule.nodes, rule.weights) {
      for (xv, wv) in zip(rule.nodes, rule.weights) {
        let offset = place(surface, scaled(xu, cell.u), scaled(xv, cell.v))
        var weight = 0.25 * wu * wv * cell.area
        if case .disc = surface.shape { weight *= 2 * scaled(xu, cell.u) }
        result.append(Node(offset: offset, weight: weight))
      }
    }
    return result
  }

  /// A rule for the whole disc that is exact for polynomials of degree 4 n - 2.
  private static func disc(_ surface: ContactSurface, _ n: Int) -> [Node] {
    let rule = GaussLegendre(n)
    let angles = 4 * n - 1
    var result = [Node]()
    for (x, w) in zip(rule.nodes, rule.weights) {
      for k in 0..<angles {
        let offset = place(surface, (0.5 * (1 + x)).squareRoot(), Double(k) / Double(angles))
        result.append(Node(offset: offset, weight: 0.5 * w / Double(angles)))
      }
    }
    return result
  }

  private static func place(_ surface: ContactSurface, _ u: Double, _ v: Double) -> SIMD3<Double> {
    let (a, b) =
      switch surface.shape {
      case .disc(let radius):
        (radius * u * cos(2 * Double.pi * v), radius * u * sin(2 * Double.pi * v))
      case .square(let side): ((u - 0.5) * side, (v - 0.5) * side)
      case .rectangle(let width, let height): ((u - 0.5) * width, (v - 0.5) * height)
      }
    return a * surface.widthAxis + b * surface.heightAxis
  }
}
