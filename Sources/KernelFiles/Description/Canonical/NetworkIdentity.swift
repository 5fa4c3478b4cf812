public import LFPKernels

/// What tells networks apart: the SHA-256 digests of their parts as the canonical description writes
/// them, and one of all of these.
///
/// Equal networks have equal identities, however they were described. Parts can be replaced one by one,
/// so that networks which differ in a part cost the hash of that part.
public struct NetworkIdentity: Sendable, Equatable {
  var settings: [UInt8]
  var cells: [String: [UInt8]]
  var populations: [String: [UInt8]]
  var connections: [[UInt8]]
  var probes: [String: [UInt8]]

  public init(_ network: Network) {
    settings = Self.digest(network.settings.canonical)
    cells = network.cells.mapValues { Self.digest($0.canonical) }
    populations = [:]
    for population in network.populations {
      populations[population.name] = Self.digest(network.canonical(population))
    }
    connections = network.connections.map { Self.digest($0.canonical) }
    probes = [:]
    for probe in network.probes { probes[probe.name] = Self.digest(probe.canonical) }
  }

  /// The SHA-256 digest, 32 bytes, of the digests of: the settings; each cell's name and description, by
  /// name; likewise the populations; the connections in their order; likewise the probes. Lists begin
  /// with their length.
  public var digest: [UInt8] {
    var bytes = Array("LFPKernels network 1\n".utf8) + settings
    bytes.reserveCapacity(1024)
    for parts in [cells, populations] { Self.append(parts, to: &bytes) }
    Self.append(connections.count, to: &bytes)
    for connection in connections { bytes += connection }
    Self.append(probes, to: &bytes)
    return sha256Digest(bytes)
  }

  static func digest(_ value: CanonicalValue) -> [UInt8] {
    var text = ""
    text.reserveCapacity(1024)
    value.write(to: &text)
    return sha256Digest(Array(text.utf8))
  }

  private static func append(_ parts: [String: [UInt8]], to bytes: inout [UInt8]) {
    append(parts.count, to: &bytes)
    for name in parts.keys.sorted() {
      append(name.utf8.count, to: &bytes)
      bytes += name.utf8
      bytes += parts[name] ?? []
    }
  }

  private static func append(_ count: Int, to bytes: inout [UInt8]) {
    for position in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: count >> (8 * position))) }
  }
}
