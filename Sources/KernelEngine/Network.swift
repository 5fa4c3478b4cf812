/// All that the kernels of a network depend on.
public struct Network: Sendable {
  public var settings: KernelSettings

  /// Model cells by name.
  public var cells: [String: Cell]
  public var populations: [Population]

  /// Connections; several between the same two populations add up to one pathway.
  public var connections: [Connection]
  public var probes: [Probe]

  public init(
    settings: KernelSettings = KernelSettings(), cells: [String: Cell], populations: [Population],
    connections: [Connection], probes: [Probe]
  ) {
    self.settings = settings
    self.cells = cells
    self.populations = populations
    self.connections = connections
    self.probes = probes
  }
}
