import Foundation
import LFPKernels

extension Field {
  /// Three numbers, `[x, y, z]`.
  func vector(_ dimension: Dimension) -> SIMD3<Double>? {
    guard isList else { return fail("\(node.found) is not a list; [x, y, z] is needed") }
    let elements = listOrSelf
    guard elements.count == 3 else {
      let noun = elements.count == 1 ? "element" : "elements"
      return fail("has \(elements.count) \(noun); [x, y, z] is needed")
    }
    let values = elements.map { $0.number(dimension) }
    guard let x = values[0], let y = values[1], let z = values[2] else { return nil }
    return SIMD3(x, y, z)
  }

  /// Three numbers that are not all zero.
  func direction() -> SIMD3<Double>? {
    guard let direction = vector(.number) else { return nil }
    guard direction != .zero else {
      return fail("has no direction; at least one number must not be 0")
    }
    return direction
  }

  /// One vector, or a list of them.
  func vectors(_ read: (Field) -> SIMD3<Double>?) -> [SIMD3<Double>]? {
    guard isList else {
      return fail("\(node.found) is not a list; [x, y, z] or a list of such is needed")
    }
    let elements = listOrSelf
    guard let first = elements.first else {
      return fail("is an empty list; at least one [x, y, z] is needed")
    }
    if !first.isList { return read(self).map { [$0] } }
    let vectors = elements.map(read)
    return vectors.contains(nil) ? nil : vectors.compactMap { $0 }
  }

  /// A conductivity: a number, or three along the axes.
  func conductivity() -> Conductivity? {
    guard isList else { return number(.conductivity, .positive).map { Conductivity($0) } }
    let elements = listOrSelf
    guard elements.count == 3 else {
      return fail(
        "has \(elements.count) elements; a conductivity, or [x, y, z] of conductivities along the "
          + "axes is needed")
    }
    let values = elements.map { $0.number(.conductivity, .positive) }
    guard let x = values[0], let y = values[1], let z = values[2] else { return nil }
    return Conductivity(x: x, y: y, z: z)
  }

  /// The path of a file that the description names.
  func path(_ what: String, baseDirectory: String) -> String? {
    guard let name = text("the name of \(what)") else { return nil }
    if name.hasPrefix("/") { return name }
    return URL(fileURLWithPath: baseDirectory).appendingPathComponent(name).path
  }
}

extension FieldMap {
  /// A number that may be left out; nil where it is given and not one.
  func number(
    _ key: String, _ dimension: Dimension, _ sign: Sign = .any, otherwise: Double
  ) -> Double? {
    optional(key).map { $0.number(dimension, sign) } ?? otherwise
  }

  /// A value that may be left out: nil where it cannot be read, a nil inside where it is not given.
  func given<Value>(_ key: String, _ read: (Field) -> Value?) -> Value?? {
    guard let field = optional(key) else { return .some(nil) }
    guard let value = read(field) else { return nil }
    return .some(value)
  }
}

extension CanonicalValue {
  static func vector(_ vector: SIMD3<Double>) -> CanonicalValue {
    .numbers([vector.x, vector.y, vector.z])
  }

  static func vectors(_ vectors: [SIMD3<Double>]) -> CanonicalValue {
    .list(vectors.map { .vector($0) })
  }

  static func conductivity(_ sigma: Conductivity) -> CanonicalValue {
    sigma.isIsotropic ? .number(sigma.x) : .numbers([sigma.x, sigma.y, sigma.z])
  }
}

/// The entries of a mapping that is to be written.
typealias CanonicalEntries = [(key: String, value: CanonicalValue?)]
