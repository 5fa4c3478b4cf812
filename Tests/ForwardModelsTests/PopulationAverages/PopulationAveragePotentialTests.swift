import CellMorphology
import Distributions
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Population averages of potentials")
struct PopulationAveragePotentialTests {
  private func average(
    _ model: any ForwardModel, _ somata: SomaDistribution, _ cell: Compartments,
    tolerance: Double = 1e-6
  ) throws -> PopulationMatrix {
    try PopulationAverage(of: model, over: somata, tolerance: tolerance).mean(for: cell)
  }

  private func point(_ diameter: Double) -> Compartments {
    makeCompartments([(SIMD3(0, 0, -1), SIMD3(0, 0, 1))], [diameter])
  }

  @Test(arguments: [(1.0, 1.0), (1, 500), (30, 5), (150, 75), (1000, 1), (1000, 500)])
  func pointsMatchQuadrature(radius: Double, scale: Double) throws {
    let somata = try SomaDistribution(radius: radius, depth: .norm(loc: 0, scale: scale))
    let cell = point(2)
    let places = [0, 0.4 * radius, radius, 1.01 * radius, 5 * radius + 20]
    for (k, rho) in places.enumerated() {
      // Each distance at two heights.
      let heights = [0, 0.7 * scale, -2.5 * scale, 6 * scale + radius]
      for z in [heights[k % 4], heights[(k + 2) % 4]] {
        let mean = try average(
          PointSourcePotential(contacts: [SIMD3(0.6 * rho, 0.8 * rho, z)]), somata, cell)
        let depths = normalDepths(scale, near: [z - 1, z, z + 1], 0.02)
        let expected = try meanOfVertical(
          { try PointSourcePotential(contacts: $0) }, cell, rho: rho, z: z, radius: radius,
          depths: depths)
        #expect(
          abs(mean.matrix[0, 0] - expected) <= 1e-6 * expected,
          "rho \(rho), z \(z), radius \(radius): \(mean.matrix[0, 0] / expected - 1), \(mean.relativeError)"
        )
      }
    }
  }

  @Test(arguments: [(0.5, 40.0), (15, 30), (30, 10)])
  func linesMatchQuadrature(radius a: Double, length: Double) throws {
    let cell = makeCompartments([(SIMD3(0, 0, -0.5 * length), SIMD3(0, 0, 0.5 * length))], [2 * a])
    for (radius, scale) in [(150.0, 75.0), (20, 10)] {
      let somata = try SomaDistribution(radius: radius, depth: .norm(loc: 0, scale: scale))
      for (rho, z) in [(0.0, 0.0), (0.5 * radius, 25), (radius, -10), (radius + 10, 60)] {
        let mean = try average(
          LineSourcePotential(contacts: [SIMD3(rho, 0, z)]), somata, cell)
        let ends = [z - 0.5 * length, z + 0.5 * length]
        let expected = try meanOfVertical(
          { try LineSourcePotential(contacts: $0) }, cell, rho: rho, z: z, radius: radius,
          depths: normalDepths(scale, near: ends, 0.1 * a))
        #expect(
          abs(mean.matrix[0, 0] - expected) <= 1e-6 * expected,
          "rho \(rho), z \(z), radius \(radius): \(mean.matrix[0, 0] / expected - 1), \(mean.relativeError)"
        )
      }
    }
  }

  @Test func separateAndUniformDepthsMatchQuadrature() throws {
    let cell = makeCompartments([(SIMD3(0, 0, -15), SIMD3(0, 0, 15))], [30])
    let laws: [(Distribution, (Double) -> [(x: Double, w: Double)])] = [
      (try .constant(40), { _ in [(0, 1)] }),
      (try .randint(low: 0, high: 4), { _ in (0..<4).map { (Double($0) - 1.5, 0.25) } }),
      (
        try .uniform(loc: 10, scale: 60),
        { z in
          let places = [z - 15, z, z + 15].filter { abs($0) < 30 }
          return compositeGauss(graded(from: -30, to: 30, at: places, 0.5)).map {
            ($0.x, $0.w / 60)
          }
        }
      ),
    ]
    for (law, depths) in laws {
      let somata = try SomaDistribution(radius: 50, depth: law)
      for (rho, z) in [(0.0, 0.0), (20, 14), (50, 3), (62, -10)] {
        let contact = SIMD3(0, rho, z)
        for (model, at) in [
          (
            try LineSourcePotential(contacts: [contact]) as any ForwardModel,
            { (contacts: [SIMD3<Double>]) in
              try LineSourcePotential(contacts: contacts) as any ForwardModel
            }
          ),
          (
            try PointSourcePotential(contacts: [contact]),
            { try PointSourcePotential(contacts: $0) }
          ),
        ] {
          let mean = try average(model, somata, cell)
          let expected = try meanOfVertical(
            at, cell, rho: rho, z: z, radius: 50, depths: depths(z))
          #expect(
            abs(mean.matrix[0, 0] - expected) <= 1e-5 * expected,
            "\(law), \(rho), \(z): \(mean.matrix[0, 0] / expected - 1)")
        }
      }
    }
  }

  @Test func anisotropicMediaMatchQuadrature() throws {
    let conductivity = Conductivity(x: 0.3, y: 0.3, z: 0.5)
    let cell = makeCompartments([(SIMD3(0, 0, -15), SIMD3(0, 0, 15))], [20])
    let somata = try SomaDistribution(radius: 100, depth: .norm(loc: 0, scale: 50))
    for (rho, z) in [(0.0, 0.0), (60, 30), (100, -20), (300, 100)] {
      let contact = SIMD3(rho, 0, z)
      let depths = normalDepths(50, near: [z - 15, z, z + 15], 1)
      let models: [([SIMD3<Double>]) throws -> any ForwardModel] = [
        { try LineSourcePotential(contacts: $0, conductivity: conductivity) },
        { try PointSourcePotential(contacts: $0, conductivity: conductivity) },
      ]
      for model in models {
        let mean = try average(model([contact]), somata, cell)
        let expected = try meanOfVertical(
          model, cell, rho: rho, z: z, radius: 100, depths: depths)
        #expect(
          abs(mean.matrix[0, 0] - expected) <= 5e-6 * expected,
          "rho \(rho), z \(z): \(mean.matrix[0, 0] / expected - 1), \(mean.relativeError)")
      }
    }
  }

  @Test func axisMatchesGaussCylinder() throws {
    let somata = try SomaDistribution(radius: 150, depth: .norm(loc: 20, scale: 75))
    let cell = makeCompartments(
      [-300, -15, 0, 210, 900].map { (SIMD3(0, 0, $0 + 20), SIMD3(0, 0, $0 + 20)) },
      [Double](repeating: 1e-3, count: 5))
    let heights = (0..<13).map { 1000 - 100 * Double($0) }
    let mean = try average(
      PointSourcePotential(contacts: heights.map { SIMD3(0, 0, $0) }), somata, cell, tolerance: 1e-8
    )
    let expected = try GaussCylinderPotential(z: heights, radius: 150, scale: 75)
      .transformationMatrix(for: cell)
    #expect((mean.matrix - expected).maximumMagnitude <= 1e-8 * expected.maximumMagnitude)
    #expect(mean.relativeError <= 1e-8)
  }

  @Test func bruteForceAgrees() throws {
    let somata = try SomaDistribution(radius: 120, depth: .norm(loc: 50, scale: 60))
    let contacts = [SIMD3(80.0, -30, 40), SIMD3(0, 120, -80)]
    let mean = try average(LineSourcePotential(contacts: contacts), somata, averagedCell)
    // A million cells, in parts that fit in the cache.
    let (parts, perPart) = (250, 4000)
    var random = SplitMix(state: 7)
    var sums = [Double](repeating: 0, count: contacts.count * averagedCell.count)
    var squares = sums
    for _ in 0..<parts {
      let cells = randomSomata(perPart, radius: 120, &random) { 60 * normal(&$0) }
      for (j, contact) in contacts.enumerated() {
        let matrix = try LineSourcePotential(contacts: cells.map { contact - $0 })
          .transformationMatrix(for: averagedCell)
        for (i, moment) in try momentsOverRows(matrix).enumerated() {
          sums[j * averagedCell.count + i] += moment.sum
          squares[j * averagedCell.count + i] += moment.squares
        }
      }
    }
    let n = Double(parts * perPart)
    for (k, sum) in sums.enumerated() {
      let deviation = (squares[k] / n - sum * sum / (n * n)).squareRoot()
      #expect(
        abs(mean.matrix.storage[k] - sum / n) <= 4 * deviation / n.squareRoot(), "entry \(k)")
    }
  }
}
