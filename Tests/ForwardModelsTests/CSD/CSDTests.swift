import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite struct CSDTests {
  private func cell(_ lines: [(SIMD3<Double>, SIMD3<Double>)]) -> Compartments {
    makeCompartments(lines, lines.map { _ in 1 })
  }

  /// The reference's own cases: fractions of compartments on and across planes and the mantle.
  @Test func laminarFractions() throws {
    let volumes = [(0.0, 10.0), (10, 20)].map {
      LaminarCurrentSourceDensity.Cylinder(from: $0, to: $1, radius: 10)
    }
    let model = try LaminarCurrentSourceDensity(cylinders: volumes)
    #expect(model.unit == "nA/um3")
    #expect(model.positions == [SIMD3(0, 0, 5), SIMD3(0, 0, 15)])
    for (shift, expected) in [
      (0.0, [[1.0, 0], [0, 1]]), (-5, [[0.5, 0.5], [0, 0.5]]), (-0.1, [[0.99, 0.01], [0, 0.99]]),
    ] {
      let matrix = model.transformationMatrix(
        for: cell([
          (SIMD3(0, 0, shift), SIMD3(0, 0, shift + 10)),
          (SIMD3(0, 0, shift + 10), SIMD3(0, 0, shift + 20)),
        ]))
      for k in 0..<2 {
        for i in 0..<2 {
          #expect(abs(matrix[k, i] * volumes[k].volume - expected[k][i]) < 1e-12)
        }
      }
    }
    // Through the whole volume, horizontally through the mantle, in a plane, along a chord, a point.
    let through = model.transformationMatrix(
      for: cell([
        (SIMD3(0, 0, -10), SIMD3(0, 0, 30)), (SIMD3(-20, 0, 5), SIMD3(20, 0, 5)),
        (SIMD3(0, 0, 10), SIMD3(5, 0, 10)), (SIMD3(-20, 6, 5), SIMD3(20, 6, 5)),
        (SIMD3(1, 1, 5), SIMD3(1, 1, 5)), (SIMD3(12, 0, 5), SIMD3(12, 0, 5)),
      ]))
    let fractions = [[0.25, 0.5, 0, 0.4, 1, 0], [0.25, 0, 1, 0, 0, 0]]
    for k in 0..<2 {
      for (i, fraction) in fractions[k].enumerated() {
        #expect(abs(through[k, i] * volumes[k].volume - fraction) < 1e-12)
      }
    }
  }

  /// Where both ends are within the radius and one is in the volume, the reference is right.
  @Test func reference() throws {
    let fixture = try PotentialsFixture.load()
    let golden = fixture.golden
    let low = [-200.0, -100, 0, 100]
    var compared = try compare(
      golden.compartments(), golden.matrix("laminar_csd"), low.map { ($0, $0 + 100) }, radius: 120)
    let bounds = [(0.0, 10.0), (10, 20), (20, 40), (40, 60)]
    let survey = fixture.survey
    compared += try compare(
      survey.compartments(), survey.matrix("laminar_15"), bounds, radius: 15)
    compared += try compare(survey.compartments(), survey.matrix("laminar_8"), bounds, radius: 8)
    #expect(compared >= 60)
  }

  private func compare(
    _ cell: Compartments, _ expected: Matrix, _ bounds: [(Double, Double)], radius: Double
  ) throws -> Int {
    let matrix = try LaminarCurrentSourceDensity(
      cylinders: bounds.map { .init(from: $0, to: $1, radius: radius) }
    ).transformationMatrix(for: cell)
    var compared = 0
    for (k, (low, high)) in bounds.enumerated() {
      for i in 0..<cell.count {
        let (a, b) = (cell.start(i), cell.end(i))
        let narrow = max(hypot(a.x, a.y), hypot(b.x, b.y)) <= radius
        let passes = min(a.z, b.z) < low && max(a.z, b.z) >= high
        guard narrow, !passes else { continue }
        compared += 1
        #expect(abs(matrix[k, i] - expected[k, i]) < 1e-12 * expected.maximumMagnitude)
      }
    }
    return compared
  }

  /// Cylinders of one radius that hold the cell, and boxes: fractions of each compartment sum to 1;
  /// and each is the share of many points along the compartment that are inside.
  @Test func fractionsTileSpace() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<10 {
      let cell = random.compartments(60, within: 100, length: 80)
      let edges = ([-100.1, 100.1] + (0..<6).map { _ in random.number(-100, 100) }).sorted()
      let layers = zip(edges, edges.dropFirst()).map {
        LaminarCurrentSourceDensity.Cylinder(from: $0, to: $1, radius: 150)
      }
      let laminar = try LaminarCurrentSourceDensity(cylinders: layers)
        .transformationMatrix(for: cell)
      let grid = try VolumetricCurrentSourceDensity(x: edges, y: [-100, 0, 3, 100], z: edges)
      let boxes = grid.transformationMatrix(for: cell)
      for i in 0..<cell.count {
        let sum = layers.indices.reduce(0) { $0 + laminar[$1, i] * layers[$1].volume }
        #expect(abs(sum - 1) < 1e-12)
        var total = 0.0
        var row = 0
        for a in 0..<(edges.count - 1) {
          for (y0, y1) in [(-100.0, 0.0), (0, 3), (3, 100)] {
            for c in 0..<(edges.count - 1) {
              let volume = (edges[a + 1] - edges[a]) * (y1 - y0) * (edges[c + 1] - edges[c])
              total += boxes[row, i] * volume
              row += 1
            }
          }
        }
        #expect(abs(total - 1) < 1e-12)
      }
    }
  }

  @Test func sampledFractions() throws {
    var random = SplitMix(state: 8)
    let cell = random.compartments(150, within: 60, length: 60)
    let cylinder = LaminarCurrentSourceDensity.Cylinder(from: -20, to: 25, radius: 40)
    let axis = SIMD2(5.0, -7.0)
    let matrix = try LaminarCurrentSourceDensity(cylinders: [cylinder], axis: axis)
      .transformationMatrix(for: cell)
    for i in 0..<cell.count {
      let n = 4000
      let inside = (0..<n).filter { k in
        let p =
          cell.start(i) + (Double(k) + 0.5) / Double(n) * (cell.end(i) - cell.start(i))
        return p.z >= -20 && p.z < 25 && hypot(p.x - axis.x, p.y - axis.y) <= 40
      }.count
      #expect(abs(matrix[0, i] * cylinder.volume - Double(inside) / Double(n)) <= 1.01 / Double(n))
    }
  }

  /// The reference's volumetric matrix: fractions, to its pieces of 1 um.
  @Test func volumetricReference() throws {
    let survey = try PotentialsFixture.load().survey
    let model = try VolumetricCurrentSourceDensity(
      x: [-10, 5, 30], y: [-10, 0, 10], z: [0, 15, 30, 50])
    #expect(model.unit == "nA/um3")
    #expect(model.positions.count == 12)
    #expect(model.positions[3] == SIMD3(-2.5, 5, 7.5))
    let cell = survey.compartments()
    let matrix = model.transformationMatrix(for: cell)
    let expected = try survey.matrix("volumetric_fractions")
    let volumes = zip([15.0, 15, 15, 15, 15, 15, 25, 25, 25, 25, 25, 25], 0..<12).map {
      $0 * 10 * [15, 15, 20][$1 % 3]
    }
    for k in 0..<12 {
      for i in 0..<4 {
        #expect(abs(matrix[k, i] * volumes[k] - expected[k, i]) <= 1 / cell.length[i])
      }
    }
  }

  /// Compartments in the planes of a grid, and points.
  @Test func gridPlanes() throws {
    let model = try VolumetricCurrentSourceDensity(x: [0, 1, 2], y: [0, 1], z: [0, 1])
    let matrix = model.transformationMatrix(
      for: cell([
        (SIMD3(1, 0, 0), SIMD3(1, 0.5, 0)), (SIMD3(2, 0, 0), SIMD3(2, 1, 1)),
        (SIMD3(0.5, 0.5, 0.5), SIMD3(0.5, 0.5, 0.5)), (SIMD3(3, 0, 0), SIMD3(3, 1, 1)),
        (SIMD3(0.5, 0, 0), SIMD3(1.5, 1, 1)),
      ]))
    #expect(matrix == Matrix([[0, 0, 1, 0, 0.5], [1, 1, 0, 0, 0.5]]))
  }

  @Test func errors() {
    #expect(
      message { _ = try LaminarCurrentSourceDensity(cylinders: []) }
        == "cylinders: there are no cylinders; give at least one")
    #expect(
      message { _ = try LaminarCurrentSourceDensity(cylinders: [.init(from: 2, to: 1, radius: 1)]) }
        == "cylinders: cylinder 1 is from 2.0 to 1.0 um; it must be from a lower to a higher finite height"
    )
    #expect(
      message { _ = try LaminarCurrentSourceDensity(cylinders: [.init(from: 0, to: 1, radius: 0)]) }
        == "cylinders: the radius of cylinder 1 is 0.0 um; it must be positive and finite")
    #expect(
      message {
        _ = try LaminarCurrentSourceDensity(
          cylinders: [.init(from: 0, to: 1, radius: 1)], axis: SIMD2(.nan, 0))
      } == "axis: axis is SIMD2<Double>(nan, 0.0); it must be finite")
    #expect(
      message { _ = try VolumetricCurrentSourceDensity(x: [0], y: [0, 1], z: [0, 1]) }
        == "x: x has 1 edges; a grid needs at least 2 on each axis")
    #expect(
      message { _ = try VolumetricCurrentSourceDensity(x: [0, 1], y: [0, 1], z: [0, 1, 1]) }
        == "z: edges 2 and 3 of z are 1.0 and 1.0 um; they must be finite and rising")
  }
}
