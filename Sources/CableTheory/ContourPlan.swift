#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Which windows of lags are inverted with which contours, chosen by counted cost.
///
/// One window for all lags needs the fewest tree solves; several windows need fewer terms in the sums
/// over nodes at each lag. Lags are in units of the solver: the grid's step or a fraction of it.
struct ContourPlan {
  /// Windows [first, last], which meet at their ends and together reach from lag 1 to the last lag.
  var windows: [ClosedRange<Double>] = []
  var nodeCount = 0

  /// What a plan's cost depends on.
  struct Problem {
    let lastLag: Int
    let nodes: Int
    let outputs: Int

    /// First and last lag of each drive's delays.
    let delays: [(first: Int, last: Int)]
    let steps: Int
    let tolerance: Double
  }

  init(_ problem: Problem) {
    var best = Double.infinity
    for count in 1...6 {
      let ratio = pow(Double(problem.lastLag), 1 / Double(count))
      let nodeCount = LaplaceContour.nodeCount(ratio: ratio, tolerance: problem.tolerance)
      let cost = ContourPlan.cost(problem, windows: count, ratio: ratio, nodeCount: nodeCount)
      if cost < best {
        best = cost
        self.nodeCount = nodeCount
        windows = (0..<count).map { w in
          let first = w == 0 ? 1 : pow(ratio, Double(w)).rounded()
          let last =
            w == count - 1 ? Double(problem.lastLag) : pow(ratio, Double(w + 1)).rounded()
          return first...max(first, last)
        }
      }
      if ratio < 4 { break }
    }
  }

  /// Multiplications, roughly.
  private static func cost(
    _ problem: Problem, windows: Int, ratio: Double, nodeCount: Int
  ) -> Double {
    let (nodes, outputs) = (Double(problem.nodes), Double(problem.outputs))
    let solves = Double(windows * nodeCount)
    let drives = Double(problem.delays.count)
    var cost = solves * nodes * (15 + drives * (20 + 2 * outputs))
    let lastWindow = pow(ratio, Double(windows - 1))
    for delay in problem.delays {
      let steps = Double(problem.steps)
      let early = min(max(lastWindow + Double(delay.last), 0), steps)
      // About 6 in 10 terms of a sum matter, on average over a window.
      cost += (steps - early) * Double(nodeCount) * 0.6 * (2 * outputs + 4)
      let taps = min(Double(delay.last - delay.first + 64), early + 64)
      cost += early * (taps * outputs + Double(nodeCount) * 2 * outputs)
      cost += Double(delay.last - delay.first + 1) * Double(nodeCount) * 4
    }
    return cost
  }
}
