import KernelFiles
import LFPKernels

/// A kernel of the base network of which something is stored for each point.
struct StoredKernel: Sendable {
  /// Its place among the kernels that are computed.
  let index: Int
  let pre: String
  let post: String
  let probe: String
  let unit: String
  let dt: Double

  /// At lags dt ... tau, outputs × lags.
  let values: Matrix

  init(index: Int, _ kernel: Kernel) {
    self.index = index
    pre = kernel.pre
    post = kernel.post
    probe = kernel.probe
    unit = kernel.unit
    dt = kernel.dt
    values = kernel.values
  }

  /// Whether a point's kernel has the same outputs.
  func fits(_ kernel: Kernel) -> Bool {
    kernel.pre == pre && kernel.post == post && kernel.probe == probe
      && kernel.values.rows == values.rows && kernel.unit == unit
  }
}

/// The base network's kernels that a sweep stores something of, and how they are computed.
struct StoredKernels: Sendable {
  let kernels: [StoredKernel]

  /// The presynaptic populations whose kernels are computed; nil for all.
  let pre: Set<String>?

  /// - Throws: the problem of the base network, at its place in the description.
  init(_ sweep: Sweep) throws(DescriptionError) {
    let store = sweep.store
    pre = store.pathways.map { Set($0.map(\.pre)) }
    do throws(NetworkError) {
      var network = sweep.network
      network.settings.lags = .fir
      let all = try KernelEngine(network).kernels(from: pre)
      kernels = all.enumerated().filter {
        store.includes(pre: $0.element.pre, post: $0.element.post, probe: $0.element.probe)
      }.map { StoredKernel(index: $0.offset, $0.element) }
    } catch {
      throw DescriptionError([sweep.description.diagnostic(for: error)])
    }
    var problem: String?
    if kernels.isEmpty {
      problem = "has no kernels to compute: it needs connections and probes"
    } else if let every = store.kernels, let lags = kernels.map(\.values.columns).min(),
      every > lags
    {
      problem = "sweep.store.kernels.every: kernels have \(lags) lags, so every \(every)th is none"
    }
    if let problem {
      throw DescriptionError([
        Diagnostic(
          file: sweep.description.fileName, line: nil, column: nil, path: "", message: problem)
      ])
    }
  }
}
