import Foundation
import LFPKernels

/// What probes are timed on; Scripts/reference_probes.py reads it as JSON.
struct ProbeInputs: Codable {
  /// Ends and diameters of compartments, um.
  struct Cell: Codable {
    var start, end: [[Double]]
    var diameter: [Double]
  }

  struct Case: Codable {
    /// Which model it is, as the reference script knows it.
    let name: String

    /// um
    let places: [[Double]]

    /// The reference's matrix, which takes long, is made for one of so many compartments only.
    var every = 1
    var repetitions = 7
  }

  var cell: Cell
  var cases: [Case]

  /// Somata of the population, um.
  var radius = 150.0
  var scale = 75.0

  /// The reference's slice is symmetric about z = 0, um.
  var sliceHeight = 600.0

  /// um
  var dipole = [1000.0, -2000, 77_500]
}

extension ProbeInputs {
  init() {
    cell = Self.tree()
    let slice = (0..<384).map { (j: Int) -> [Double] in
      [20 * Double(j % 24) - 230, 20 * Double(j / 24) - 150, -300]
    }
    cases = [
      Case(name: "point", places: Self.shank(384)), Case(name: "line", places: Self.shank(384)),
      Case(name: "slice_point", places: slice, repetitions: 3),
      Case(name: "slice_line", places: slice, repetitions: 3),
      Case(name: "eeg", places: Self.scalp(256)),
      Case(
        name: "gauss_cylinder",
        places: (0..<100).map { (j: Int) -> [Double] in [0, 0, 1000 - 20 * Double(j)] },
        every: 20, repetitions: 1),
      Case(name: "population", places: Self.shank(32, rows: 60), repetitions: 1),
    ]
  }

  /// A soma and 439 compartments of 10 um in wavy branches that leave it in all directions.
  private static func tree() -> Cell {
    var cell = Cell(start: [[0, 0, -10]], end: [[2, 1, 10]], diameter: [20])
    let (branches, steps) = (23, 20)
    for branch in 0..<branches {
      let height = 1 - 2 * (Double(branch) + 0.5) / Double(branches)
      let angle = 2.399963 * Double(branch)
      let across = (1 - height * height).squareRoot()
      let axis = SIMD3(across * cos(angle), across * sin(angle), height)
      var p = 10 * axis
      for step in 0..<steps where cell.diameter.count < 440 {
        let phase = 0.7 * Double(step) + Double(branch)
        let q = p + 10 * (axis + 0.3 * SIMD3(sin(phase), cos(1.3 * phase), sin(1.7 * phase)))
        cell.start.append([p.x, p.y, p.z])
        cell.end.append([q.x, q.y, q.z])
        cell.diameter.append(3 - 0.12 * Double(step))
        p = q
      }
    }
    return cell
  }

  /// Contacts of a silicon probe in four columns, with so many um between rows.
  private static func shank(_ count: Int, rows: Double = 20) -> [[Double]] {
    let columns = [27.0, 59, 11, 43]
    return (0..<count).map { (j: Int) -> [Double] in
      [columns[j % 4], 13, rows * (Double(j / 4) - 0.5 * Double(count / 4 - 1))]
    }
  }

  /// Electrodes on the upper half of a head, evenly; a little below its 90 mm, beyond which the
  /// reference takes no rounding errors.
  private static func scalp(_ count: Int) -> [[Double]] {
    let radius = 89_999.0
    return (0..<count).map { (k: Int) -> [Double] in
      let height = 1 - (Double(k) + 0.5) / Double(count)
      let (across, angle) = ((1 - height * height).squareRoot(), 2.399963 * Double(k))
      return [radius * across * cos(angle), radius * across * sin(angle), radius * height]
    }
  }
}

extension ProbeInputs.Cell {
  var compartments: Compartments {
    func coordinates(_ points: [[Double]], _ axis: Int) -> [Double] { points.map { $0[axis] } }
    let lengths = zip(start, end).map { a, b in
      zip(a, b).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }.squareRoot()
    }
    return Compartments(
      startX: coordinates(start, 0), startY: coordinates(start, 1), startZ: coordinates(start, 2),
      endX: coordinates(end, 0), endY: coordinates(end, 1), endZ: coordinates(end, 2),
      diameter: diameter, area: zip(lengths, diameter).map { Double.pi * $0 * $1 },
      length: lengths, section: diameter.map { _ in 0 }, sectionNames: ["dend"])
  }
}
