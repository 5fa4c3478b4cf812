import CellMorphology
import Distributions
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Population averages: limits and invariants")
struct PopulationAverageInvariantTests {
  private let contacts = [
    SIMD3(60.0, 20, 40), SIMD3(-100, 0, -20), SIMD3(10, 90, 150), SIMD3(0, 0, 400),
  ]

  private func average(
    _ model: any ForwardModel, _ somata: SomaDistribution, _ cell: Compartments = averagedCell,
    tolerance: Double = 1e-6
  ) throws -> Matrix {
    try PopulationAverage(of: model, over: somata, tolerance: tolerance)
      .transformationMatrix(for: cell)
  }

  private func difference(_ a: Matrix, _ b: Matrix) -> Double {
    (a - b).maximumMagnitude / b.maximumMagnitude
  }

  @Test func smallPopulationsAreOneCell() throws {
    let model = try LineSourcePotential(contacts: contacts)
    let single = model.transformationMatrix(for: averagedCell)
    let one = try SomaDistribution(radius: 0, depth: .constant(80))
    #expect(try average(model, one) == single)
    for (radius, depth) in [
      (1e-3, try Distribution.constant(0)), (1e-2, try .norm(loc: 0, scale: 1e-2)),
      (1e-3, try .uniform(loc: 0, scale: 0.01)),
    ] {
      let somata = try SomaDistribution(radius: radius, depth: depth)
      #expect(difference(try average(model, somata), single) < 2e-6, "\(radius), \(depth)")
    }
    let line = try SomaDistribution(radius: 0, depth: .norm(loc: 0, scale: 1e-3))
    #expect(difference(try average(model, line), single) < 1e-6)
  }

  @Test func farAwayPopulationsArePoints() throws {
    let model = try LineSourcePotential(contacts: [SIMD3(3e4, 2e4, 5e4), SIMD3(0, 0, -1e5)])
    let somata = try SomaDistribution(radius: 150, depth: .norm(loc: 0, scale: 75))
    let single = model.transformationMatrix(for: averagedCell)
    #expect(difference(try average(model, somata), single) < 5e-6)
  }

  @Test func meanDepthCountsOnce() throws {
    let cell = averagedCell.rotated(aboutZ: 0, movedBy: SIMD3(0, 0, 200))
    let high = try SomaDistribution(radius: 150, depth: .norm(loc: 200, scale: 75))
    let zero = try SomaDistribution(radius: 150, depth: .norm(loc: 0, scale: 75))
    let raised = try average(LineSourcePotential(contacts: contacts), high, cell)
    let lowered = contacts.map { $0 - SIMD3(0, 0, 200) }
    let expected = try average(LineSourcePotential(contacts: lowered), zero)
    #expect(difference(raised, expected) < 1e-6)
  }

