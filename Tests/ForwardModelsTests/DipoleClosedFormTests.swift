import CellMorphology
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Dipole models against closed forms")
struct DipoleClosedFormTests {
  /// A dipole in one sphere of radius R with an insulator outside: the series has a sum. With b, s the
  /// dipole's and the electrode's depth over R, t = b s and w = sqrt(1 - 2 x t + t^2),
  ///
  ///     sum (n + 1) t^n P_n = t (x - t) / w^3 + 1 / w - 1
  ///     sum (n + 1) / n t^n P_n' = t / w^3 + (t + t / w) / (1 - t x + w)
  static func homogeneousSphere(
    _ electrode: SIMD3<Double>, _ dipole: SIMD3<Double>, radius: Double, sigma: Double
  ) -> SIMD3<Double> {
    let (z, u) = (dipole / norm(dipole), electrode / norm(electrode))
    let b = norm(dipole) / radius
    let t = b * norm(electrode) / radius
    let h = 0.5 * dot(u - z, u - z)
    let x = 1 - h
    let w = ((1 - t) * (1 - t) + 2 * t * h).squareRoot()
    let radial = t * (x - t) / (w * w * w) + 1 / w - 1
    let tangential = t / (w * w * w) + (t + t / w) / (1 - t * x + w)
    let image = (radial * z + tangential * (u - x * z)) / (b * radius * radius)
    return (inverseSquare(electrode - dipole) + image) / (4 * .pi * sigma)
  }

  /// The radii between do not matter where all conductivities are equal.
  @Test func equalConductivities() throws {
    var dice = Dice(1)
    for _ in 0..<300 {
      let sigma = dice.number(0.01...3)
      let radii = [70.0, 80, 85, 90].map { $0 * 1000 + dice.number(0...4000) }
      let electrodes = (0..<3).map { _ in dice.place(1000...90_000) }
      let dipole = dice.place(10...69_900)
      let model = try LayeredSphereModel(
        electrodes: electrodes, radii: radii, sigmas: Array(repeating: sigma, count: 4))
      let matrix = try model.dipoleMatrix(at: dipole)
      for (i, electrode) in electrodes.enumerated() {
        let expected = Self.homogeneousSphere(
          electrode, dipole, radius: radii[3], sigma: sigma)
        #expect(norm(row(matrix, i) - expected) < 2e-12 * norm(expected))
      }
    }
  }

  @Test func spheresWithoutEnd() throws {
    var dice = Dice(2)
    for _ in 0..<200 {
      let contacts = (0..<2).map { _ in dice.place(100...5000) }
      let dipole = dice.place(100...900)
      let radii = [1000, 2e9, 3e9, 4e9]
      let spheres = try LayeredSphereModel(
        electrodes: contacts, radii: radii, sigmas: [0.3, 0.3, 0.3, 0.3])
      let medium = try InfiniteMediumModel(contacts: contacts)
      let ours = try spheres.dipoleMatrix(at: dipole)
      let expected = try medium.dipoleMatrix(at: dipole)
      #expect((ours - expected).maximumMagnitude < 1e-11 * expected.maximumMagnitude)
    }
  }

  /// Opposite to the dipole the reference takes the pole at the wrong side, where rounding makes the
  /// cosine smaller than -1.
  @Test func antipodes() throws {
    var dice = Dice(3)
    for _ in 0..<400 {
      let direction = dice.direction()
      let dipole = dice.number(1000...78_000) * direction
      let electrode = -90_000 * direction
      let model = try LayeredSphereModel(
        electrodes: [electrode], radii: [79_000, 90_000], sigmas: [0.3, 0.3])
      let ours = row(try model.dipoleMatrix(at: dipole), 0)
      let b = norm(dipole) / 90_000
      // Of the closed form above, with x = -1 and s = 1.
      let image = (-b / (1 + b) / (1 + b) + 1 / (1 + b) - 1) / b / 8.1e9
      let own = -1 / (norm(electrode - dipole) * norm(electrode - dipole))
      let expected = ((image + own) / (4 * .pi * 0.3)) * direction
      #expect(norm(ours - expected) < 1e-12 * norm(expected))
      #expect(dot(ours, direction) < 0)
    }
  }

