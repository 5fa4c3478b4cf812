/// Something about a network that makes its kernels impossible, and the part of the network it is
/// about.
public struct NetworkError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The part of a network, from which a file's reader finds its line.
  public enum Subject: Sendable, Equatable, Hashable {
    case settings
    case cell(String)
    case population(String)

    /// Index in the network's connections.
    case connection(Int)
    case probe(String)
  }

  public let subject: Subject

  /// The key within the part, as in a description file (`placement`, `membrane.passive`), or empty.
  public let key: String

  /// What is wrong and what would be right.
  public let message: String

  public init(_ subject: Subject, key: String = "", _ message: String) {
    self.subject = subject
    self.key = key
    self.message = message
  }

  public var description: String {
    let place =
      switch subject {
      case .settings: "time"
      case .cell(let name): "cells.\(name)"
      case .population(let name): "populations.\(name)"
      case .connection(let index): "connections[\(index)]"
      case .probe(let name): "probes.\(name)"
      }
    return (key.isEmpty ? place : "\(place).\(key)") + ": " + message
  }
}
