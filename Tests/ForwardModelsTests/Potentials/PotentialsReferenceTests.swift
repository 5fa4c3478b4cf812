import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

/// Against the reference: within 1e-12 of the largest entry.
@Suite struct PotentialsReferenceTests {
  private func expectSame(
    _ model: some ForwardModel, _ cell: Compartments, _ expected: Matrix,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let matrix = try model.transformationMatrix(for: cell)
    #expect(relativeDifference(matrix, expected) < 1e-12, sourceLocation: location)
  }

  @Test func infiniteMedium() throws {
    let fixture = try PotentialsFixture.load()
    for (reference, sigma) in [
      (fixture.golden, Conductivity(x: 0.3, y: 0.3, z: 0.45)),
      (fixture.survey, Conductivity(x: 0.6, y: 0.3, z: 0.45)),
    ] {
      let (cell, contacts) = (reference.compartments(), reference.points)
      try expectSame(PointSourcePotential(contacts: contacts), cell, reference.matrix("point"))
      try expectSame(LineSourcePotential(contacts: contacts), cell, reference.matrix("line"))
      try expectSame(
        SomaAsPointPotential(contacts: contacts), cell, reference.matrix("rec_root_as_point_iso"))
      try expectSame(
        PointSourcePotential(contacts: contacts, conductivity: sigma), cell,
        reference.matrix("rec_pointsource_aniso"))
      try expectSame(
        LineSourcePotential(contacts: contacts, conductivity: sigma), cell,
        reference.matrix("rec_linesource_aniso"))
      try expectSame(
        SomaAsPointPotential(contacts: contacts, conductivity: sigma), cell,
        reference.matrix("rec_root_as_point_aniso"))
    }
  }

  @Test func dipoleMoments() throws {
    let fixture = try PotentialsFixture.load()
    for reference in [fixture.golden, fixture.survey] {
      try expectSame(
        CurrentDipoleMoment(), reference.compartments(), reference.matrix("dipole"))
    }
  }

  @Test func slices() throws {
    let fixture = try PotentialsFixture.load()
    let golden = fixture.golden
    let contacts = golden.points.map { SIMD3($0.x, $0.y, -300) }
    let slice = try TissueSlice(bottom: -300, thickness: 600)
    for (name, source) in [
      ("mea_pointsource", CurrentSource.points), ("mea_linesource", .lines),
      ("mea_root_as_point", .linesAndPoints([0])),
    ] {
      let model = try SlicePotential(contacts: contacts, slice: slice, source: source)
      var expected = try golden.matrix(name)
      if source != .points {
        // The vertical compartment: above a contact, the reference takes a logarithm of another sign;
        // elsewhere it loses digits to cancellation, up to 5e-12.
        let cell = golden.compartments()
        let matrix = try model.transformationMatrix(for: cell)
        for (j, contact) in contacts.enumerated() {
          if j != 1 {
            #expect(abs(matrix[j, 1] - expected[j, 1]) < 1e-11 * matrix.maximumMagnitude)
          }
          expected[j, 1] = PotentialsReferenceTests.imageSum(
            cell, 1, at: contact, slice, pairs: true)
        }
      }
      try expectSame(model, golden.compartments(), expected)
    }
    let survey = fixture.survey
    let cell = survey.compartments(shiftedBy: 50)
    let ground = survey.points.map { SIMD3($0.x, $0.y, 0) }
    try expectSame(
      SlicePotential(
        contacts: survey.points.map { SIMD3($0.x, $0.y, abs($0.z)) },
        slice: TissueSlice(below: 0.05), source: .points), cell, survey.matrix("mea_pointsource"))
    try expectSame(
      SlicePotential(contacts: ground, slice: TissueSlice()), cell,
      survey.matrix("mea_linesource"))
    try expectSame(
      SlicePotential(contacts: ground, slice: TissueSlice(), source: .linesAndPoints([0])), cell,
      survey.matrix("mea_root_as_point"))
  }

  /// The images one by one, each as an integral by Gauss points.
  static func imageSum(
    _ cell: Compartments, _ i: Int, at contact: SIMD3<Double>, _ slice: TissueSlice, pairs: Bool
  ) -> Double {
    let rule = GaussLegendre(24)
    let (s, g, h) = (slice.weightAbove, slice.weightBelow, slice.thickness)
    let z = contact.z - slice.bottom
    func mean(_ height: Double) -> Double {
      zip(rule.nodes, rule.weights).reduce(0) { sum, node in
        let p = cell.midpoint(i) + 0.5 * node.0 * (cell.end(i) - cell.start(i))
        let d = p - SIMD3(contact.x, contact.y, slice.bottom + height)
        return sum + 0.5 * node.1 / (d * d).sum().squareRoot()
      }
    }
    var sum = mean(z) + s * mean(2 * h - z) + g * mean(-z)
    for k in 1..<slice.steps {
      let (n, w) = (Double(k), pow(s * g, Double(k)))
      if !pairs || k < slice.steps - 1 { sum += w * s * mean(2 * (n + 1) * h - z) }
      sum += w * (g * mean(-z - 2 * n * h) + mean(z + 2 * n * h) + mean(z - 2 * n * h))
    }
    return sum / (4 * Double.pi * slice.tissue)
  }

