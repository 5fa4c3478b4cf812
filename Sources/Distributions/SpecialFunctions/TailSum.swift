/// The sum of a tail of probabilities, each from the one before it.
///
/// All terms are positive and fall, so that nothing cancels; it ends where a term no longer
/// changes the sum, after some ten standard deviations.
/// - Parameters:
///   - first: the first, largest term.
///   - start: the index of the first term.
///   - step: from an index the next index, and the ratio of the next term to this one.
func tailSum(
  first: Double, from start: Double, step: (Double) -> (next: Double, ratio: Double)
) -> Double {
  var sum = first
  var term = first
  var index = start
  while term > 1e-18 * sum {
    let (next, ratio) = step(index)
    term *= ratio
    sum += term
    index = next
  }
  return min(sum, 1)
}
