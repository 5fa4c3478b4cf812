import CellMorphology
import Distributions
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Population averages: densities, other models, spread, errors")
struct PopulationAverageModelTests {
  private let edges = (-4...5).map { 60 * Double($0) }

  @Test(arguments: [false, true])
  func fractionsOfTilesSumToOne(rotation: Bool) throws {
    let somata = try SomaDistribution(
      radius: 100, depth: .uniform(loc: -50, scale: 100), rotation: rotation)
    let z = (-4...10).map { 60 * Double($0) }
    let model = try VolumetricCurrentSourceDensity(x: edges, y: edges, z: z)
    let mean = try PopulationAverage(of: model, over: somata, tolerance: 1e-4)
      .mean(for: averagedCell)
    #expect(mean.relativeError <= 1e-4)
    for i in 0..<averagedCell.count {
      let sum = mean.matrix.column(i).reduce(0, +) * 60 * 60 * 60
      #expect(abs(sum - 1) < 1e-4)
    }
  }

  @Test func densitiesMatchBruteForce() throws {
    let somata = try SomaDistribution(radius: 80, depth: .norm(loc: 10, scale: 40))
    let cells = randomSomata(20_000, radius: 80) { 40 * normal(&$0) }
    let cylinders = (-2..<3).map {
      LaminarCurrentSourceDensity.Cylinder(
        from: 60 * Double($0), to: 60 * Double($0 + 1), radius: 90)
    }
    let model = try LaminarCurrentSourceDensity(cylinders: cylinders, axis: SIMD2(20, -10))
    let mean = try PopulationAverage(of: model, over: somata).mean(for: averagedCell)
    var sums = Matrix(rows: cylinders.count, columns: averagedCell.count)
    var squares = sums
    for cell in cells {
      let moved = averagedCell.rotated(aboutZ: 0, movedBy: cell)
      let matrix = model.transformationMatrix(for: moved)
      sums = sums + matrix
      squares =
        squares
        + Matrix(
          rows: matrix.rows, columns: matrix.columns, storage: matrix.storage.map { $0 * $0 })
    }
    let n = Double(cells.count)
    for (k, sum) in sums.storage.enumerated() {
      let variance = squares.storage[k] / n - sum * sum / (n * n)
      let standardError = (max(variance, 0) / n).squareRoot()
      #expect(abs(mean.matrix.storage[k] - sum / n) <= 4 * standardError + 1e-12)
    }
  }

  @Test func discsOverlapDiscsAndQuadrants() {
    let overlap = DiscOverlap(radius: 3)
    #expect(overlap.disc(radius: 5, distance: 1) == 1)
    #expect(overlap.disc(radius: 1, distance: 1.5) == 1.0 / 9)
    #expect(overlap.disc(radius: 1, distance: 4.5) == 0)
    #expect(abs(overlap.quadrant(x: 0, y: 0) - 0.25) < 1e-15)
    #expect(overlap.quadrant(x: 5, y: 5) == 1)
    // By strips of the disc about the origin.
    for (x, y, d, r) in [(1.0, 0.5, 2.0, 2.5), (-2, 1, 4, 1.5), (-1, -2, 3, 3), (2.9, -2, 1, 2.2)] {
      var (quadrant, disc) = (0.0, 0.0)
      let n = 200_000
      for k in 0..<n {
        let u = -3 + 6 * (Double(k) + 0.5) / Double(n)
        let half = (9 - u * u).squareRoot()
        if u <= x { quadrant += max(0, min(half, y) + half) }
        let other = max(0, r * r - (u - d) * (u - d)).squareRoot()
        disc += 2 * min(half, other)
      }
      let area = 9 * Double.pi * Double(n) / 6
      #expect(abs(overlap.quadrant(x: x, y: y) - quadrant / area) < 3e-6)
      #expect(abs(overlap.disc(radius: r, distance: d) - disc / area) < 3e-6)
    }
  }

