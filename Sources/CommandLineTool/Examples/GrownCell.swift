import Foundation
import LFPKernels

/// Grows the morphology that `init pyramidal` writes: a layer 5 pyramidal cell that nobody drew, with
/// basal trees, an apical trunk with obliques, and a tuft. The same seed grows the same cell.
struct GrownCell {
  private struct Node {
    let type: Int
    let position: SIMD3<Double>
    let radius: Double
    let parent: Int
  }
  private var nodes: [Node] = []
  private var random: SplitMix64

  /// The cell as an SWC file, um, apical dendrite upwards along z.
  static func swc(seed: UInt64 = 1) -> String {
    var cell = GrownCell(seed: seed)
    cell.grow()
    var text = """
      # A grown layer 5 pyramidal cell (lfpkernels init pyramidal, seed \(seed)); free for any use.
      # id type x y z radius parent (um); types: 1 soma, 3 basal, 4 apical dendrite

      """
    for (index, node) in cell.nodes.enumerated() {
      let numbers = [node.position.x, node.position.y, node.position.z, node.radius].map {
        String(format: "%.3f", $0)
      }
      let parent = node.parent < 0 ? -1 : node.parent + 1
      text += "\(index + 1) \(node.type) \(numbers.joined(separator: " ")) \(parent)\n"
    }
    return text
  }

  private init(seed: UInt64) { random = SplitMix64(state: seed) }

  private mutating func grow() {
    let soma = 9.0
    add(1, SIMD3(0, 0, 0), soma, -1)
    add(1, SIMD3(0, 0, -soma), soma, 0)
    add(1, SIMD3(0, 0, soma), soma, 0)
    for k in 0..<6 {
      let angle = 2 * Double.pi * (Double(k) + uniform(-0.2, 0.2)) / 6
      let direction = unit(SIMD3(cos(angle), sin(angle), uniform(-0.9, 0.1)))
      tree(
        3, from: 0, at: soma * direction, direction, radius: 0.9, length: uniform(35, 60), forks: 2)
    }
    var (tip, position, radius) = (0, SIMD3(0, 0, soma), 2.4)
    for _ in 0..<8 {
      (tip, position) = branch(
        4, from: tip, at: position, SIMD3(0, 0, 1), radius: radius, length: 80, wiggle: 0.04)
      radius *= 0.92
      let angle = uniform(0, 2 * .pi)
      tree(
        4, from: tip, at: position, unit(SIMD3(cos(angle), sin(angle), 0.4)), radius: 0.6,
        length: uniform(60, 110), forks: 1)
    }
    for side in [1.0, -1] {
      tree(
        4, from: tip, at: position, unit(SIMD3(0.5 * side, uniform(-0.3, 0.3), 1)), radius: 0.9,
        length: 90, forks: 3)
    }
  }

  /// A branch that forks in two, `forks` times.
  private mutating func tree(
    _ type: Int, from parent: Int, at start: SIMD3<Double>, _ direction: SIMD3<Double>,
    radius: Double, length: Double, forks: Int
  ) {
    let (tip, position) = branch(
      type, from: parent, at: start, direction, radius: radius, length: length, wiggle: 0.12)
    if forks == 0 { return }
    let side = unit(cross(direction, SIMD3(normal(), normal(), normal())))
    for sign in [1.0, -1] {
      tree(
        type, from: tip, at: position, unit(direction + 0.6 * sign * side), radius: 0.75 * radius,
        length: length * uniform(0.8, 1.3), forks: forks - 1)
    }
  }

  /// An unbranched stretch in steps of about 12 um that taper and wander; its last node and place.
  private mutating func branch(
    _ type: Int, from parent: Int, at start: SIMD3<Double>, _ direction: SIMD3<Double>,
    radius: Double, length: Double, wiggle: Double
  ) -> (Int, SIMD3<Double>) {
    var (tip, position, heading, radius) = (parent, start, direction, radius)
    let steps = max(2, Int((length / 12).rounded()))
    for _ in 0..<steps {
      heading = unit(heading + wiggle * SIMD3(normal(), normal(), normal()))
      position += length / Double(steps) * heading
      radius = max(0.985 * radius, 0.15)
      tip = add(type, position, radius, tip)
    }
    return (tip, position)
  }

  @discardableResult
  private mutating func add(
    _ type: Int, _ position: SIMD3<Double>, _ radius: Double, _ parent: Int
  ) -> Int {
    nodes.append(Node(type: type, position: position, radius: radius, parent: parent))
    return nodes.count - 1
  }

  private mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(random.next() >> 11) * 0x1p-53
  }

  /// Standard normal, by Box and Muller's transform.
  private mutating func normal() -> Double {
    (-2 * log(uniform(1e-12, 1))).squareRoot() * cos(2 * .pi * uniform(0, 1))
  }
}

/// Steele, Lea & Flood 2014: a small generator whose numbers are the same everywhere.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func unit(_ v: SIMD3<Double>) -> SIMD3<Double> { v / (v * v).sum().squareRoot() }

private func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
  SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}
