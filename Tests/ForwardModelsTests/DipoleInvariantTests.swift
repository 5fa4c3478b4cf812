import CellMorphology
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Invariants of dipole models")
struct DipoleInvariantTests {
  /// A head with random radii and conductivities.
  static func head(
    _ dice: inout Dice, electrodes: [SIMD3<Double>]
  ) throws -> LayeredSphereModel {
    let radii = [76_000.0, 79_000, 84_000, 90_000].map { $0 + dice.number(0...2000) }
    let sigmas = [dice.number(0.1...1), dice.number(1...2), dice.number(0.001...0.1), 0.3]
    return try LayeredSphereModel(electrodes: electrodes, radii: radii, sigmas: sigmas)
  }

  /// Turning dipole, place and sensors together turns the signal with them.
  @Test func rotations() throws {
    var dice = Dice(11)
    for _ in 0..<200 {
      let electrodes = (0..<3).map { _ in dice.place(60_000...90_000) }
      let location = dice.place(1000...59_000)
      let turn = try dice.rotation()
      let model = try Self.head(&dice, electrodes: electrodes)
      let turned = try LayeredSphereModel(
        electrodes: electrodes.map { turn($0) }, radii: model.radii, sigmas: model.sigmas)
      let (a, b) = (
        try model.dipoleMatrix(at: location), try turned.dipoleMatrix(at: turn(location))
      )
      for i in 0..<3 { #expect(norm(turn(row(a, i)) - row(b, i)) < 1e-12 * norm(row(a, i))) }
    }
  }

  @Test func rotationsOfMagneticFields() throws {
    var dice = Dice(12)
    for _ in 0..<300 {
      let (sensor, location) = (dice.place(92_000...120_000), dice.place(0...80_000))
      let (turn, p) = (try dice.rotation(), dice.direction())
      let here = SphericalConductorMagneticModel(sensors: try MagneticSensors(positions: [sensor]))
      let there = SphericalConductorMagneticModel(
        sensors: try MagneticSensors(positions: [turn(sensor)]))
      let field = Self.apply(try here.dipoleMatrix(at: location), p)
      let turned = Self.apply(try there.dipoleMatrix(at: turn(location)), turn(p))
      #expect(norm(turn(field) - turned) < 1e-11 * max(norm(field), 1e-14))
    }
  }

  static func apply(_ matrix: Matrix, _ p: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(dot(row(matrix, 0), p), dot(row(matrix, 1), p), dot(row(matrix, 2), p))
  }

  /// The signal of a moment along any direction is that of its components.
  @Test func linearity() throws {
    var dice = Dice(13)
    let compartments = Compartments.pair
    for _ in 0..<200 {
      let model = try Self.head(&dice, electrodes: [dice.place(60_000...90_000)])
      let location = dice.place(1000...70_000)
      let axis = dice.direction()
      let signal = try DipoleSignal(
        moment: CurrentDipoleMoment(), model: model, location: location, axis: axis)
      let matrix = try signal.transformationMatrix(for: compartments)
      let whole = row(try model.dipoleMatrix(at: location), 0)
      #expect(abs(matrix[0, 1] - matrix[0, 0] - dot(whole, axis)) < 1e-15 * norm(whole) * 10)
    }
  }

  /// The potential along one dipole that another one causes is the same the other way round: with G
  /// the potential of a current source, p_a · grad_a (p_b · grad_b G) is symmetric.
  @Test func reciprocity() throws {
    var dice = Dice(14)
    for _ in 0..<100 {
      let (a, b) = (dice.place(30_000...60_000), dice.place(30_000...60_000))
      if norm(a - b) < 20_000 { continue }
      let (p, q) = (dice.direction(), dice.direction())
      let step = 20.0
      let model = try Self.head(&dice, electrodes: [a + step * p, a - step * p])
      let other = try LayeredSphereModel(
        electrodes: [b + step * q, b - step * q], radii: model.radii, sigmas: model.sigmas)
      let (m, n) = (try model.dipoleMatrix(at: b), try other.dipoleMatrix(at: a))
      let there = dot(row(m, 0) - row(m, 1), q) / (2 * step)
      let back = dot(row(n, 0) - row(n, 1), p) / (2 * step)
      #expect(abs(there - back) < 1e-5 * norm(row(m, 0)) / norm(a - b))
    }
  }

  /// A radial dipole is silent outside a spherical conductor.
  @Test func radialDipolesAreSilent() throws {
    var dice = Dice(15)
    for _ in 0..<300 {
      let sensors = try MagneticSensors(positions: (0..<3).map { _ in dice.place(85_000...99_000) })
      let location = dice.place(100...80_000)
      let model = SphericalConductorMagneticModel(sensors: sensors)
      let matrix = try model.dipoleMatrix(at: location)
      let largest = matrix.maximumMagnitude
      for output in 0..<9 {
        #expect(abs(dot(row(matrix, output), location / norm(location))) < 1e-14 * largest)
      }
      let centre = try model.dipoleMatrix(at: .zero)
      #expect(centre.maximumMagnitude == 0)
    }
  }

  /// The radial field outside a spherical conductor is that of the dipole alone: the currents in the
  /// volume add nothing to it.
  @Test func radialFieldIsThatOfTheDipole() throws {
    var dice = Dice(16)
    for _ in 0..<300 {
      let places = (0..<3).map { _ in dice.place(85_000...99_000) }
      let sensors = try MagneticSensors(positions: places, normals: places)
      let location = dice.place(100...80_000)
      let sphere = try SphericalConductorMagneticModel(sensors: sensors).dipoleMatrix(at: location)
      let alone = try InfiniteMediumMagneticModel(sensors: sensors).dipoleMatrix(at: location)
      #expect((sphere - alone).maximumMagnitude < 1e-12 * alone.maximumMagnitude)
    }
  }

  /// Outside, the field has no divergence and no curl.
  @Test func fieldOutsideIsAPotentials() throws {
    var dice = Dice(17)
    for _ in 0..<100 {
      let (r, location) = (dice.place(90_000...99_000), dice.place(1000...70_000))
      let (p, step) = (dice.direction(), 10.0)
      let axes = [SIMD3<Double>(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
      let places = axes.flatMap { [r + step * $0, r - step * $0] }
      let model = SphericalConductorMagneticModel(sensors: try MagneticSensors(positions: places))
      let m = try model.dipoleMatrix(at: location)
      func field(_ sensor: Int) -> SIMD3<Double> {
        SIMD3(
          dot(row(m, 3 * sensor), p), dot(row(m, 3 * sensor + 1), p), dot(row(m, 3 * sensor + 2), p)
        )
      }
      let slopes = (0..<3).map { (field(2 * $0) - field(2 * $0 + 1)) / (2 * step) }
      let size = max(slopes.map { norm($0) }.max() ?? 0, 1e-25)
      #expect(abs(slopes[0].x + slopes[1].y + slopes[2].z) < 1e-5 * size)
      #expect(abs(slopes[0].y - slopes[1].x) < 1e-5 * size)
      #expect(abs(slopes[1].z - slopes[2].y) < 1e-5 * size)
      #expect(abs(slopes[2].x - slopes[0].z) < 1e-5 * size)
    }
  }

  /// A pair of point currents, far away.
  @Test func farField() throws {
    var dice = Dice(18)
    for _ in 0..<200 {
      let contact = dice.place(5000...9000)
      let shift = dice.place(0...100)
      let points = try PointSourcePotential(contacts: [contact]).transformationMatrix(
        for: Compartments.pair)
      let model = try InfiniteMediumModel(contacts: [contact])
      let moment = try DipoleSignal(
        moment: CurrentDipoleMoment(), model: model, location: SIMD3(0, 0, 0.5))
      let dipole = try moment.transformationMatrix(for: Compartments.pair)
      let (a, b) = (points[0, 1] - points[0, 0], dipole[0, 1] - dipole[0, 0])
      let size = 1 / (4 * Double.pi * 0.3 * 25e6)
      #expect(abs(a - b) < 1e-7 * size)
      // It falls as 1 / r^2.
      let far = row(try model.dipoleMatrix(at: shift), 0)
      let farther = row(
        try InfiniteMediumModel(contacts: [2 * contact]).dipoleMatrix(at: 2 * shift), 0)
      #expect(norm(far - 4 * farther) < 1e-14 * norm(far))
    }
  }

  /// A radial dipole's potential is the same all around; a tangential one's changes sign.
  @Test func radialAndTangentialParts() throws {
    var dice = Dice(19)
    for _ in 0..<200 {
      let up = SIMD3<Double>(0, 0, 1)
      let depth = dice.number(1000...75_000)
      let (angle, turn) = (dice.number(0.1...3), dice.number(0...6.28))
      let spot = RotationMatrix(Rotation(y: angle))(up)
      let around = RotationMatrix(Rotation(z: turn))
      let opposite = RotationMatrix(Rotation(z: .pi))
      let places = [spot, around(spot), opposite(spot), up, -up]
      let model = try Self.head(&dice, electrodes: places.map { 89_000 * $0 })
      let m: Matrix = try model.dipoleMatrix(at: depth * up)
      let size = norm(row(m, 0))
      #expect(abs(m[0, 2] - m[1, 2]) < 1e-12 * size)
      #expect(abs(m[0, 1]) < 1e-12 * size)
      #expect(abs(m[0, 0] + m[2, 0]) < 1e-12 * size)
      #expect(norm(around(row(m, 0)) - row(m, 1)) < 1e-12 * size)
      // On the axis a tangential dipole is not seen.
      for i in 3..<5 { #expect(m[i, 0] == 0 && m[i, 1] == 0) }
    }
  }

  /// Potentials are the same on both sides of a sphere.
  @Test func continuity() throws {
    var dice = Dice(20)
    for _ in 0..<100 {
      let direction = dice.direction()
      let radii = [79_000.0, 80_000, 85_000, 90_000]
      let electrodes = radii.dropLast().flatMap { r in
        [r * (1 - 1e-9), r * (1 + 1e-9)].map { $0 * direction }
      }
      let model = try LayeredSphereModel(electrodes: electrodes, radii: radii)
      let m = try model.dipoleMatrix(at: dice.place(1000...75_000))
      for i in [0, 2, 4] { #expect(norm(row(m, i) - row(m, i + 1)) < 1e-6 * norm(row(m, i))) }
    }
  }

  /// A layer of equal conductivity, or without thickness, is not seen.
  @Test func layersThatAreNone() throws {
    var dice = Dice(21)
    for _ in 0..<100 {
      let electrodes = (0..<3).map { _ in dice.place(1000...90_000) }
      let location = dice.place(100...78_000)
      let three = try LayeredSphereModel(
        electrodes: electrodes, radii: [79_000, 85_000, 90_000], sigmas: [0.3, 0.01, 0.4])
      let expected = try three.dipoleMatrix(at: location)
      let between = dice.number(79_100...84_900)
      for (radii, sigmas) in [
        ([79_000, between, 85_000, 90_000], [0.3, 0.01, 0.01, 0.4]),
        ([79_000, 79_000, 85_000, 90_000], [0.3, 7, 0.01, 0.4]),
        ([79_000, 85_000, 85_000, 90_000], [0.3, 0.01, 7, 0.4]),
        ([79_000, 85_000, 90_000, 90_000], [0.3, 0.01, 0.4, 7]),
      ] {
        let model = try LayeredSphereModel(electrodes: electrodes, radii: radii, sigmas: sigmas)
        let m = try model.dipoleMatrix(at: location)
        for i in 0..<3 {
          #expect(norm(row(m, i) - row(expected, i)) < 1e-11 * norm(row(expected, i)))
        }
      }
    }
  }
}
