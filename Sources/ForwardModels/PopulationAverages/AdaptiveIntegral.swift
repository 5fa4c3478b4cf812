/// The integral of a function to an absolute tolerance, and how well it is known: the rules of Gauss and
/// Kronrod on pieces that are halved where these differ.
func adaptiveIntegral(
  from low: Double, to high: Double, tolerance: Double, _ f: (Double) -> Double
) -> (value: Double, error: Double) {
  var (value, error) = (0.0, 0.0)
  guard high > low else { return (0, 0) }
  var stack = [(low: low, length: high - low, depth: 0)]
  while let piece = stack.popLast() {
    var (fine, coarse) = (0.0, 0.0)
    for k in 0..<7 {
      let y = f(piece.low + piece.length * Kronrod.nodes[k])
      fine += Kronrod.weights[k] * y
      coarse += Kronrod.gaussWeights[k] * y
    }
    let difference = piece.length * abs(fine - coarse)
    let share = (piece.length / (high - low)).squareRoot()
    if difference <= tolerance * share || piece.depth >= 24 {
      value += piece.length * fine
      error += difference
    } else {
      let half = 0.5 * piece.length
      stack.append((piece.low, half, piece.depth + 1))
      stack.append((piece.low + half, half, piece.depth + 1))
    }
  }
  return (value, error)
}

/// The same between neighbours of a list of places, those outside of an interval left out.
func adaptiveIntegral(
  from low: Double, to high: Double, places: [Double], tolerance: Double, _ f: (Double) -> Double
) -> (value: Double, error: Double) {
  let inner = places.filter { $0 > low && $0 < high }.sorted()
  let edges = [low] + inner + [high]
  var result = (value: 0.0, error: 0.0)
  for (a, b) in zip(edges, edges.dropFirst()) {
    let part = adaptiveIntegral(from: a, to: b, tolerance: tolerance, f)
    result.value += part.value
    result.error += part.error
  }
  return result
}