  @Test func populationsAreSymmetric() throws {
    let somata = try SomaDistribution(radius: 100, depth: .uniform(loc: -40, scale: 80))
    let model = try LineSourcePotential(contacts: contacts)
    let matrix = try average(model, somata)
    let (c, s) = (cos(0.9), sin(0.9))
    let turned = contacts.map { SIMD3(c * $0.x - s * $0.y, s * $0.x + c * $0.y, $0.z) }
    let turnedCell = averagedCell.rotated(aboutZ: 0.9, movedBy: SIMD3(0, 0, 0))
    #expect(
      difference(try average(LineSourcePotential(contacts: turned), somata, turnedCell), matrix)
        < 1e-6)
    var mirrored = averagedCell
    mirrored.startZ = mirrored.startZ.map { -$0 }
    mirrored.endZ = mirrored.endZ.map { -$0 }
    let below = contacts.map { SIMD3($0.x, $0.y, -$0.z) }
    #expect(
      difference(try average(LineSourcePotential(contacts: below), somata, mirrored), matrix) < 1e-6
    )
  }

  /// A population whose cells are turned is the mean over cells that are.
  @Test func rotationsAreMeansOverAngles() throws {
    let depth = try Distribution.norm(loc: 0, scale: 60)
    let still = try SomaDistribution(radius: 80, depth: depth)
    let turning = try SomaDistribution(radius: 80, depth: depth, rotation: true)
    let model = try SomaAsPointPotential(contacts: [SIMD3(120, 30, 20), SIMD3(0, 0, 100)])
    let rotated = try average(model, turning, tolerance: 1e-5)
    var sum = Matrix(rows: 2, columns: averagedCell.count)
    for k in 0..<24 {
      let cell = averagedCell.rotated(aboutZ: 2 * .pi * Double(k) / 24, movedBy: SIMD3(0, 0, 0))
      sum = sum + (1.0 / 24) * (try average(model, still, cell, tolerance: 1e-5))
    }
    #expect(difference(rotated, sum) < 2e-5)
  }

  @Test func surfacesAreMeansOverPoints() throws {
    let surface = try ContactSurface(.rectangle(width: 12, height: 30), normal: SIMD3(1, 0.3, 0.2))
    let somata = try SomaDistribution(radius: 80, depth: .norm(loc: 0, scale: 40))
    let center = SIMD3(30.0, 10, 20)
    let finite = try average(
      LineSourcePotential(contacts: [center], surfaces: [surface]), somata, tolerance: 1e-5)
    let rule = GaussLegendre(4)
    var sum = Matrix(rows: 1, columns: averagedCell.count)
    for (x, wx) in zip(rule.nodes, rule.weights) {
      for (y, wy) in zip(rule.nodes, rule.weights) {
        let place = center + 6 * x * surface.widthAxis + 15 * y * surface.heightAxis
        let part = try average(LineSourcePotential(contacts: [place]), somata, tolerance: 1e-5)
        sum = sum + (0.25 * wx * wy) * part
      }
    }
    #expect(difference(finite, sum) < 2e-5)
  }

  @Test func uniformWithNormalDepths() throws {
    let model = try LineSourcePotential(contacts: [contacts[0]])
    let both = try SomaDistribution(
      radius: 90, depth: .uniform(loc: -60, scale: 120), spread: .norm(loc: 5, scale: 20))
    // The uniform part as a sum.
    var sum = Matrix(rows: 1, columns: averagedCell.count)
    for (x, w) in compositeGauss([-60, 60]) {
      let moved = averagedCell.rotated(aboutZ: 0, movedBy: SIMD3(0, 0, x))
      let normal = try SomaDistribution(radius: 90, depth: .norm(loc: 0, scale: 20))
      sum = sum + (w / 120) * (try average(model, normal, moved))
    }
    #expect(difference(try average(model, both), sum) < 2e-6)
  }

  @Test func slicesAreSumsOfImages() throws {
    let cell = makeCompartments(
      [(SIMD3(0, 0, 100), SIMD3(0, 0, 100)), (SIMD3(20, 0, 150), SIMD3(20, 0, 150))], [1e-3, 1e-3])
    let slice = try TissueSlice(thickness: 300, steps: 4)
    let somata = try SomaDistribution(radius: 60, depth: .norm(loc: 100, scale: 20))
    let contacts = [SIMD3(30.0, 10, 0), SIMD3(0, 0, 200)]
    let matrix = try average(
      SlicePotential(contacts: contacts, slice: slice, source: .points), somata, cell)
    let (s, g, h) = (slice.weightAbove, slice.weightBelow, 300.0)
    for (j, contact) in contacts.enumerated() {
      let z = contact.z
      var images: [(Double, Double)] = [(z, 1), (2 * h - z, s), (-z, g)]
      for k in 1..<4 {
        let (w, shift) = (pow(s * g, Double(k)), 2 * h * Double(k))
        images += [(z + shift, w), (z - shift, w), (2 * h - z + shift, w * s), (-z - shift, w * g)]
      }
      let places = images.map { SIMD3(contact.x, contact.y, $0.0) }
      let single = try average(PointSourcePotential(contacts: places), somata, cell)
      for i in 0..<cell.count {
        let sum = images.indices.reduce(0) { $0 + images[$1].1 * single[$1, i] }
        #expect(abs(matrix[j, i] - sum) < 2e-6 * matrix.maximumMagnitude)
      }
    }
  }

  @Test func slicesOfOneMediumAreNoSlices() throws {
    let slice = try TissueSlice(bottom: -500, thickness: 1000, tissue: 0.3, above: 0.3, below: 0.3)
    let somata = try SomaDistribution(radius: 90, depth: .norm(loc: 0, scale: 30))
    // Without thick compartments, which the two models keep contacts out of differently.
    var cell = averagedCell
    cell.diameter = cell.diameter.map { _ in 0.05 }
    let expected = try average(LineSourcePotential(contacts: contacts), somata, cell)
    let sliced = try SlicePotential(contacts: contacts, slice: slice)
    #expect(difference(try average(sliced, somata, cell), expected) < 2e-6)
    let cortex = try ECoGPotential(contacts: contacts, surface: 450, above: 0.3)
    #expect(difference(try average(cortex, somata, cell), expected) < 2e-6)
  }

  @Test func estimatesAreHonest() throws {
    let somata = try SomaDistribution(radius: 100, depth: .norm(loc: 0, scale: 30))
    let model = try LineSourcePotential(contacts: contacts)
    let exact = try PopulationAverage(of: model, over: somata, tolerance: 1e-7)
      .mean(for: averagedCell)
    for tolerance in [1e-2, 1e-3, 1e-4, 1e-5] {
      let mean = try PopulationAverage(of: model, over: somata, tolerance: tolerance)
        .mean(for: averagedCell)
      #expect(mean.relativeError <= tolerance)
      #expect(
        difference(mean.matrix, exact.matrix) <= mean.relativeError + exact.relativeError,
        "tolerance \(tolerance)")
    }
  }
}
