/// The two Legendre series of each electrode, eight electrodes at a time:
///
///     radial = sum n c_n P_n(x),   tangential = sum c_n P_n'(x)
struct LayeredSphereSums {
  let radii: [Double]
  let sigmas: [Double]

  /// Distance of the dipole from the centre, um.
  let depth: Double

  /// So many terms are added between two looks at what is left.
  private static let block = 16

  struct Sum {
    var radial = 0.0
    var tangential = 0.0
  }

  /// The sums of each of `lanes`, in their order.
  func sums(_ lanes: [SphereLane]) -> [Sum] {
    // Electrodes that need about equally many terms go together.
    let order = lanes.indices.sorted {
      (lanes[$0].layer, lanes[$0].radius, $0) < (lanes[$1].layer, lanes[$1].radius, $1)
    }
    var groups: [LegendreLanes] = []
    var members: [[Int]] = []
    var start = 0
    while start < order.count {
      let layer = lanes[order[start]].layer
      let chosen = order[start...].prefix(8).prefix { lanes[$0].layer == layer }
      members.append(Array(chosen))
      groups.append(
        LegendreLanes(chosen.map { lanes[$0] }, inner: radii[max(layer - 1, 0)], radii: radii))
      start += chosen.count
    }
    run(&groups)
    var result = [Sum](repeating: Sum(), count: lanes.count)
    for (group, indices) in zip(groups, members) {
      for (lane, index) in indices.enumerated() {
        result[index] = Sum(
          radial: group.radial[lane], tangential: group.sign[lane] * group.tangential[lane])
      }
    }
    return result
  }

  /// Adds blocks of terms to all groups that are not done.
  private func run(_ groups: inout [LegendreLanes]) {
    let block = Self.block
    var coefficients = SphereCoefficients(radii: radii, sigmas: sigmas, depth: depth)
    var growing = [Double](repeating: 0, count: block * radii.count)
    var decaying = growing
    var active = Array(groups.indices)
    var first = 1.0
    while !active.isEmpty {
      growing.withUnsafeMutableBufferPointer { growing in
        decaying.withUnsafeMutableBufferPointer { decaying in
          guard let a = growing.baseAddress, let b = decaying.baseAddress else { return }
          for k in 0..<block {
            coefficients.next(first + Double(k), growing: a + k, decaying: b + k, stride: block)
          }
          for index in active {
            let offset = groups[index].layer * block
            groups[index].add(first, a + offset, b + offset, count: block)
          }
        }
      }
      first += Double(block)
      active.removeAll { groups[$0].isDone(after: first - 1, count: block) }
    }
  }
}
