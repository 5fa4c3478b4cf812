import Foundation

/// All results, as tables and as JSON.
struct Report: Codable {
  let cases: [CaseResult]
  let tool: ToolRun?

  /// What must not be; nil when all is well.
  var failure: String? {
    for result in cases {
      if let agreement = result.agreement, !agreement.isGood {
        return "\(result.title): differs from the reference by "
          + "\(format(agreement.difference)) of the maximum, more than \(Agreement.tolerance)"
      }
      if !(result.errorEstimate <= 1e-9) {
        return "\(result.title): the estimated error is \(format(result.errorEstimate))"
      }
    }
    return nil
  }

  var text: String {
    var parts = [speed, cost]
    if cases.contains(where: { $0.reference != nil }) { parts.insert(agreement, at: 1) }
    if let tool { parts.append(text(of: tool)) }
    return parts.joined(separator: "\n")
  }

  private var speed: String {
    table(
      "Time of one call, nothing kept from another, one thread",
      ["", "reference (s)", "here, median (us)", "best (us)", "first (us)", "ratio of medians"],
      cases.map { result in
        [
          result.title, result.reference.map { fixed($0.median, 3) } ?? "",
          fixed(result.ours.median * 1e6, 0), fixed(result.ours.best * 1e6, 0),
          fixed(result.ours.first * 1e6, 0), result.ratio.map { fixed($0, 0) } ?? "",
        ]
      })
  }

  private var agreement: String {
    table(
      "Differences of kernels over their maximum",
      ["", "reference - here, in its steps", "reference - exact", "exact, estimated"],
      cases.compactMap { result in
        result.agreement.map {
          [
            result.title, format($0.difference), format($0.steppingError),
            format(result.errorEstimate),
          ]
        }
      })
  }

  private var cost: String {
    table(
      "Operations (millions) and memory that a call needs, and the rate that is reached",
      ["", "solves", "projection", "evaluation", "kB", "GFLOP/s"],
      cases.map { result in
        [
          result.title, fixed(result.cost.solves * 1e-6, 2),
          fixed(result.cost.projection * 1e-6, 2), fixed(result.cost.evaluation * 1e-6, 2),
          fixed(result.cost.bytes / 1024, 0),
          fixed(result.rate, 1),
        ]
      })
  }

  private func text(of tool: ToolRun) -> String {
    """
    The tool, README network, four pathways, two probes, start to synced HDF5 file:
      best \(fixed(tool.wall.best, 3)) s, median \(fixed(tool.wall.median, 3)) s of \
    \(tool.wall.repetitions), peak memory \(fixed(tool.peakMemory, 0)) MB

    """
  }
}