  /// A dipole at the centre: V = 3 p · r / (4 pi sigma R^2 |r|) at the surface of one sphere.
  @Test func centre() throws {
    var dice = Dice(4)
    let electrodes = (0..<20).map { _ in 90_000 * dice.direction() }
    let model = try LayeredSphereModel(electrodes: electrodes, radii: [90_000], sigmas: [0.3])
    let matrix = try model.dipoleMatrix(at: .zero)
    let almost = try model.dipoleMatrix(at: SIMD3(1e-9, -1e-9, 0))
    for (i, electrode) in electrodes.enumerated() {
      let expected = 3 * electrode / (90_000 * 4 * .pi * 0.3 * 8.1e9)
      #expect(norm(row(matrix, i) - expected) < 1e-14 * norm(expected))
      #expect(norm(row(almost, i) - expected) < 1e-12 * norm(expected))
    }
  }

  /// At 10 um below the surface of the brain the series has a hundred thousand terms and more.
  @Test func dipoleAtTheSurface() throws {
    let electrodes: [SIMD3<Double>] = [
      SIMD3(0, 0, 79_000), SIMD3(30, 0, 78_999.9), SIMD3(0, 60_000, 51_000),
    ]
    let model = try LayeredSphereModel(electrodes: electrodes, radii: [79_000], sigmas: [0.3])
    let shallow = SIMD3(0, 0, 78_990.0)
    let deeper = SIMD3(0, 3.0, 78_900)
    #expect(throws: ForwardModelError.self) {
      try LayeredSphereModel(electrodes: electrodes).dipoleMatrix(at: SIMD3(0, 0, 78_999.99))
    }
    for (dipole, tolerance) in [(shallow, 1e-10), (deeper, 1e-12)] {
      let matrix = try model.dipoleMatrix(at: dipole)
      for (i, electrode) in electrodes.enumerated() where norm(electrode) <= 79_000 {
        let expected = Self.homogeneousSphere(electrode, dipole, radius: 79_000, sigma: 0.3)
        #expect(norm(row(matrix, i) - expected) < tolerance * norm(expected))
      }
    }
  }

  /// At a distance of 1 m, 1 nA um causes 1e-15 / (4 pi) A/m and mu0 times that in T.
  @Test func unitsOfMagneticFields() throws {
    let sensors = try MagneticSensors(positions: [SIMD3(1e6, 0, 0)])
    let model = InfiniteMediumMagneticModel(sensors: sensors)
    let compartment = Compartments.pair
    func signal(_ unit: DipoleSignalUnit?) throws -> Double {
      let signal = try DipoleSignal(
        moment: CurrentDipoleMoment(), model: model, location: .zero, outputUnit: unit)
      // A current of -1 nA at z = 0 and of 1 nA at z = 1 um.
      let matrix = try signal.transformationMatrix(for: compartment)
      return matrix[1, 1] - matrix[1, 0]
    }
    let h = 1e-15 / (4 * Double.pi)
    #expect(abs(try signal(nil) / (h * 1e3) - 1) < 1e-14)
    #expect(abs(try signal(.tesla) / (4e-7 * .pi * h) - 1) < 1e-14)
    #expect(abs(try signal(.femtotesla) / (4e8 * .pi * h) - 1) < 1e-14)
  }

  /// 1 nA um at 1 mm in 0.3 S/m: 1e-15 A m / (4 pi 0.3 1e-6 m2) V.
  @Test func unitsOfPotentials() throws {
    let model = try InfiniteMediumModel(contacts: [SIMD3(0, 0, 1000)])
    for (unit, perVolt) in [(DipoleSignalUnit.millivolt, 1e3), (.microvolt, 1e6)] {
      let signal = try DipoleSignal(
        moment: CurrentDipoleMoment(), model: model, location: .zero, outputUnit: unit)
      let matrix = try signal.transformationMatrix(for: .pair)
      let expected = perVolt * 1e-9 / (4 * Double.pi * 0.3)
      #expect(abs((matrix[0, 1] - matrix[0, 0]) / expected - 1) < 1e-14)
      #expect(signal.unit == unit.rawValue)
    }
  }
}

extension Compartments {
  /// Two compartments with midpoints at (0, 0, 0) and (0, 0, 1) um.
  static var pair: Compartments {
    Compartments(
      startX: [0, 0], startY: [0, 0], startZ: [-1, 0], endX: [0, 0], endY: [0, 0], endZ: [1, 2],
      diameter: [1, 1], area: [6, 6], length: [2, 2], section: [0, 0], sectionNames: ["soma"])
  }
}