  /// Models that are not known are summed over cells.
  @Test func otherModelsAreSummedOverCells() throws {
    let somata = try SomaDistribution(radius: 40, depth: .uniform(loc: 0, scale: 60))
    let contacts = [SIMD3(150.0, 0, 30), SIMD3(0, 150, -200)]
    let model = try LineSourcePotential(contacts: contacts)
    let sum = try PopulationAverage(of: OtherModel(model: model), over: somata, tolerance: 1e-4)
      .mean(for: averagedCell)
    let expected = try PopulationAverage(of: model, over: somata).mean(for: averagedCell)
    let difference = (sum.matrix - expected.matrix).maximumMagnitude
    #expect(difference <= 1e-4 * expected.matrix.maximumMagnitude)
    #expect(sum.relativeError <= 1e-4)
    let dipole = try PopulationAverage(
      of: PopulationDipoleMoment(), over: somata, tolerance: 1e-4
    ).mean(for: averagedCell)
    #expect(abs(dipole.matrix[2, 3] - 315) < 0.03)
  }

  /// A sphere that is far away or of the medium around it is none; else, against cells at random.
  @Test func spheres() throws {
    let somata = try SomaDistribution(
      radius: 60, depth: .norm(loc: 0, scale: 30), rotation: true)
    let contacts = [SIMD3(20.0, 0, 30), SIMD3(-100, 60, 200), SIMD3(10, 30, -250)]
    let points = try PopulationAverage(of: PointSourcePotential(contacts: contacts), over: somata)
      .mean(for: averagedCell).matrix
    let same = try SpherePotential(
      contacts: contacts, center: SIMD3(0, 0, 100), radius: 700, inside: 0.3, outside: 0.3)
    let none = try PopulationAverage(of: same, over: somata).mean(for: averagedCell)
    #expect(relativeDifference(none.matrix, points) < 2e-6)
    let sphere = try SpherePotential(
      contacts: contacts + [SIMD3(0, 500, 900)], center: SIMD3(0, 0, 100), radius: 700)
    let mean = try PopulationAverage(of: sphere, over: somata).mean(for: averagedCell)
    #expect(mean.relativeError <= 1e-6)
    var random = SplitMix(state: 5)
    var sums = Matrix(rows: 4, columns: averagedCell.count)
    var squares = sums.storage
    let cells = randomSomata(2000, radius: 60) { 30 * normal(&$0) }
    for cell in cells {
      let moved = averagedCell.rotated(aboutZ: random.number(0, 2 * .pi), movedBy: cell)
      let matrix = try sphere.transformationMatrix(for: moved)
      sums = sums + matrix
      for (k, value) in matrix.storage.enumerated() { squares[k] += value * value }
    }
    let n = Double(cells.count)
    for (k, sum) in sums.storage.enumerated() {
      let deviation = max(0, squares[k] / n - sum * sum / (n * n)).squareRoot()
      #expect(abs(mean.matrix.storage[k] - sum / n) <= 4 * deviation / n.squareRoot(), "entry \(k)")
    }
  }

