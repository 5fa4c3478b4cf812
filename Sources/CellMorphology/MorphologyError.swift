/// What is wrong with a morphology, and in which section.
public struct MorphologyError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Problem: Sendable, Equatable {
    case empty
    case repeatedName
    case tooFewPoints(Int)
    case notFinite(point: Int)
    case diameter(Double, point: Int)
    case noLength
    case endless
    case unknownParent
    case parentPosition(Double)
    case detached(root: String)
    case cycle
    case compartmentCount(Int)
    case tooManyCompartments(Int)
  }

  /// Name of the section; nil when the morphology as a whole is wrong.
  public let section: String?
  public let problem: Problem

  public init(section: String?, problem: Problem) {
    self.section = section
    self.problem = problem
  }

  public var description: String {
    let place = section.map { "section '\($0)': " } ?? "morphology: "
    return place + explanation
  }

  private var explanation: String {
    switch problem {
    case .empty: "there are no sections; at least one is needed"
    case .repeatedName: "the name is used twice; names of sections must differ"
    case .tooFewPoints(let count):
      "has \(count) point\(count == 1 ? "" : "s"); a section needs at least two, "
        + "each x, y, z and diameter in um"
    case .notFinite(let point): "point \(point + 1) holds a number that is not finite"
    case .diameter(let value, let point):
      "point \(point + 1) has diameter \(value) um; diameters must be positive"
    case .noLength: "all its points coincide; a section needs a length"
    case .endless: "its points are too far apart for their distances to be numbers"
    case .unknownParent: "its parent is not among the sections"
    case .parentPosition(let value):
      "begins at \(value) of its parent; the place must lie between 0 and 1"
    case .detached(let root):
      "is detached: it has no parent, but '\(root)' is the root already; give it a parent such as "
        + "\(root)(1)"
    case .cycle: "its parents form a cycle and never reach a root"
    case .compartmentCount(let count): "is given \(count) compartments; at least 1 is needed"
    case .tooManyCompartments(let count):
      "would be cut into \(count == .max ? "endlessly many" : "\(count)") compartments, more than "
        + "1000000; use a coarser rule"
    }
  }
}