  /// Contacts anywhere in the tissue, any media, wide and narrow cells: against images one by one.
  @Test func slicesAgainstSums() throws {
    var random = SplitMix(state: 11)
    for round in 0..<12 {
      let half = [40.0, 200, 900][round % 3]
      let slice = try TissueSlice(
        bottom: -random.number(40, 60), thickness: 200, tissue: 0.3, above: random.number(0, 2),
        below: random.number(0, 1), steps: [1, 2, 20][round / 4])
      let lines = (0..<(round % 3 == 1 ? 70 : 20)).map { _ in
        let start = SIMD3(
          random.number(-half, half), random.number(-half, half), random.number(0, 100))
        return (start, start + random.point(-20, 20))
      }
      let cell = makeCompartments(lines, lines.map { _ in 0.01 })
      let contacts = (0..<2).map { _ in
        SIMD3(random.number(-50, 50), random.number(-50, 50), random.number(121, 138))
      }
      let matrix = try SlicePotential(contacts: contacts, slice: slice)
        .transformationMatrix(for: cell)
      let starts = cell.mapped { $0 }.midpoints
      let points = try SlicePotential(contacts: contacts, slice: slice, source: .points)
        .transformationMatrix(for: makeCompartments(starts.map { ($0, $0) }, cell.diameter))
      for (j, contact) in contacts.enumerated() {
        for i in 0..<cell.count {
          let near = cell.start(i).z > 95
          let sum = PotentialsReferenceTests.imageSum(
            cell, i, at: contact, slice, pairs: slice.steps > 1)
          if !near { #expect(abs(matrix[j, i] - sum) < 1e-12 * matrix.maximumMagnitude) }
          let middle = makeCompartments([(starts[i], starts[i])], [0.01])
          let point = PotentialsReferenceTests.imageSum(middle, 0, at: contact, slice, pairs: false)
          #expect(abs(points[j, i] - point) < 1e-12 * points.maximumMagnitude)
        }
      }
    }
  }

  @Test func squeezeChangesNothingOutsideItself() throws {
    let survey = try PotentialsFixture.load().survey
    let cell = survey.compartments(shiftedBy: 50)
    let model = try SlicePotential(
      contacts: survey.points.map { SIMD3($0.x, $0.y, 0) }, slice: TissueSlice(thickness: 80),
      source: .points, squeeze: 0.5)
    let expected = try survey.matrix("mea_squeezed")
    for _ in 0..<3 { try expectSame(model, cell, expected) }
    #expect(cell == survey.compartments(shiftedBy: 50))
  }

  /// The reference takes the difference of polar angles: it is right where the contact is in the
  /// half-plane of the compartment and the z axis, to which each column's contacts are moved here.
  @Test func sphere() throws {
    let fixture = try PotentialsFixture.load()
    for (reference, radius, shift) in [(fixture.golden, 800.0, 400.0), (fixture.survey, 1e4, 9000)]
    {
      let cell = reference.compartments(shiftedBy: shift)
      let expected = try reference.matrix("one_sphere")
      var matrix = Matrix(rows: expected.rows, columns: expected.columns)
      for i in 0..<cell.count {
        let m = cell.midpoint(i)
        let across = (m.x * m.x + m.y * m.y).squareRoot()
        let direction = across > 0 ? SIMD2(m.x, m.y) / across : SIMD2(1, 0)
        let contacts = reference.sphere.map { c in
          let (sine, cosine) = (sinCos(c[1]).0, sinCos(c[1]).1)
          return c[0] * SIMD3(sine * direction.x, sine * direction.y, cosine)
        }
        let column = try SpherePotential(contacts: contacts, radius: radius)
          .transformationMatrix(for: cell)
        for j in 0..<matrix.rows { matrix[j, i] = column[j, i] }
      }
      #expect(relativeDifference(matrix, expected) < 1e-12)
    }
    // In one plane with the current and the axis, on the sphere and beyond it.
    let contacts = fixture.survey.sphere.map { c in
      c[0] * SIMD3(sinCos(c[1]).0, 0, sinCos(c[1]).1)
    }
    let current = makeCompartments([(SIMD3(0, 0, 8000), SIMD3(0, 0, 8000))], [1])
    try expectSame(
      SpherePotential(contacts: contacts), current, fixture.survey.matrix("one_sphere_8000"))
  }
}
