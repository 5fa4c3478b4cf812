#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Angles of successive right-handed rotations about the fixed axes x, y, z, in this order, rad.
public struct Rotation: Sendable, Equatable {
  public var x, y, z: Double

  public init(x: Double = 0, y: Double = 0, z: Double = 0) {
    self.x = x
    self.y = y
    self.z = z
  }

  public static let none = Rotation()

  func callAsFunction(_ p: SIMD3<Double>) -> SIMD3<Double> {
    var v = p
    v = SIMD3(v.x, v.y * cos(x) - v.z * sin(x), v.y * sin(x) + v.z * cos(x))
    v = SIMD3(v.x * cos(y) + v.z * sin(y), v.y, -v.x * sin(y) + v.z * cos(y))
    v = SIMD3(v.x * cos(z) - v.y * sin(z), v.x * sin(z) + v.y * cos(z), v.z)
    return v
  }
}

extension Compartments {
  /// The mean of the midpoints of the soma's compartments (sections of type `soma`); where there
  /// is no soma, the midpoint of compartment 0. um.
  public var somaPosition: SIMD3<Double> {
    let isSoma = sectionNames.map { Section.type(ofName: $0) == "soma" }
    var sum = SIMD3<Double>.zero
    var members = 0.0
    for i in 0..<count where isSoma[section[i]] {
      sum += midpoint(i)
      members += 1
    }
    return members > 0 ? sum / members : midpoint(0)
  }

  /// The cell turned about its soma and moved so that the soma's position is `position` (um).
  public func placed(rotation: Rotation = .none, at position: SIMD3<Double>) -> Compartments {
    let soma = somaPosition
    var result = self
    for i in 0..<count {
      var (a, b) = (start(i) - soma, end(i) - soma)
      if rotation != .none { (a, b) = (rotation(a), rotation(b)) }
      (a, b) = (a + position, b + position)
      (result.startX[i], result.startY[i], result.startZ[i]) = (a.x, a.y, a.z)
      (result.endX[i], result.endY[i], result.endZ[i]) = (b.x, b.y, b.z)
    }
    return result
  }

  /// For each compartment, whether its section is selected: by its name (`apic[3]`) or its type
  /// (`apic`), exactly. Nil selects all.
  ///
  /// - Returns: the selection, and the names that match no section.
  public func selection(sections names: [String]?) -> (selected: [Bool], unmatched: [String]) {
    guard let names else { return (Array(repeating: true, count: count), []) }
    let chosen = sectionNames.map { name in
      names.contains { $0 == name || $0 == Section.type(ofName: name) }
    }
    let unmatched = names.filter { wanted in
      !sectionNames.contains { wanted == $0 || wanted == Section.type(ofName: $0) }
    }
    return (section.map { chosen[$0] }, unmatched)
  }
}
