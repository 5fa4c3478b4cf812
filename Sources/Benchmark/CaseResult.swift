import LFPKernels

/// What was measured of a case.
struct CaseResult: Codable {
  let name: String
  let title: String
  let compartments: Int

  /// One call that starts from the network's values, with nothing kept from another.
  let ours: Timing

  /// The solver's estimate, over the kernel's maximum.
  let errorEstimate: Double
  let cost: CostModel

  /// Seconds, and nil where the reference was not run.
  let reference: Timing?
  let agreement: Agreement?

  init(_ item: Case, reference: ReferenceResults?, time: Double) throws {
    name = item.name
    title = item.title
    let engine = try KernelEngine(item.network)
    let count = engine.cellSummaries[0].compartments
    compartments = count
    cost = CostModel(try engine.work(from: item.pre))
    var estimate = 0.0
    ours = try Timing.repeating(for: time) {
      let kernels = try KernelEngine(item.network).kernels(from: item.pre)
      estimate = kernels.compactMap(\.errorEstimate).max() ?? .nan
    }
    errorEstimate = estimate
    guard item.isShared, let reference else {
      self.reference = nil
      agreement = nil
      return
    }
    guard let theirs = reference.cases.first(where: { $0.name == item.name }),
      theirs.compartments == count
    else { throw BenchmarkError("the reference was not run on the case '\(item.name)'") }
    self.reference = Timing(seconds: theirs.seconds)
    agreement = try Agreement(theirs, item)
  }

  /// How many times longer the reference takes.
  var ratio: Double? { reference.map { $0.median / ours.median } }

  /// 1e9 operations per second.
  var rate: Double { cost.operations / ours.best * 1e-9 }
}
