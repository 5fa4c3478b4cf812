/// Something odd in a morphology file that did not keep it from being read, and what was done.
public struct MorphologyWarning: Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable, CaseIterable {
    /// Commas between the columns of an SWC file.
    case separators
    /// Columns after the seventh of an SWC file.
    case extraColumns
    /// The same row twice.
    case repeatedRow
    /// A root written with parent 0 instead of -1.
    case rootParent
    /// Several trees where there should be one.
    case severalRoots
    /// No soma.
    case noSoma
    /// A diameter that is not positive.
    case diameter
    /// A section without length.
    case noLength
    /// A type that is not among axon, dendrite, apical dendrite and soma.
    case type
    /// Spines or markers, which carry no cable.
    case skipped
    /// A word, number or block that the format does not know.
    case unknown
    /// A soma that is read in another way than it is written.
    case soma
    /// A connection that a later one replaces.
    case replaced
    /// A section that is connected by its far end, turned around.
    case reversed
    /// Values that were not given, and NEURON's default took their place.
    case defaults
  }

  public let kind: Kind

  /// Number of the line, from 1; nil when it is about the file as a whole.
  public let line: Int?

  /// What is odd, and what was done about it.
  public let message: String

  public init(_ kind: Kind, line: Int?, message: String) {
    self.kind = kind
    self.line = line
    self.message = message
  }

  public var description: String { (line.map { "line \($0): " } ?? "") + message }
}

/// Warnings of one reading. Of each kind only the first few are kept one by one; the others are
/// counted, so that a long file with one habit does not drown the rest.
struct WarningList {
  static let keptPerKind = 20

  private var kept: [MorphologyWarning] = []
  private var counts: [MorphologyWarning.Kind: Int] = [:]

  mutating func add(
    _ kind: MorphologyWarning.Kind, line: Int?, _ message: @autoclosure () -> String
  ) {
    counts[kind, default: 0] += 1
    if counts[kind, default: 0] <= Self.keptPerKind {
      kept.append(MorphologyWarning(kind, line: line, message: message()))
    }
  }

  /// The warnings by line, and one more for each kind of which not all were kept.
  var all: [MorphologyWarning] {
    var result = kept.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
    for kind in MorphologyWarning.Kind.allCases {
      let more = counts[kind, default: 0] - Self.keptPerKind
      guard more > 0 else { continue }
      result.append(
        MorphologyWarning(
          kind, line: nil, message: "and \(more) more of the kind '\(kind.rawValue)'"))
    }
    return result
  }
}