  @Test func standardDeviationsMatchBruteForce() throws {
    let somata = try SomaDistribution(radius: 100, depth: .norm(loc: 0, scale: 50))
    let contacts = [SIMD3(10.0, 0, 20), SIMD3(200, 0, -40)]
    let result = try PopulationAverage(
      of: LineSourcePotential(contacts: contacts), over: somata
    ).standardDeviation(for: averagedCell, tolerance: 1e-2)
    #expect(result.relativeError <= 1e-2)
    let cells = randomSomata(60_000, radius: 100) { 50 * normal(&$0) }
    for (j, contact) in contacts.enumerated() {
      let moments = try momentsOverCells(
        { try LineSourcePotential(contacts: $0) }, averagedCell, contact: contact, somata: cells)
      for (i, moment) in moments.enumerated() {
        let deviation = result.matrix[j, i]
        #expect(
          abs(deviation - moment.deviation) < 0.04 * result.matrix.maximumMagnitude,
          "contact \(j), compartment \(i)")
      }
    }
    let one = try SomaDistribution(radius: 0, depth: .constant(0))
    let none = try PopulationAverage(of: LineSourcePotential(contacts: contacts), over: one)
      .standardDeviation(for: averagedCell)
    #expect(none.matrix.maximumMagnitude == 0)
    #expect(none.relativeError == 0)
  }

  /// With rotations, squares near thin compartments are integrated as without.
  @Test func standardDeviationsOfTurnedCells() throws {
    let somata = try SomaDistribution(
      radius: 60, depth: .norm(loc: 0, scale: 30), rotation: true)
    let contacts = [SIMD3(35.0, 10, -20)]
    let model = try LineSourcePotential(contacts: contacts)
    let result = try PopulationAverage(of: model, over: somata)
      .standardDeviation(for: averagedCell, tolerance: 1e-2)
    #expect(result.relativeError <= 1e-2)
    var random = SplitMix(state: 3)
    var sums = 0 * model.transformationMatrix(for: averagedCell)
    var squares = sums.storage
    let cells = randomSomata(10_000, radius: 60) { 30 * normal(&$0) }
    for cell in cells {
      let moved = averagedCell.rotated(aboutZ: random.number(0, 2 * .pi), movedBy: cell)
      let matrix = model.transformationMatrix(for: moved)
      sums = sums + matrix
      for (k, value) in matrix.storage.enumerated() { squares[k] += value * value }
    }
    let n = Double(cells.count)
    for (k, sum) in sums.storage.enumerated() {
      let deviation = max(0, squares[k] / n - sum * sum / (n * n)).squareRoot()
      #expect(abs(result.matrix.storage[k] - deviation) < 0.04 * result.matrix.maximumMagnitude)
    }
  }

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "nothing was wrong"
  }

  @Test func messages() throws {
    let depth = try Distribution.norm(loc: 0, scale: 10)
    #expect(
      message { _ = try SomaDistribution(radius: -1, depth: depth) }
        == "radius is -1.0 um; it must be finite and not negative")
    #expect(
      message { _ = try SomaDistribution(radius: 1, depth: .lognorm(s: 40)) }.contains("not finite")
    )
    let model = try PointSourcePotential(contacts: [SIMD3(0, 0, 0)])
    let somata = try SomaDistribution(radius: 10, depth: depth)
    #expect(
      message { _ = try PopulationAverage(of: model, over: somata, tolerance: 0) }
        == "tolerance is 0.0; it is relative to the largest entry, from 1e-9 to below 1")
    #expect(
      message { _ = try PopulationAverage(of: model, over: somata, mostCells: 3) }
        == "mostCells is 3; it must be at least 256")
    let other = OtherModel(model: model)
    let reached = message {
      _ = try PopulationAverage(of: other, over: somata, mostCells: 1024).mean(for: averagedCell)
    }
    #expect(reached.hasPrefix("the mean over 1024 cells is known to "))
    #expect(reached.hasSuffix("not to 1e-06; allow more than 1024 cells or a larger tolerance"))
    var broken = averagedCell
    broken.endX[2] = .nan
    #expect(
      message { _ = try PopulationAverage(of: model, over: somata).mean(for: broken) }
        == "compartment 2 has a number that is not finite")
    let slice = try SlicePotential(contacts: [SIMD3(0, 0, 10)], slice: TissueSlice())
    #expect(
      message { _ = try PopulationAverage(of: slice, over: somata).mean(for: averagedCell) }
        .contains("um out of the slice"))
    let missing = try SomaAsPointPotential(contacts: [SIMD3(0, 0, 10)], pointCompartments: [9])
    #expect(
      message { _ = try PopulationAverage(of: missing, over: somata).mean(for: averagedCell) }
        .contains("compartment 9 is to be a point"))
  }
}

/// A model of which nothing is known.
private struct OtherModel: ForwardModel {
  let model: any ForwardModel
  var unit: String { model.unit }

  func transformationMatrix(for compartments: Compartments) throws -> Matrix {
    try model.transformationMatrix(for: compartments)
  }
}
