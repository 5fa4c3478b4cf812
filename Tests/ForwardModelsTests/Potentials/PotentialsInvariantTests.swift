import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

func sinCos(_ x: Double) -> (Double, Double) { (sin(x), cos(x)) }

/// What holds for all potentials, over hundreds of random compartments and contacts.
@Suite struct PotentialsInvariantTests {
  @Test func translationAndRotation() throws {
    var random = SplitMix(state: 1)
    for _ in 0..<10 {
      let cell = random.compartments(30, within: 100)
      let contacts = (0..<12).map { _ in random.point(-150, 150) }
      let (turn, shift) = (random.rotation(), random.point(-1000, 1000))
      let move = { (p: SIMD3<Double>) in turn(p) + shift }
      let moved = cell.mapped(move)
      #expect(
        relativeDifference(
          try LineSourcePotential(contacts: contacts.map(move)).transformationMatrix(for: moved),
          try LineSourcePotential(contacts: contacts).transformationMatrix(for: cell)) < 1e-10)
      #expect(
        relativeDifference(
          try PointSourcePotential(contacts: contacts.map(move)).transformationMatrix(for: moved),
          try PointSourcePotential(contacts: contacts).transformationMatrix(for: cell)) < 1e-11)
      let sphere = try SpherePotential(contacts: contacts, radius: 400)
      let turned = try SpherePotential(
        contacts: contacts.map(move), center: shift, radius: 400)
      #expect(
        relativeDifference(
          try turned.transformationMatrix(for: moved), try sphere.transformationMatrix(for: cell))
          < 1e-11)
    }
  }

  /// A current at a measured at b is one at b measured at a.
  @Test func reciprocity() throws {
    var random = SplitMix(state: 2)
    let slice = try TissueSlice(bottom: -200, thickness: 400, below: 0.05)
    for _ in 0..<200 {
      let (a, b) = (random.point(-150, 150), random.point(-150, 150))
      func potential(_ from: SIMD3<Double>, _ to: SIMD3<Double>) throws -> [Double] {
        let cell = makeCompartments([(from, from)], [0.01])
        let sigma = Conductivity(x: 0.2, y: 0.3, z: 0.5)
        return [
          try PointSourcePotential(contacts: [to], conductivity: sigma)
            .transformationMatrix(for: cell)[0, 0],
          try LineSourcePotential(contacts: [to]).transformationMatrix(for: cell)[0, 0],
          try SlicePotential(contacts: [to], slice: slice, source: .points)
            .transformationMatrix(for: cell)[0, 0],
          try SlicePotential(contacts: [to], slice: slice).transformationMatrix(for: cell)[0, 0],
          try SpherePotential(contacts: [to], radius: 300).transformationMatrix(for: cell)[0, 0],
        ]
      }
      for (x, y) in zip(try potential(a, b), try potential(b, a)) {
        #expect(abs(x - y) < 1e-12 * x)
      }
    }
  }

  @Test func shortLinesArePoints() throws {
    var random = SplitMix(state: 3)
    let contacts = (0..<20).map { _ in random.point(100, 200) }
    let points = (0..<20).map { _ in random.point(-50, 50) }
    let slice = try TissueSlice(bottom: -250, thickness: 500, steps: 80)
    for length in [0, 1e-8, 1e-4] {
      let cell = makeCompartments(
        points.map { ($0, $0 + SIMD3(0.6, 0, 0.8) * length) }, points.map { _ in 1 })
      let models: [(any ForwardModel, any ForwardModel)] = [
        (
          try LineSourcePotential(contacts: contacts), try PointSourcePotential(contacts: contacts)
        ),
        (
          try LineSourcePotential(
            contacts: contacts, conductivity: Conductivity(x: 0.3, y: 0.2, z: 0.5)),
          try PointSourcePotential(
            contacts: contacts, conductivity: Conductivity(x: 0.3, y: 0.2, z: 0.5))
        ),
        (
          try SlicePotential(contacts: contacts, slice: slice),
          try SlicePotential(contacts: contacts, slice: slice, source: .points)
        ),
      ]
      for (line, point) in models {
        #expect(
          relativeDifference(
            try line.transformationMatrix(for: cell), try point.transformationMatrix(for: cell))
            < 1e-11)
      }
    }
  }

  /// Between media of one conductivity there is no image; outside compartments, no direction differs.
  @Test func specialMediaAreTheInfiniteOne() throws {
    var random = SplitMix(state: 4)
    let slice = try TissueSlice(bottom: -150, thickness: 300, tissue: 0.4, above: 0.4, below: 0.4)
    for _ in 0..<10 {
      let cell = random.compartments(40, within: 60)
      let contacts = (0..<10).map { _ in random.point(-140, 140) }
        .filter { max(abs($0.x), abs($0.y), abs($0.z)) > 64 }
      let line = try LineSourcePotential(contacts: contacts, sigma: 0.4)
        .transformationMatrix(for: cell)
      let point = try PointSourcePotential(contacts: contacts, sigma: 0.4)
        .transformationMatrix(for: cell)
      let nearly = Conductivity(x: 0.4, y: 0.4.nextUp, z: 0.4)
      let linear: [any ForwardModel] = [
        try SlicePotential(contacts: contacts, slice: slice),
        try LineSourcePotential(contacts: contacts, conductivity: nearly),
        try ECoGPotential(contacts: contacts, surface: 150, tissue: 0.4, above: 0.4, depth: 300),
      ]
      for model in linear {
        // Beyond the ends, on the axis, the rules for contacts in a compartment differ.
        #expect(relativeDifference(try model.transformationMatrix(for: cell), line) < 1e-5)
      }
      let punctual: [any ForwardModel] = [
        try SlicePotential(contacts: contacts, slice: slice, source: .points),
        try PointSourcePotential(contacts: contacts, conductivity: nearly),
        try SpherePotential(contacts: contacts, radius: 200, inside: 0.4, outside: 0.4),
      ]
      for model in punctual {
        #expect(relativeDifference(try model.transformationMatrix(for: cell), point) < 1e-12)
      }
    }
  }

  /// Currents that sum to 0 look like a dipole from afar: at twice the distance, a quarter.
  @Test func closedCurrentsDecayAsDipoles() throws {
    var random = SplitMix(state: 5)
    for _ in 0..<200 {
      let cell = random.compartments(10, within: 10, length: 5)
      var currents = (0..<10).map { _ in random.number(-1, 1) }
      currents[9] -= currents.reduce(0, +)
      var direction = random.point(-1, 1)
      direction /= (direction * direction).sum().squareRoot()
      let matrix = try LineSourcePotential(contacts: [2e5 * direction, 4e5 * direction])
        .transformationMatrix(for: cell)
      let v = (0..<2).map { j in (0..<10).reduce(0) { $0 + matrix[j, $1] * currents[$1] } }
      let dipole = (0..<10).reduce(SIMD3(0, 0, 0)) { $0 + currents[$1] * cell.midpoint($1) }
      let cosine = (dipole * direction).sum() / (dipole * dipole).sum().squareRoot()
      if abs(cosine) < 0.1 { continue }
      #expect(abs(v[0] / v[1] - 4) < 0.01)
    }
  }

  @Test func vectorLogarithmAndRoot() {
    var random = SplitMix(state: 6)
    var x = (0..<4000).map { _ in exp(random.number(-300, 300)) }
    x += (0..<4000).map { _ in 1 + random.number(-0.5, 1) } + [1, 0.5, 2, 1.nextUp, 1.nextDown]
    let (logs, roots) = vectorMath(x)
    for (i, value) in x.enumerated() {
      #expect(abs(logs[i] - log(value)) <= 3 * log(value).magnitude.ulp)
      #expect(abs(roots[i] * value.squareRoot() - 1) < 5e-16)
    }
  }
}
