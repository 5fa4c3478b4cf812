/// Brings counts to the bins of another grid, each bin's spikes spread evenly over it: whole bins go into
/// wider ones exactly where edges coincide, and the sum stays in any case.
///
/// - Parameter first: the centre of the first bin, ms.
/// - Returns: the counts and the grid's bin of the first one.
func resample(
  _ counts: [Double], first: Double, dt: Double, to grid: TimeGrid
) -> (counts: [Double], start: Int) {
  guard !counts.isEmpty else { return ([], 0) }
  /// An edge of the grid's bins in steps from the first edge of `counts`.
  func position(_ bin: Int) -> Double {
    let time: Double = (Double(bin) - 0.5) * grid.dt + (grid.first - first)
    let edge: Double = time / dt + 0.5
    let whole = edge.rounded()
    return abs(edge - whole) <= 1e-9 * max(1, abs(edge)) ? whole : edge
  }
  let ratio = dt / grid.dt
  let shift = (first - grid.first) / grid.dt
  let start = Int((shift - 0.5 * ratio + 0.5 + 1e-9).rounded(.down))
  let length: Double = (Double(counts.count) - 0.5) * ratio
  let end = Int((shift + length + 0.5 - 1e-9).rounded(.up))
  var result = [Double](repeating: 0, count: max(end - start, 1))
  for index in result.indices {
    let from: Double = max(0, position(start + index))
    let to: Double = min(Double(counts.count), position(start + index + 1))
    guard from < to else { continue }
    var bin: Int = min(Int(from), counts.count - 1)
    var here = from
    while here < to {
      let next: Double = min(Double(bin + 1), to)
      result[index] += counts[bin] * (next - here)
      here = next
      bin += 1
    }
  }
  return (result, start)
}
