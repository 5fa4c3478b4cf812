internal import CVectorMath
internal import CellMorphology

/// Currents spread evenly along compartments, in an infinite medium.
struct LineSources: SourceKernel {
  let lines: [LineSource]
  let conductivity: Conductivity
  private let limit: cvm_limit
  private let columns: Columns

  /// Points of a surface are moved out of compartments, but not away from their axes beyond the ends:
  /// that would give far potentials a kink.
  init(_ compartments: Compartments, conductivity: Conductivity, surfaces: Bool) {
    self.init(
      lines: (0..<compartments.count).map { LineSource(compartments, $0) },
      conductivity: conductivity,
      limit: !conductivity.isIsotropic
        ? CVM_LIMIT_NONE : surfaces ? CVM_LIMIT_SEGMENT : CVM_LIMIT_AXIS)
  }

  private init(lines: [LineSource], conductivity: Conductivity, limit: cvm_limit) {
    self.lines = lines
    self.conductivity = conductivity
    self.limit = limit
    let stretch = conductivity.stretch
    columns = LineSource.columns(
      conductivity.isIsotropic ? lines : lines.map { $0.stretched(by: stretch) })
  }

  var count: Int { lines.count }

  func selecting(_ indices: [Int]) -> LineSources {
    LineSources(lines: indices.map { lines[$0] }, conductivity: conductivity, limit: limit)
  }

  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    row.update(repeating: 0, count: count)
    if conductivity.isIsotropic {
      let scale = 1 / (4 * Double.pi * conductivity.x)
      columns.addLines(at: point, limit: limit, scale: scale, to: row)
    } else {
      let scale = 1 / (4 * Double.pi)
      columns.addLines(at: conductivity.stretch * point, limit: limit, scale: scale, to: row)
      moveOut(point, scale: scale, row)
    }
  }

  /// Replaces the potentials of compartments that hold the contact: it is pushed out to the surface,
  /// away from the nearest point of the axis.
  private func moveOut(_ point: SIMD3<Double>, scale: Double, _ row: UnsafeMutablePointer<Double>) {
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
      row[i] = 0
      LineSource.columns([line.stretched(by: stretch)])
        .addLines(at: p, limit: CVM_LIMIT_NONE, scale: scale, to: row + i)
    }
  }
}
