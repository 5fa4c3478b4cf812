import KernelFiles
import Testing

/// A part of the small description, what replaces it, and all that is then said.
struct ProblemCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let old: String
  let new: String
  let message: String

  init(_ name: String, _ old: String, _ new: String, _ message: String) {
    testDescription = name
    self.old = old
    self.new = new
    self.message = message
  }
}

@Suite struct DescriptionProblemTests {
  @Test func theSmallDescriptionHasNone() {
    #expect(problems(of: SmallDescription.text) == "")
  }

  @Test(
    arguments: [
      ProblemCase.text, ProblemCase.cells, ProblemCase.populations, ProblemCase.connections,
      ProblemCase.probes,
    ].joined())
  func isSaidWithItsLine(_ problem: ProblemCase) {
    #expect(
      problems(of: SmallDescription.replacing(problem.old, with: problem.new)) == problem.message)
  }
}
