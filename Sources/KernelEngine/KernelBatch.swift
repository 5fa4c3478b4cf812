/// The kernels of a network among many, or why there are none.
public typealias KernelResult = Result<[Kernel], NetworkError>

extension KernelEngine {
  /// The kernels of many networks, computed side by side and handed over in the networks' order.
  ///
  /// What successive networks have in common is computed once (`KernelWorkspace`). A network that fails
  /// stops no other, and leaves nothing behind for the next. Networks are taken from the sequence only
  /// as fast as results are taken from here, so memory does not grow with their number.
  ///
  /// - Parameters:
  ///   - pre: the presynaptic populations whose kernels are wanted, nil for all.
  ///   - threads: networks that are computed side by side.
  ///   - receive: called once for each network, in order, with its index: what keeps results or shows
  ///     progress.
  /// - Throws: `CancellationError` soon after the task is cancelled, and what the sequence or
  ///   `receive` throws.
  public static func kernels<Networks: AsyncSequence>(
    of networks: Networks, from pre: Set<String>? = nil, threads: Int = 1,
    receive: (Int, KernelResult) async throws -> Void
  ) async throws where Networks.Element == Network {
    let workspaces = (0..<max(1, threads)).map { _ in KernelWorkspace() }
    try await withThrowingTaskGroup(of: Computed.self) { group in
      var source = networks.makeAsyncIterator()
      var idle = Array(workspaces.indices)
      var waiting: [Int: KernelResult] = [:]
      var (started, handed, isAtEnd) = (0, 0, false)
      while true {
        // Results that wait for a slow one before them are kept, so there must not be many.
        while !isAtEnd, !idle.isEmpty, started - handed < 4 * workspaces.count {
          try Task.checkCancellation()
          guard let network = try await source.next() else {
            isAtEnd = true
            break
          }
          let (index, worker) = (started, idle.removeLast())
          let workspace = workspaces[worker]
          group.addTask {
            Computed(index: index, worker: worker, result: workspace.result(of: network, from: pre))
          }
          started += 1
        }
        guard let computed = try await group.next() else { break }
        idle.append(computed.worker)
        waiting[computed.index] = computed.result
        while let result = waiting.removeValue(forKey: handed) {
          try Task.checkCancellation()
          try await receive(handed, result)
          handed += 1
        }
      }
    }
  }

  /// The kernels of many networks, in their order.
  ///
  /// - Parameter progress: called with the number of networks that are done.
  /// - Throws: `CancellationError` soon after the task is cancelled.
  public static func kernels(
    of networks: [Network], from pre: Set<String>? = nil, threads: Int = 1,
    progress: (Int) -> Void = { _ in }
  ) async throws -> [KernelResult] {
    var results: [KernelResult] = []
    results.reserveCapacity(networks.count)
    let sequence = AsyncStream { continuation in
      for network in networks { continuation.yield(network) }
      continuation.finish()
    }
    try await kernels(of: sequence, from: pre, threads: threads) { index, result in
      results.append(result)
      progress(index + 1)
    }
    return results
  }
}

private struct Computed: Sendable {
  let index: Int
  let worker: Int
  let result: KernelResult
}

extension KernelWorkspace {
  fileprivate func result(of network: Network, from pre: Set<String>?) -> KernelResult {
    do {
      return .success(try kernels(of: network, from: pre))
    } catch {
      return .failure(error)
    }
  }
}
