#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Where on a contact, or on its circle about the z axis, potentials are averaged.
struct ContactNode {
  var offset: SIMD3<Double>
  var weight: Double

  /// By how much the cell, and with it the contact, is turned about the z axis: that matters where the
  /// medium is not the same in all horizontal directions.
  var angle = 0.0
}

/// Rules of rising order for the mean over the surface of a contact and over rotations.
///
/// A population whose cells are rotated is as one whose contacts are.
struct ContactRules {
  private let surface: ContactSurface?
  private let rotation: Bool

  /// Orders of the rules for surfaces.
  private static let orders = [1, 2, 3, 4, 6, 8]
  static let surfaceCount = orders.count

  /// How many rules for circles there are.
  static let circleCount = 7

  /// - Parameter isRound: Whether the medium is the same in all horizontal directions.
  init(surface: ContactSurface?, center: SIMD3<Double>, rotation: Bool, isRound: Bool) {
    self.surface = surface
    self.rotation = rotation && (!isRound || surface != nil || center.x != 0 || center.y != 0)
  }

  /// Whether one point is all.
  var isPoint: Bool { surface == nil && !rotation }

  /// Places and weights of the centre of a contact at `center`, on its circle where cells are rotated.
  func centerNodes(_ level: Int, center: SIMD3<Double>) -> [ContactNode] {
    circle([ContactNode(offset: center, weight: 1)], angles: 4 << level)
  }

  /// The mean over the surface less the potential at its centre; none for points. It is small: rules
  /// that are less fine than those for the centre do.
  func surfaceNodes(_ level: Int, center: SIMD3<Double>) -> [ContactNode] {
    guard let surface else { return [] }
    let places = ContactRules.nodes(surface, order: ContactRules.orders[level]).map {
      ContactNode(offset: center + $0.offset, weight: $0.weight)
    }
    return circle(places + [ContactNode(offset: center, weight: -1)], angles: 4 << level)
  }

  private func circle(_ places: [ContactNode], angles: Int) -> [ContactNode] {
    guard rotation else { return places }
    return (0..<angles).flatMap { k in
      // Between those of the other levels, and not symmetric about the axes.
      let angle = 2 * Double.pi * (Double(k) + 0.3) / Double(angles)
      let (c, s) = (cos(angle), sin(angle))
      return places.map { place in
        let p = place.offset
        return ContactNode(
          offset: SIMD3(c * p.x - s * p.y, s * p.x + c * p.y, p.z),
          weight: place.weight / Double(angles), angle: angle)
      }
    }
  }

  private static func nodes(_ surface: ContactSurface, order n: Int) -> [ContactNode] {
    // One Gauss point would be the centre again.
    let isDisc = if case .disc = surface.shape { true } else { false }
    let rule = GaussLegendre(isDisc ? n : n + 1)
    let (u, v) = (surface.widthAxis, surface.heightAxis)
    func product(_ width: Double, _ height: Double) -> [ContactNode] {
      zip(rule.nodes, rule.weights).flatMap { x, wx in
        zip(rule.nodes, rule.weights).map { y, wy in
          ContactNode(offset: 0.5 * (width * x * u + height * y * v), weight: 0.25 * wx * wy)
        }
      }
    }
    switch surface.shape {
    case .square(let side): return product(side, side)
    case .rectangle(let width, let height): return product(width, height)
    case .disc(let radius):
      let angles = 4 * n - 1
      return zip(rule.nodes, rule.weights).flatMap { x, w in
        let r = radius * (0.5 * (1 + x)).squareRoot()
        return (0..<angles).map { k in
          let angle = 2 * Double.pi * Double(k) / Double(angles)
          return ContactNode(
            offset: r * cos(angle) * u + r * sin(angle) * v, weight: 0.5 * w / Double(angles))
        }
      }
    }
  }
}

extension MeanPotential {
  /// Means for one contact, over its surface and rotations, with their errors: first of its centre, then
  /// by how much the surface differs from it.
  func row(
    contact: SIMD3<Double>, rules: ContactRules, columns count: Int, tolerance: Double
  ) -> (values: [Double], errors: [Double]) {
    let center = converged(count, levels: ContactRules.circleCount, tolerance) {
      rules.centerNodes($0, center: contact)
    }
    let surface = converged(count, levels: ContactRules.surfaceCount, tolerance) {
      rules.surfaceNodes($0, center: contact)
    }
    return (
      zip(center.values, surface.values).map { $0 + $1 },
      zip(center.errors, surface.errors).map { $0 + $1 }
    )
  }

  /// Weighted sums by rules of rising order, until two agree.
  private func converged(
    _ count: Int, levels: Int, _ tolerance: Double, _ rule: (Int) -> [ContactNode]
  ) -> (values: [Double], errors: [Double]) {
    var columns = Array(0..<count)
    var (values, errors) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    var former = 0
    for level in 0..<levels where !columns.isEmpty {
      let nodes = rule(level)
      if nodes.isEmpty { break }
      let rows = rows(nodes, columns: columns)
      var open = [Int]()
      for (k, i) in columns.enumerated() {
        var (value, error) = (0.0, 0.0)
        for (j, node) in nodes.enumerated() {
          value += node.weight * rows.values[j * columns.count + k]
          error += abs(node.weight) * rows.errors[j * columns.count + k]
        }
        // A single point is exact.
        let change = nodes.count == 1 ? 0 : former == 0 ? .infinity : abs(value - values[i])
        values[i] = value
        errors[i] = error + change
        if change > tolerance { open.append(i) }
      }
      former = nodes.count
      columns = open
    }
    return (values, errors)
  }
}
