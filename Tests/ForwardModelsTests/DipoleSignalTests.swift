import CellMorphology
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Dipole moments, orientations and signals")
struct DipoleSignalTests {
  @Test func moments() {
    var compartments = Compartments.pair
    compartments.startX = [2, 4]
    compartments.endY = [6, -8]
    let moment = CurrentDipoleMoment().transformationMatrix(for: compartments)
    #expect(moment == Matrix([[1, 2], [3, -4], [0, 1]]))
    let population = PopulationDipoleMoment().transformationMatrix(for: compartments)
    #expect(population == Matrix([[0, 0], [0, 0], [0, 1]]))
    #expect(CurrentDipoleMoment().outputNames == ["Px", "Py", "Pz"])
  }

  @Test func anglesAreThoseOfCells() throws {
    var dice = Dice(31)
    for _ in 0..<200 {
      let angles = Rotation(
        x: dice.number(-4...4), y: dice.number(-4...4), z: dice.number(-4...4))
      let turn = RotationMatrix(angles)
      // A cell that is turned about its soma, which lies at the middle of both compartments.
      var cell = Compartments.pair
      let p = dice.place(1...2)
      (cell.startX, cell.startY, cell.startZ) = ([p.x, -p.x], [p.y, -p.y], [p.z, -p.z])
      (cell.endX, cell.endY, cell.endZ) = ([0, 0], [0, 0], [0, 0])
      let placed = cell.placed(rotation: angles, at: .zero)
      #expect(norm(placed.start(0) - turn(p)) < 1e-14)
      #expect(norm(turn.inverse(turn(p)) - p) < 1e-14)
    }
  }

  /// A rotation keeps lengths and handedness.
  private func isProper(_ turn: RotationMatrix) -> Bool {
    let (x, y, z) = turn.columns
    let lengths = [norm(x), norm(y), norm(z), dot(cross(x, y), z)]
    let errors = lengths.map { $0 - 1 } + [dot(x, y), dot(y, z), dot(z, x)]
    return errors.allSatisfy { abs($0) < 1e-14 }
  }

  /// The reference turns opposite directions by a reflection through a point.
  @Test func turningOntoADirection() throws {
    var dice = Dice(32)
    for k in 0..<600 {
      let a = dice.direction()
      let tiny = [0, 1e-16, 1e-13, 1e-9, 1e-5, 1][k % 6]
      let sign = [1.0, -1][k / 6 % 2]
      let near = sign * a + tiny * dice.direction()
      let b = near / norm(near)
      let turn = try RotationMatrix(turning: 3 * a, to: 0.2 * b)
      #expect(isProper(turn))
      #expect(norm(turn(a) - b) < 1e-14)
    }
    for axis in [SIMD3<Double>(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)] {
      let turn = try RotationMatrix(turning: axis, to: -axis)
      #expect(isProper(turn) && turn(axis) == -axis)
      #expect(try RotationMatrix(turning: axis, to: axis) == .identity)
    }
  }

  @Test func newYorkHead() throws {
    var dice = Dice(33)
    let field = Matrix((0..<231).map { _ in (0..<3).map { _ in dice.number(-1...1) } })
    for normal in [SIMD3(0, 0, -2.0), SIMD3(1, 2, -3), SIMD3(0, 0, 1)] {
      let model = try NewYorkHeadModel(
        leadField: field, vertex: SIMD3(1000, 2000, 3000), normal: normal)
      let signal = try DipoleSignal(
        moment: PopulationDipoleMoment(), model: model, location: model.vertex,
        orientation: model.orientation(), outputUnit: .microvolt)
      let matrix = try signal.transformationMatrix(for: .pair)
      #expect(matrix.rows == 231)
      for i in 0..<231 {
        let expected = 1e-6 * dot(row(field, i), normal / norm(normal))
        #expect(abs(matrix[i, 1] - matrix[i, 0] - expected) < 1e-20)
      }
    }
  }

