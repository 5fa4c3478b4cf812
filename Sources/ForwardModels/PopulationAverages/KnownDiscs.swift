/// Potentials of discs that several integrals over depth have in common: those with polynomial weights
/// ask for the same discs at the same places, and these take most of the time.
///
/// For one thread.
final class KnownDiscs: @unchecked Sendable {
  private struct Place: Hashable { var rho, zeta: Double }

  /// The values at one place, in the order in which an integral asks for them.
  struct Values {
    fileprivate(set) var list: [SIMD8<Double>]
    fileprivate var position = 0

    @inline(__always)
    mutating func next(_ make: () -> SIMD8<Double>) -> SIMD8<Double> {
      if position == list.count { list.append(make()) }
      position += 1
      return list[position - 1]
    }
  }

  private var places: [Place: [SIMD8<Double>]] = [:]
  private var stored = 0

  /// Groups of eight values that are kept at most: 128 MB.
  private static let most = 1 << 21

  /// Calls `body` with what is known at a place, and keeps what it adds.
  func withValues(rho: Double, zeta: Double, _ body: (inout Values) -> Void) {
    let place = Place(rho: rho, zeta: zeta)
    let known = places[place]
    var values = Values(list: known ?? [])
    body(&values)
    if known == nil && stored + values.list.count <= KnownDiscs.most {
      stored += values.list.count
      places[place] = values.list
    }
  }
}
