internal import CellMorphology

/// Currents spread evenly along compartments, in an infinite medium.
struct LineSources: SourceKernel {
  let lines: [LineSource]
  let conductivity: Conductivity
  private let groups: [LineGroup]

  init(_ compartments: Compartments, conductivity: Conductivity) {
    self.init(
      lines: (0..<compartments.count).map { LineSource(compartments, $0) },
      conductivity: conductivity)
  }

  private init(lines: [LineSource], conductivity: Conductivity) {
    self.lines = lines
    self.conductivity = conductivity
    let stretched =
      conductivity.isIsotropic ? lines : lines.map { $0.stretched(by: conductivity.stretch) }
    groups = ForwardModels.groups(of: Array(lines.indices)) { LineGroup(stretched, $0) }
  }

  var count: Int { lines.count }

  func selecting(_ indices: [Int]) -> LineSources {
    LineSources(lines: indices.map { lines[$0] }, conductivity: conductivity)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    let isotropic = conductivity.isIsotropic
    let p = isotropic ? point : conductivity.stretch * point
    let scale = 1 / (4 * Double.pi * (isotropic ? conductivity.x : 1))
    let (x, y, z) = (Lanes(repeating: p.x), Lanes(repeating: p.y), Lanes(repeating: p.z))
    let n = count
    groups.withUnsafeBufferPointer { groups in
      if isotropic {
        for g in groups.indices {
          let mean = groups[g].meanInverseDistance(x, y, z, limit: .axis)
          store(scale * mean, to: row, group: g, count: n)
        }
      } else {
        for g in groups.indices {
          let mean = groups[g].meanInverseDistance(x, y, z, limit: .none)
          store(scale * mean, to: row, group: g, count: n)
        }
      }
    }
    if !isotropic { limit(at: point, scale: scale, row) }
  }

  /// Replaces the potentials of compartments that hold the contact: it is pushed out to the surface,
  /// away from the nearest point of the axis.
  private func limit(at point: SIMD3<Double>, scale: Double, _ row: UnsafeMutablePointer<Double>) {
    for i in 0..<count {
      let line = lines[i]
      let v = point - line.end
      let h = min(0, max(-line.length, (v * line.direction).sum()))
      let away = v - h * line.direction
      let distance = (away * away).sum().squareRoot()
      if distance >= line.radius { continue }
      var outward = away
      if distance < 1e-8 {
        let d = line.direction
        outward = abs(line.length * d.x) > 1e-8 ? SIMD3(-d.y, d.x, 0) : SIMD3(0, d.z, -d.y)
        if line.length == 0 { outward = SIMD3(1, 0, 0) }
      }
      let unit = outward / (outward * outward).sum().squareRoot()
      let stretch = conductivity.stretch
      let p = stretch * (line.end + h * line.direction + line.radius * unit)
      let group = LineGroup([line.stretched(by: stretch)], [Int](repeating: 0, count: 8))
      let mean = group.meanInverseDistance(
        Lanes(repeating: p.x), Lanes(repeating: p.y), Lanes(repeating: p.z), limit: .none)
      row[i] = scale * mean[0]
    }
  }
}