  @Test func namesOfMagneticOutputs() throws {
    let places = [SIMD3<Double>(9e4, 0, 0), SIMD3(0, 9e4, 0)]
    let all = SphericalConductorMagneticModel(sensors: try MagneticSensors(positions: places))
    #expect(
      all.outputNames == [
        "sensor 1 x", "sensor 1 y", "sensor 1 z", "sensor 2 x", "sensor 2 y", "sensor 2 z",
      ])
    #expect(all.positions == [places[0], places[0], places[0], places[1], places[1], places[1]])
    let normals = [SIMD3<Double>(0, 0, 2), SIMD3(0, 3, 4)]
    let along = SphericalConductorMagneticModel(
      sensors: try MagneticSensors(positions: places, normals: normals))
    let location = SIMD3<Double>(1000, 2000, 50_000)
    let (m, projected) = (
      try all.dipoleMatrix(at: location), try along.dipoleMatrix(at: location)
    )
    #expect(along.outputNames.isEmpty && along.positions == places && projected.rows == 2)
    #expect(norm(row(projected, 0) - row(m, 2)) < 1e-28)
    #expect(norm(row(projected, 1) - (0.6 * row(m, 4) + 0.8 * row(m, 5))) < 1e-24)
  }

  /// What is refused must be with a message that has all parts.
  private func expect(_ parts: String..., in body: () throws -> Void) {
    do {
      try body()
      Issue.record("no error with \(parts)")
    } catch {
      for part in parts { #expect("\(error)".contains(part)) }
    }
  }

  @Test func errors() throws {
    let up = SIMD3<Double>(0, 0, 90_000)
    let head = try LayeredSphereModel(electrodes: [up])
    expect("not inside the innermost sphere", "79000") {
      _ = try head.dipoleMatrix(at: SIMD3(0, 0, 79_000))
    }
    expect("finite") { _ = try head.dipoleMatrix(at: SIMD3(0, .nan, 0)) }
    let deep = try LayeredSphereModel(electrodes: [up, SIMD3(0, 0, 70_000)])
    expect("electrode 2 is at the dipole's place") {
      _ = try deep.dipoleMatrix(at: SIMD3(0, 0, 70_000))
    }
    expect("electrode 1", "outside the outermost sphere") {
      _ = try LayeredSphereModel(electrodes: [up * (1 + 1e-8)])
    }
    let rounded = try LayeredSphereModel(electrodes: [up * (1 + 5e-10)])
    #expect(
      try rounded.dipoleMatrix(at: SIMD3(0, 0, 1000)) == head.dipoleMatrix(at: SIMD3(0, 0, 1000)))
    expect("from the inside out") {
      _ = try LayeredSphereModel(electrodes: [up], radii: [9e4, 8e4], sigmas: [1, 1])
    }
    expect("must be positive") {
      _ = try LayeredSphereModel(electrodes: [up], radii: [0, 9e4], sigmas: [1, 1])
    }
    for sigma in [0, -0.3, .infinity, .nan] {
      expect("sigmas", "must be positive and finite") {
        _ = try LayeredSphereModel(electrodes: [up], radii: [9e4], sigmas: [sigma])
      }
      expect("sigma", "must be positive and finite") {
        _ = try InfiniteMediumModel(contacts: [up], sigma: sigma)
      }
    }
    expect("1 conductivities for 2 spheres") {
      _ = try LayeredSphereModel(electrodes: [up], radii: [8e4, 9e4], sigmas: [1])
    }
    expect("no radii") { _ = try LayeredSphereModel(electrodes: [up], radii: [], sigmas: []) }
  }

  @Test func errorsOfOtherConductors() throws {
    let up = SIMD3<Double>(0, 0, 90_000)
    expect("no contacts") { _ = try LayeredSphereModel(electrodes: []) }
    expect("contact 1 is at the dipole's place") {
      _ = try InfiniteMediumModel(contacts: [up]).dipoleMatrix(at: up)
    }
    let sensors = try MagneticSensors(positions: [up])
    expect("sensor 1 is at the dipole's place") {
      _ = try InfiniteMediumMagneticModel(sensors: sensors).dipoleMatrix(at: up)
    }
    expect("farther from its centre") {
      _ = try SphericalConductorMagneticModel(sensors: sensors).dipoleMatrix(at: -up)
    }
    expect("no sensors") { _ = try MagneticSensors(positions: []) }
    expect("2 normals for 1 sensors") {
      _ = try MagneticSensors(positions: [up], normals: [up, up])
    }
    expect("must have a direction") {
      _ = try MagneticSensors(positions: [up], normals: [.zero])
    }
  }

  @Test func errorsOfSignals() throws {
    let up = SIMD3<Double>(0, 0, 90_000)
    let moment = CurrentDipoleMoment()
    let eeg = try LayeredSphereModel(electrodes: [up])
    let meg = InfiniteMediumMagneticModel(sensors: try MagneticSensors(positions: [up]))
    #expect(throws: ForwardModelError.self) {
      try DipoleSignal(moment: moment, model: eeg, location: .zero, outputUnit: .tesla)
    }
    #expect(throws: ForwardModelError.self) {
      try DipoleSignal(moment: moment, model: meg, location: .zero, outputUnit: .microvolt)
    }
    #expect(throws: ForwardModelError.self) {
      try DipoleSignal(moment: moment, model: eeg, location: .zero, axis: .zero)
    }
    let potential = try PointSourcePotential(contacts: [up, up, up])
    #expect(throws: ForwardModelError.self) {
      try DipoleSignal(moment: potential, model: eeg, location: .zero)
    }
    let field = Matrix(rows: 4, columns: 3)
    let model = try NewYorkHeadModel(leadField: field, vertex: .zero, normal: up)
    #expect(throws: ForwardModelError.self) {
      try DipoleSignal(moment: moment, model: model, location: up)
    }
    #expect(throws: ForwardModelError.self) {
      try NewYorkHeadModel(leadField: field.transposed, vertex: .zero, normal: up)
    }
    #expect(throws: ForwardModelError.self) {
      try NewYorkHeadModel(leadField: field, vertex: .zero, normal: .zero)
    }
    #expect(throws: ForwardModelError.self) {
      try NewYorkHeadModel(leadField: field, vertex: .zero, normal: up, electrodes: [up])
    }
  }
}
