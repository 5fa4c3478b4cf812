/// What a sweep keeps of each point's kernels.
struct StoredResults: Sendable, Equatable {
  /// A number per output that a kernel comes down to.
  enum Measure: String, Sendable, CaseIterable, Codable {
    /// The value that is largest in magnitude, with its sign.
    case peak

    /// The lag of the peak, ms.
    case latency

    /// The integral over all lags, the sum times dt: unit times ms.
    case integral

    /// The square root of the integral of the square: unit times the square root of ms.
    case norm

    /// The norm of the difference to the kernel of the base network.
    case difference
  }

  struct Pathway: Sendable, Equatable {
    let pre: String
    let post: String
  }

  var measures: [Measure] = [.peak, .latency, .integral, .norm]

  /// Kernels are stored at every so many lags; nil for none.
  var kernels: Int?

  /// How kernels are stored as linear systems; nil where they are not.
  var stateSpace: StateSpace?

  /// See `StateSpaceKernel`.
  struct StateSpace: Sendable, Equatable {
    var taps = 48
    var order = 24
    var tolerance = 1e-6
  }

  /// Nil for all.
  var pathways: [Pathway]?

  /// Nil for all.
  var probes: [String]?

  func includes(pre: String, post: String, probe: String) -> Bool {
    (pathways?.contains(Pathway(pre: pre, post: post)) ?? true)
      && (probes?.contains(probe) ?? true)
  }

  var canonical: String {
    let names = measures.map(\.rawValue).joined(separator: ", ")
    let pathways = pathways.map { $0.map { "\($0.pre)->\($0.post)" }.joined(separator: ", ") }
    let form = stateSpace.map {
      "state space (\($0.taps) taps, order \($0.order), tolerance \($0.tolerance))"
    }
    return "measures [\(names)], kernels \(form ?? kernels.map { "every \($0)" } ?? "none"), "
      + "pathways [\(pathways ?? "all")], probes [\(probes?.joined(separator: ", ") ?? "all")]"
  }
}
