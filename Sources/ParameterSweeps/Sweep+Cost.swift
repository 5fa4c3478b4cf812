extension Sweep {
  /// Seconds that it takes to make the network of a point and its identity, the mean over many points.
  package func descriptionCost() throws -> Double {
    var networks = PointNetworks(self)
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    while count < pointCount, clock.now - start < .seconds(1) || count == 0 {
      _ = try networks.network(atPoint: count)
      count += 1
    }
    let components = (clock.now - start).components
    return (Double(components.seconds) + Double(components.attoseconds) * 1e-18) / Double(count)
  }
}
