import CellMorphology
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite struct GaussCylinderTests {
  @Test func surveyedValues() throws {
    let model = try GaussCylinderPotential(
      z: [0, 100, 1000, -200], sigma: 0.3, radius: 150, scale: 75)
    let matrix = try model.transformationMatrix(for: Compartments(depths: [0, 500, 1015]))
    let largest = 0.0025123959996563699
    for (j, i, expected) in [
      (0, 0, largest), (1, 0, 0.0020029981208197801), (2, 0, 0.0002652496038672601),
      (3, 1, 0.00037888739685718581), (2, 2, 0.0024981295819932216),
    ] {
      #expect(abs(matrix[j, i] - expected) < 1e-12 * largest, "\(matrix[j, i]) \(expected)")
    }
  }

  /// One entry at a time, by quadrature.
  @Test func smallMatrices() throws {
    var worst = 0.0
    for reference in try Reference.cylinders() {
      let profile = GaussianDiscProfile(radius: reference.radius, scale: reference.scale)
      let largest = reference.value[0]
      for (z, expected) in zip(reference.distance, reference.value) {
        let error = abs(profile.value(z) - expected) / largest
        worst = largestOrNaN(worst, error)
        #expect(error < 1e-12, "R \(reference.radius), s \(reference.scale), z \(z): \(error)")
        #expect(profile.value(-z) == profile.value(z))
      }
    }
    #expect(worst < 1e-13, "quadrature has a decimal to spare: \(worst)")
  }

  /// Among many entries, which are interpolated where that pays.
  @Test func largeMatrices() throws {
    var worst = 0.0
    for reference in try Reference.cylinders() {
      let profile = GaussianDiscProfile(radius: reference.radius, scale: reference.scale)
      for farthest in reference.distance where farthest > 0 {
        let count = 700
        var entries = (0..<count).map { farthest * Double($0) / Double(count) }
        let known = reference.distance.indices.filter { reference.distance[$0] <= farthest }
        entries += known.map { reference.distance[$0] } + known.map { -reference.distance[$0] }
        entries.withUnsafeMutableBufferPointer { profile.evaluate($0, factor: 2) }
        for (k, index) in (known + known).enumerated() {
          let expected = 2 * reference.value[index]
          let error = abs(entries[count + k] - expected) / (2 * reference.value[0])
          worst = largestOrNaN(worst, error)
          #expect(
            error < 1e-12,
            "R \(reference.radius), s \(reference.scale), z \(index) of \(farthest): \(error)")
        }
      }
    }
    #expect(worst < 5e-13, "series: \(worst)")
  }

  /// The README's matrices and beyond: the series against quadrature at every entry.
  @Test(arguments: [(150.0, 75.0), (1000, 1), (10, 300), (0.5, 1000), (1, 2)])
  func interpolationOnGrids(radius: Double, scale: Double) throws {
    let profile = GaussianDiscProfile(radius: radius, scale: scale)
    for farthest in [1e-3, 1, 50, 500, 3000, 20000] {
      let distances = (0..<1000).map { farthest * (2 * Double($0) / 999 - 1) }
      var entries = distances
      entries.withUnsafeMutableBufferPointer { profile.evaluate($0, factor: 1) }
      let worst = zip(entries, distances).reduce(0) {
        largestOrNaN($0, abs($1.0 - profile.value($1.1)))
      }
      #expect(worst < 1e-12 * profile.value(0), "\(farthest): \(worst / profile.value(0))")
    }
  }

  @Test func seriesAreTakenWhereTheyPay() {
    let profile = GaussianDiscProfile(radius: 150, scale: 75)
    #expect(profile.worthwhileTerms(farthest: 1200, count: 13 * 440) != nil)
    #expect(profile.worthwhileTerms(farthest: 1200, count: 13) == nil)
    #expect(profile.worthwhileTerms(farthest: 1e9, count: 100_000) == nil)
    #expect(profile.worthwhileTerms(farthest: .nan, count: 100_000) == nil)
    #expect(profile.worthwhileTerms(farthest: 0, count: 100_000) == nil)
    let disc = GaussianDiscProfile(radius: 150, scale: 0)
    #expect(disc.worthwhileTerms(farthest: 1200, count: 100_000) == nil)
    #expect(profile.value(.nan).isNaN)
    #expect(GaussianDiscProfile(radius: 1, scale: 75).value(.nan).isNaN)
  }

  @Test func smallDiscsArePointSources() throws {
    let model = try GaussCylinderPotential(z: [1000, -1000], radius: 0.1, scale: 0.1)
    let matrix = try model.transformationMatrix(for: Compartments(depths: [0]))
    for value in matrix.storage {
      // They differ by (R^2 + s^2) / z^2 = 2e-8 or less.
      #expect(relativeError(value, 1 / (4 * .pi * 0.3 * 1000)) < 1e-7)
    }
  }

  @Test func withoutSpread() throws {
    // (sqrt(z^2 + R^2) - |z|) / (2 pi sigma R^2): the potential on the axis of a disc.
    let (z, radius) = ([0, 1, -30, 150, 400, -1e5], 150.0)
    let model = try GaussCylinderPotential(z: z, sigma: 0.4, radius: radius, scale: 0)
    let matrix = try model.transformationMatrix(for: Compartments(depths: [0]))
    for (j, a) in z.enumerated() {
      let expected = 1 / (2 * .pi * 0.4 * ((a * a + radius * radius).squareRoot() + abs(a)))
      #expect(relativeError(matrix[j, 0], expected) < 1e-15)
    }
    // Spread that tends to 0 tends to it: by s^2 / (2 R^2) and the kink's s / R.
    for scale in [1e-3, 1e-8, 1e-100, 1e-200, 1e-300] {
      for count in [1, 500] {
        let narrow = try GaussCylinderPotential(z: z, sigma: 0.4, radius: radius, scale: scale)
        let depths = [Double](repeating: 0, count: count)
        let close = try narrow.transformationMatrix(for: Compartments(depths: depths))
        for j in z.indices {
          let limit = (scale / radius + 1e-13) * matrix[0, 0]
          #expect(abs(close[j, count - 1] - matrix[j, 0]) < limit, "\(scale), \(z[j])")
        }
      }
    }
  }

  @Test func fallsWithDistance() {
    for (radius, scale) in [(150.0, 75.0), (1, 0), (0.1, 100), (1000, 10), (50, 100)] {
      let profile = GaussianDiscProfile(radius: radius, scale: scale)
      var last = profile.value(0)
      for k in 1...400 {
        let value = profile.value(Double(k) * 0.05 * (radius + scale))
        // Up to the accuracy of 1e-13 of F(0).
        #expect(value < last + 1e-13 * profile.value(0) && value > 0, "\(radius), \(scale), \(k)")
        last = value
      }
    }
  }

  @Test func onlyDistanceInDepthMatters() throws {
    var random = Random(seed: 8)
    let cell = random.pieces(50)
    let model = try GaussCylinderPotential(z: [-40, 10, 300], radius: 100, scale: 50)
    let matrix = try model.transformationMatrix(for: cell)
    let moved = try GaussCylinderPotential(
      z: [-40 + 512, 10 + 512, 300 + 512], radius: 100, scale: 50
    )
    .transformationMatrix(for: cell.placed(at: cell.somaPosition + SIMD3(77, -33, 512)))
    // Depths of 900 um round to 1e-13 um.
    #expect((matrix - moved).maximumMagnitude < 1e-13 * matrix.maximumMagnitude)
    #expect(model.unit == "mV" && model.outputNames.isEmpty)
    #expect(model.positions == [SIMD3(0, 0, -40), SIMD3(0, 0, 10), SIMD3(0, 0, 300)])
  }

  @Test func extremesDoNotStop() throws {
    for (z, radius, scale) in [
      (1e300, 1.0, 1.0), (1e18, 0.1, 1e-3), (1e-300, 1, 1), (5, 1e-3, 1e6), (0, 1, 1e100),
      (1e16, 0.1, 1), (-1e17, 1, 1.5),
    ] {
      let model = try GaussCylinderPotential(z: [z], radius: radius, scale: scale)
      let matrix = try model.transformationMatrix(
        for: Compartments(depths: (0..<100).map { Double($0) }))
      #expect(matrix.storage.allSatisfy { $0 >= 0 && $0.isFinite })
    }
  }

  @Test func wrongParameters() {
    func expect(
      _ parameter: String, _ text: String, z: [Double] = [0], sigma: Double = 0.3,
      radius: Double = 150, scale: Double = 75
    ) {
      #expect(throws: ForwardModelError(parameter: parameter, text)) {
        try GaussCylinderPotential(z: z, sigma: sigma, radius: radius, scale: scale)
      }
    }
    expect("contacts", "there are no contacts; give at least one", z: [])
    expect("contacts", "contact 3 has a coordinate that is not finite", z: [0, 1, .nan])
    for value in [0, -1, Double.infinity, .nan] {
      expect("sigma", "sigma is \(value) S/m; it must be positive and finite", sigma: value)
      expect("radius", "radius is \(value) um; it must be positive and finite", radius: value)
    }
    for value in [-1, -Double.infinity, .infinity, .nan] {
      expect("scale", "scale is \(value) um; it must be finite and not negative", scale: value)
    }
  }
}

@Suite struct PopulationDipoleTests {
  @Test func onlyDepthsRemain() throws {
    var random = Random(seed: 9)
    let cell = random.pieces(25)
    let model = PopulationDipoleMoment()
    let matrix = model.transformationMatrix(for: cell)
    #expect(matrix.rows == 3 && matrix.columns == 25)
    for i in 0..<25 {
      #expect(matrix[0, i] == 0 && matrix[1, i] == 0)
      #expect(matrix[2, i] == (cell.startZ[i] + cell.endZ[i]) / 2)
    }
    #expect(model.unit == "nA um" && model.outputNames == ["Px", "Py", "Pz"])
    #expect(model.positions.isEmpty)
  }
}
