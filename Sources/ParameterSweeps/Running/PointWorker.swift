import KernelFiles
import LFPKernels

/// Computes points, one after another, and gathers what is stored of them.
struct PointWorker {
  private var networks: PointNetworks
  private let workspace = KernelWorkspace()
  private let sweep: Sweep
  private let stored: StoredKernels
  private let store: StoredResults

  init(_ sweep: Sweep, _ stored: StoredKernels) {
    self.sweep = sweep
    self.stored = stored
    store = sweep.store
    networks = PointNetworks(sweep)
  }

  /// Computes a point; gives why it failed, nil if it did not.
  mutating func compute(_ point: Int, into batch: inout PointBatch) -> String? {
    var identity: [UInt8]?
    do {
      let (network, digest) = try networks.network(atPoint: point)
      identity = digest
      var fir = network
      fir.settings.lags = .fir
      let kernels = try workspace.kernels(of: fir, from: stored.pre)
      try check(kernels)
      let systems = try systems(of: kernels)
      append(PointRecord(point, identity: digest), kernels, systems, to: &batch)
      return nil
    } catch {
      let message = Self.message(error, in: sweep)
      batch.append(PointRecord(point, failure: message, identity: identity)) { _, _ in }
      return message
    }
  }

  /// What is stored of an error: without the directory, which may be another on another machine.
  private static func message(_ error: any Error, in sweep: Sweep) -> String {
    let diagnostic: Diagnostic
    switch error {
    case let error as DescriptionError:
      guard let first = error.diagnostics.first else { return "\(error)" }
      diagnostic = first
    case let error as NetworkError: diagnostic = sweep.description.diagnostic(for: error)
    default: return "\(error)"
    }
    return Diagnostic(
      file: diagnostic.file.split(separator: "/").last.map { String($0) } ?? diagnostic.file,
      line: diagnostic.line, column: diagnostic.column, path: diagnostic.path,
      message: diagnostic.message
    ).description
  }

  private func check(_ kernels: [Kernel]) throws(SweepError) {
    let needsLags =
      store.kernels != nil || store.stateSpace != nil || store.measures.contains(.difference)
    for base in stored.kernels {
      guard kernels.indices.contains(base.index), base.fits(kernels[base.index]) else {
        throw SweepError("\(base.probe) has other outputs than in the base network")
      }
      let kernel = kernels[base.index]
      if needsLags, kernel.values.columns != base.values.columns || kernel.dt != base.dt {
        throw SweepError("the kernels have other lags than those of the base network")
      }
    }
  }

  /// Kernels as linear systems, where these are stored.
  private func systems(of kernels: [Kernel]) throws -> [StateSpaceKernel] {
    guard let space = store.stateSpace else { return [] }
    return try stored.kernels.map { base in
      do throws(PredictionError) {
        return try StateSpaceKernel(
          kernels[base.index].values, tapCount: space.taps, order: space.order,
          tolerance: space.tolerance)
      } catch {
        throw SweepError(
          "\(base.pre)->\(base.post) at \(base.probe): \(error); set order, taps or tolerance of "
            + "state_space")
      }
    }
  }

  private func append(
    _ record: PointRecord, _ kernels: [Kernel], _ systems: [StateSpaceKernel],
    to batch: inout PointBatch
  ) {
    let wantsBase = store.measures.contains(.difference)
    let measures =
      store.measures.isEmpty
      ? []
      : stored.kernels.map { base in
        KernelMeasures(
          kernels[base.index].values, dt: kernels[base.index].dt,
          base: wantsBase ? base.values : nil)
      }
    let count = stored.kernels.count
    batch.append(record) { dataset, values in
      let (measure, index) = dataset.quotientAndRemainder(dividingBy: count)
      if measure < store.measures.count {
        values.append(contentsOf: measures[index][store.measures[measure]])
        return
      }
      if let space = store.stateSpace {
        let part = StateSpacePart.allCases[measure - store.measures.count]
        part.append(systems[index], order: space.order, to: &values)
        return
      }
      let kernel = kernels[stored.kernels[index].index].values
      let every = store.kernels ?? 1
      kernel.withUnsafeEntries { entries in
        guard every > 1 else {
          values.append(contentsOf: entries)
          return
        }
        let lags = kernel.columns / every
        for row in 0..<kernel.rows {
          for lag in 0..<lags {
            values.append(entries[row * kernel.columns + (lag + 1) * every - 1])
          }
        }
      }
    }
  }
}
