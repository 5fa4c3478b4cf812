/// A place where a table is asked for: the horizontal distance and the depth difference, um.
struct TablePoint {
  var rho, zeta: Double
  /// What is found there.
  var value = 0.0
  /// Which of the caller's points it is.
  var slot: Int32
}

/// A function of horizontal distance and depth difference, and where it is not smooth.
protocol TabulatedFunction {
  /// The horizontal distance of a kink.
  var radius: Double { get }
  /// Depth differences of kinks within that distance.
  var jumps: [Double] { get }
  /// How far in depth the function is smoothed, um.
  var deviation: Double { get }
  /// Whether it is even in the depth difference.
  var isEven: Bool { get }
  /// Writes the values at points.
  func evaluate(_ points: UnsafeMutableBufferPointer<TablePoint>)
}

/// A function of horizontal distance and depth difference as a tree of Chebyshev polynomials that
/// grows where it is asked for.
///
/// A box is halved, along the direction in which its polynomial converges more slowly, until its last
/// coefficients and a value between its nodes show the tolerance. Boxes with fewer points than a
/// polynomial has coefficients are not worth one: there the function itself is evaluated.
final class PotentialTable<Function: TabulatedFunction> {
  private enum Content {
    case empty
    case polynomial(offset: Int)
    case halves(first: Int, alongRho: Bool, cut: Double)
  }

  private struct Node {
    var rho, zeta: (low: Double, high: Double)
    var depth: Int
    var content = Content.empty
  }

  private let function: Function
  private let grid: ChebyshevGrid
  private let tolerance: Double
  private var nodes: [Node]
  private var coefficients: [Double] = []

  /// The largest error that any box has shown, 1/um.
  private(set) var error = 0.0

  /// - Parameters:
  ///   - rho: The largest horizontal distance that will be asked for.
  ///   - zeta: The largest depth difference, positive or negative.
  ///   - tolerance: The absolute error that is allowed, 1/um.
  init(_ function: Function, rho: Double, zeta: Double, tolerance: Double, order: Int) {
    self.function = function
    self.tolerance = tolerance
    grid = ChebyshevGrid(order: order)
    nodes = [Node(rho: (0, 1.001 * rho + 1), zeta: (-1.001 * zeta - 1, 1.001 * zeta + 1), depth: 0)]
  }

  /// Writes the values at all points, which it puts into an order of its own.
  func evaluate(_ points: UnsafeMutableBufferPointer<TablePoint>) {
    if function.isEven {
      for i in points.indices { points[i].zeta = abs(points[i].zeta) }
    }
    evaluate(0, points)
  }

  private func evaluate(_ index: Int, _ points: UnsafeMutableBufferPointer<TablePoint>) {
    if points.isEmpty { return }
    if case .empty = nodes[index].content {
      if 2 * points.count < grid.order * grid.order || nodes[index].depth > 60 {
        return function.evaluate(points)
      }
      grow(index)
    }
    switch nodes[index].content {
    case .empty: return
    case .polynomial(let offset):
      let node = nodes[index]
      coefficients.withUnsafeBufferPointer {
        grid.evaluate(
          UnsafeBufferPointer(rebasing: $0[offset..<(offset + grid.order * grid.order)]),
          rho: node.rho, zeta: node.zeta, points)
      }
    case .halves(let first, let alongRho, let cut):
      let middle = partition(points, alongRho: alongRho, cut: cut)
      evaluate(first, UnsafeMutableBufferPointer(rebasing: points[..<middle]))
      evaluate(first + 1, UnsafeMutableBufferPointer(rebasing: points[middle...]))
    }
  }

  /// Moves the points below the cut to the front and returns their number.
  private func partition(
    _ points: UnsafeMutableBufferPointer<TablePoint>, alongRho: Bool, cut: Double
  ) -> Int {
    var front = 0
    for i in points.indices where (alongRho ? points[i].rho : points[i].zeta) < cut {
      points.swapAt(i, front)
      front += 1
    }
    return front
  }

  /// Gives a box its polynomial or its halves.
  private func grow(_ index: Int) {
    let node = nodes[index]
    if let (alongRho, cut) = requiredCut(node) { return halve(index, alongRho: alongRho, at: cut) }
    let count = grid.order * grid.order
    var samples = grid.points(rho: node.rho, zeta: node.zeta)
    samples.withUnsafeMutableBufferPointer { function.evaluate($0) }
    samples.sort { $0.slot < $1.slot }
    let fit = grid.coefficients(of: samples[..<count].map(\.value))
    let missed = abs(grid.value(fit.coefficients, at: grid.probePlace) - samples[count].value)
    let estimate = max(missed, fit.tails.rho, fit.tails.zeta)
    if estimate <= tolerance {
      error = max(error, estimate)
      nodes[index].content = .polynomial(offset: coefficients.count)
      coefficients += fit.coefficients
    } else {
      let alongRho = fit.tails.rho > fit.tails.zeta
      let (low, high) = alongRho ? node.rho : node.zeta
      halve(index, alongRho: alongRho, at: 0.5 * (low + high))
    }
  }

  private func halve(_ index: Int, alongRho: Bool, at cut: Double) {
    var (first, second) = (nodes[index], nodes[index])
    first.depth += 1
    second.depth += 1
    if alongRho {
      first.rho.high = cut
      second.rho.low = cut
    } else {
      first.zeta.high = cut
      second.zeta.low = cut
    }
    nodes[index].content = .halves(first: nodes.count, alongRho: alongRho, cut: cut)
    nodes += [first, second]
  }

  /// Where a box must be cut before a polynomial is tried: at the rim, at jumps of the density inside
  /// it, and where it is larger than what the function can be smooth over.
  private func requiredCut(_ node: Node) -> (alongRho: Bool, cut: Double)? {
    let radius = function.radius
    func contains(_ range: (low: Double, high: Double), _ x: Double) -> Bool {
      let margin = 1e-9 * (abs(x) + range.high - range.low)
      return range.low < x - margin && x + margin < range.high
    }
    if contains(node.rho, radius) { return (true, radius) }
    if node.rho.low < radius {
      for jump in function.jumps where contains(node.zeta, jump) { return (false, jump) }
    }
    let deviation = function.deviation
    let side = max(0, node.rho.low - radius)
    let nearest = max(0, max(node.zeta.low, -node.zeta.high) - 3 * deviation)
    let distance = (side * side + nearest * nearest).squareRoot()
    let width = (node.rho.high - node.rho.low) / (2 * distance + radius)
    let height = (node.zeta.high - node.zeta.low) / (2 * distance + 2 * radius + 4 * deviation)
    if max(width, height) <= 1.001 { return nil }
    let (low, high) = width > height ? node.rho : node.zeta
    return (width > height, 0.5 * (low + high))
  }
}
