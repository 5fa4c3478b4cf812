internal import CVectorMath
internal import CellMorphology

/// Point currents at the midpoints of compartments, in an infinite medium.
struct PointSources: SourceKernel {
  /// x, y, z and the square of the radius.
  let columns: Columns
  let conductivity: Conductivity

  init(_ compartments: Compartments, conductivity: Conductivity) {
    self.conductivity = conductivity
    columns = PointSources.columns(compartments)
  }

  private init(columns: Columns, conductivity: Conductivity) {
    self.columns = columns
    self.conductivity = conductivity
  }

  static func columns(_ compartments: Compartments) -> Columns {
    Columns(
      count: compartments.count,
      [
        { compartments.midpoint($0).x }, { compartments.midpoint($0).y },
        { compartments.midpoint($0).z },
        { 0.25 * compartments.diameter[$0] * compartments.diameter[$0] },
      ])
  }

  var count: Int { columns.count }

  func selecting(_ indices: [Int]) -> PointSources {
    PointSources(columns: columns.selecting(indices), conductivity: conductivity)
  }

  /// In an anisotropic medium, a contact within the radius is pushed out from the midpoint; one at the
  /// midpoint, along x.
  func potentials(at point: SIMD3<Double>, into row: UnsafeMutablePointer<Double>) {
    let stretch = conductivity.stretch
    columns.withColumn(0) { columns in
      point.withNumbers { point in
        if conductivity.isIsotropic {
          cvm_points(count, columns, point, 1 / (4 * Double.pi * conductivity.x), row)
        } else {
          (stretch * stretch).withNumbers { weights in
            cvm_points_weighted(count, columns, point, weights, 1 / (4 * Double.pi), row)
          }
        }
      }
    }
  }
}
