extension Distribution {
  /// The mean number that this distribution stands for when it gives counts, such as synapses per
  /// connected pair of neurons.
  ///
  /// A continuous density f is read at whole numbers: Σ k f(k) / Σ f(k), k = 1, 2, ... 99, as
  /// LFPykernels does for multapses. A discrete distribution gives its mean, a constant its value.
  /// - Throws: `noDensityAtCounts` where f(k) is 0 for all these k, `meanCountNotPositive` where
  ///   the mean is not above 0.
  public func meanOfCounts() throws(DistributionError) -> Double {
    let mean = isDiscrete ? self.mean : try meanOverCounts()
    guard mean > 0, mean.isFinite else {
      throw .meanCountNotPositive(distribution: description, mean: mean)
    }
    return mean
  }

  private func meanOverCounts() throws(DistributionError) -> Double {
    var sum = 0.0
    var weighted = 0.0
    for k in 1...99 {
      let k = Double(k)
      let f = density(at: k)
      // a gamma density with a pole at a whole number has all its weight there
      if f.isInfinite { return k }
      sum += f
      weighted += k * f
    }
    guard sum > 0 else { throw .noDensityAtCounts(distribution: description) }
    return weighted / sum
  }
}
