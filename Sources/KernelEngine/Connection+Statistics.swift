extension Connection {
  /// The connection's numbers between populations of the given sizes.
  ///
  /// - Parameter index: of the connection in its network, for errors.
  /// - Throws: `NetworkError` for a probability outside 0 ... 1, a negative number of synapses or
  ///   multapses without a mean.
  func statistics(
    preSize: Int, postSize: Int, index: Int
  ) throws(NetworkError) -> ConnectionStatistics {
    let (pairs, posts) = (Double(preSize) * Double(postSize), Double(postSize))
    var multapseMean: Double?
    let total: Double
    switch connectivity {
    case .probability(let probability, let multapses):
      guard probability >= 0, probability <= 1 else {
        throw NetworkError(
          .connection(index), key: "probability",
          "\(probability) is not a probability; it must lie between 0 and 1")
      }
      do {
        multapseMean = try multapses.meanOfCounts()
      } catch {
        throw NetworkError(.connection(index), key: "multapses", error.description)
      }
      total = probability * pairs * (multapseMean ?? 1)
    case .synapses(let count):
      total = count
    case .indegree(let count):
      total = count * posts
    }
    guard total >= 0, total.isFinite else {
      throw NetworkError(
        .connection(index), "the number of synapses is \(total); it must be finite and not negative"
      )
    }
    return ConnectionStatistics(
      pre: pre, post: post, connection: index, synapses: total, indegree: total / posts,
      outdegree: total / Double(preSize), multapseMean: multapseMean, meanDelay: delay.mean)
  }
}
