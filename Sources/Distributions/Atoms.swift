/// A value that a discrete distribution takes, and how probable it is.
public struct Atom: Sendable, Hashable {
  /// The value, in the variable's unit.
  public let value: Double
  /// Its probability, 0 to 1.
  public let probability: Double
}

/// The values that a discrete distribution takes, ascending, with all but 1e-17 of the
/// probability; empty for a continuous distribution.
///
/// A probability is computed when it is asked for, so that the collection needs no memory.
public struct Atoms: RandomAccessCollection, Sendable {
  private let values: Range<Int>
  private let atom: @Sendable (Int) -> Atom

  init(of law: some DiscreteLaw) {
    values = Range(law.effectiveRange)
    atom = { k in Atom(value: Double(k), probability: law.probability(of: k)) }
  }

  init(constant value: Double) {
    values = 0..<1
    atom = { _ in Atom(value: value, probability: 1) }
  }

  /// No atoms.
  init() {
    values = 0..<0
    atom = { _ in Atom(value: .nan, probability: 0) }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { values.count }
  public subscript(position: Int) -> Atom { atom(values.lowerBound + position) }
}
