internal import LinearAlgebra
internal import Synchronization

/// Computes the kernels of one network after another, as parameter scans and fits need them: what two
/// successive networks have in common is computed once.
///
/// Cells that are cut and placed, linearised membranes, placements of synapses, statistics of
/// connections, filters of delays and the matrices of probes are kept as long as nothing changes that
/// they depend on. The kernels are those of `KernelEngine`, bit for bit. Calls from several threads
/// take turns; work side by side needs a workspace each.
public final class KernelWorkspace: Sendable {
  private let stages = Mutex(KernelStages())

  public init() {}

  /// All kernels of a network, in the order of `KernelEngine.kernels(from:threads:)`.
  ///
  /// - Parameter pre: the presynaptic populations whose kernels are wanted, nil for all. The others add
  ///   to the effective leak all the same.
  /// - Throws: `NetworkError` as `KernelEngine` does; the workspace stays good for other networks.
  public func kernels(
    of network: Network, from pre: Set<String>? = nil
  ) throws(NetworkError) -> [Kernel] {
    try stages.withLock { (stages) throws(NetworkError) in
      try BLASThreads.single { () throws(NetworkError) in
        let engine = try KernelEngine(network, stages: &stages)
        return try engine.kernels(from: pre, stages: &stages)
      }
    }
  }
}
