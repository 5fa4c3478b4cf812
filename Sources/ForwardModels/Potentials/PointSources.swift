internal import CellMorphology

/// Point currents at the midpoints of compartments, in an infinite medium.
struct PointSources: SourceKernel {
  struct Group {
    var x, y, z, radiusSquared: Lanes
  }

  /// One compartment.
  struct Source {
    var midpoint: SIMD3<Double>
    var radius: Double
  }

  let sources: [Source]
  let conductivity: Conductivity
  private let groups: [Group]

  init(_ compartments: Compartments, conductivity: Conductivity) {
    self.init(
      sources: (0..<compartments.count).map {
        Source(midpoint: compartments.midpoint($0), radius: 0.5 * compartments.diameter[$0])
      }, conductivity: conductivity)
  }

  private init(sources: [Source], conductivity: Conductivity) {
    self.sources = sources
    self.conductivity = conductivity
    groups = PointSources.groups(of: sources)
  }

  static func groups(of sources: [Source]) -> [Group] {
    ForwardModels.groups(of: Array(sources.indices)) { members in
      Group(
        x: lanes(members) { sources[$0].midpoint.x }, y: lanes(members) { sources[$0].midpoint.y },
        z: lanes(members) { sources[$0].midpoint.z },
        radiusSquared: lanes(members) { sources[$0].radius * sources[$0].radius })
    }
  }

  var count: Int { sources.count }

  func selecting(_ indices: [Int]) -> PointSources {
    PointSources(sources: indices.map { sources[$0] }, conductivity: conductivity)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    if conductivity.isIsotropic {
      isotropic(at: point, into: row)
    } else {
      anisotropic(at: point, into: row)
    }
  }

  private func isotropic(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    let scale = 1 / (4 * Double.pi * conductivity.x)
    groups.withUnsafeBufferPointer { groups in
      for (g, group) in groups.enumerated() {
        let (dx, dy, dz) = (group.x - point.x, group.y - point.y, group.z - point.z)
        let square = dx * dx + dy * dy + dz * dz
        let limited = square.replacing(
          with: group.radiusSquared, where: square .< group.radiusSquared)
        store(scale * reciprocalSquareRoot(limited), to: row, group: g, count: count)
      }
    }
  }

  /// A contact within the radius is pushed out from the midpoint; one at the midpoint, along x.
  private func anisotropic(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    let stretch = conductivity.stretch
    let (wx, wy, wz) = (stretch.x * stretch.x, stretch.y * stretch.y, stretch.z * stretch.z)
    let scale = 1 / (4 * Double.pi)
    groups.withUnsafeBufferPointer { groups in
      for (g, group) in groups.enumerated() {
        let (dx, dy, dz) = (group.x - point.x, group.y - point.y, group.z - point.z)
        let (x2, y2, z2) = (dx * dx, dy * dy, dz * dz)
        let square = x2 + y2 + z2
        var weighted = wx * x2 + wy * y2 + wz * z2
        let inside = square .< group.radiusSquared
        if any(inside) {
          weighted.replace(with: weighted * (group.radiusSquared / square), where: inside)
          weighted.replace(with: wx * group.radiusSquared, where: square .< 1e-8)
        }
        store(scale * reciprocalSquareRoot(weighted), to: row, group: g, count: count)
      }
    }
  }
}
