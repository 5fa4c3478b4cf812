import CellMorphology
import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite struct PointSourceTests {
  @Test func formula() throws {
    var random = Random(seed: 1)
    let cell = random.pieces(40)
    var contacts = (0..<20).map { _ in random.position() }
    // On a midpoint, and just inside and outside of a radius.
    let middle = cell.midpoint(7)
    for factor in [0, 0.3, 0.999, 1.001] {
      contacts.append(middle + SIMD3(0, 0.5 * factor * cell.diameter[7], 0))
    }
    let matrix = try PointSourcePotential(contacts: contacts, sigma: 0.4)
      .transformationMatrix(for: cell)
    for (j, contact) in contacts.enumerated() {
      for i in 0..<cell.count {
        let distance = max((contact - cell.midpoint(i)).norm, cell.diameter[i] / 2)
        // The same formula in another order: some roundings.
        #expect(relativeError(matrix[j, i], 1 / (4 * .pi * 0.4 * distance)) < 4e-15)
      }
    }
    #expect(matrix[20, 7] == matrix[22, 7] && matrix[22, 7] > matrix[23, 7])
  }
}

@Suite struct LineSourceTests {
  @Test func fortyDigitIntegrals() throws {
    let cases = try Reference.lines()
    #expect(cases.count == 400)
    var worst = 0.0
    for (index, item) in cases.enumerated() {
      let line = Compartments(
        [(start: SIMD3(row: item.start), end: SIMD3(row: item.end), diameter: 2 * item.radius)])
      let value =
        try 4 * .pi
        * LineSourcePotential(contacts: [SIMD3(row: item.contact)], sigma: 1)
        .transformationMatrix(for: line)[0, 0]
      let error = relativeError(value, item.mean)
      worst = max(worst, error)
      // Coordinates of up to 1e4 um lose 1e-12 um in their differences, next to radii of 0.01 um.
      #expect(error < 1e-12, "case \(index): \(item)")
    }
    #expect(worst < 2e-13, "\(worst)")
  }

  /// The definition, by 2000 steps of Simpson's rule.
  @Test func meanOfPointSources() throws {
    var random = Random(seed: 2)
    for _ in 0..<50 {
      let cell = random.pieces(1)
      let contact = cell.midpoint(0) + random.position(within: 60)
      let (start, step) = (cell.start(0), cell.end(0) - cell.start(0))
      let along = ((contact - start) * step).sum() / (step * step).sum()
      // Beside the segment and well outside, where the radius plays no part.
      guard (contact - start - along * step).norm > 4 else { continue }
      var sum = 0.0
      for k in 0...2000 {
        let weight = k == 0 || k == 2000 ? 1.0 : k % 2 == 1 ? 4 : 2
        sum += weight / (contact - start - Double(k) / 2000 * step).norm
      }
      let matrix = try LineSourcePotential(contacts: [contact], sigma: 0.3)
        .transformationMatrix(for: cell)
      // Simpson's error is (h / distance)^4 < 1e-10 with h < 0.02 um.
      #expect(relativeError(matrix[0, 0], sum / 6000 / (4 * .pi * 0.3)) < 1e-9)
    }
  }

  @Test func shortLinesArePoints() throws {
    var random = Random(seed: 3)
    for length in [1e-2, 1e-4, 1e-6, 1e-9, 0] {
      for _ in 0..<20 {
        let (start, contact) = (random.position(), random.position())
        let cell = Compartments(
          [(start: start, end: start + SIMD3(0.48, 0.64, -0.6) * length, diameter: 1)])
        let line = try LineSourcePotential(contacts: [contact]).transformationMatrix(for: cell)
        let point = try PointSourcePotential(contacts: [contact]).transformationMatrix(for: cell)
        let distance = (contact - start).norm
        // They differ by (L / r)^2 / 12 or less; then by rounding.
        let limit = max(length * length / (distance * distance), 1e-14)
        #expect(relativeError(line[0, 0], point[0, 0]) < limit, "\(length), \(distance)")
      }
    }
  }

  @Test func bothEndsAreAlike() throws {
    var random = Random(seed: 4)
    let cell = random.pieces(30)
    let turned = Compartments(
      (0..<30).map { (start: cell.end($0), end: cell.start($0), diameter: cell.diameter[$0]) })
    let model = try LineSourcePotential(contacts: (0..<30).map { _ in random.position() })
    let (a, b) = (model.transformationMatrix(for: cell), model.transformationMatrix(for: turned))
    for (x, y) in zip(a.storage, b.storage) { #expect(relativeError(x, y) < 1e-13) }
  }

  @Test func cutLinesAddUp() throws {
    // A line is the mean of its halves.
    var random = Random(seed: 5)
    let cell = random.pieces(20)
    let model = try LineSourcePotential(contacts: (0..<30).map { _ in random.position() })
    let halves = [0, 1].map { half in
      Compartments(
        (0..<20).map { i in
          let ends = [cell.start(i), cell.midpoint(i), cell.end(i)]
          return (start: ends[half], end: ends[half + 1], diameter: cell.diameter[i])
        })
    }
    let whole = model.transformationMatrix(for: cell)
    let parts = halves.map { model.transformationMatrix(for: $0) }
    for k in whole.storage.indices {
      let mean = 0.5 * (parts[0].storage[k] + parts[1].storage[k])
      #expect(relativeError(whole.storage[k], mean) < 1e-13)
    }
  }
}

@Suite struct SourceInvariantTests {
  private func models(_ contacts: [SIMD3<Double>], _ sigma: Double = 0.3) throws
    -> [any ForwardModel]
  {
    [
      try PointSourcePotential(contacts: contacts, sigma: sigma),
      try LineSourcePotential(contacts: contacts, sigma: sigma),
    ]
  }

  private func mapped(
    _ cell: Compartments, diameters: Double = 1, _ map: (SIMD3<Double>) -> SIMD3<Double>
  ) -> Compartments {
    Compartments(
      (0..<cell.count).map {
        (
          start: map(cell.start($0)), end: map(cell.end($0)),
          diameter: diameters * cell.diameter[$0]
        )
      })
  }

  @Test func goldenMatrices() throws {
    let golden = try Reference.golden()
    let cell = Compartments(
      golden.cell.d.indices.map { i in
        func end(_ k: Int) -> SIMD3<Double> {
          SIMD3(golden.cell.x[i][k], golden.cell.y[i][k], golden.cell.z[i][k])
        }
        return (start: end(0), end: end(1), diameter: golden.cell.d[i])
      })
    let contacts = golden.contacts[0].indices.map { j in
      SIMD3(golden.contacts[0][j], golden.contacts[1][j], golden.contacts[2][j])
    }
    for (model, expected) in zip(
      try models(contacts, golden.sigma), [golden.point, golden.line])
    {
      let matrix = try model.transformationMatrix(for: cell)
      let difference = matrix - Matrix(expected)
      // The reference's own logarithms cancel at this level.
      #expect(difference.maximumMagnitude < 1e-12 * Matrix(expected).maximumMagnitude)
      #expect(model.unit == "mV" && model.positions == contacts && model.outputNames.isEmpty)
    }
  }

  @Test func movingEverythingChangesNothing() throws {
    var random = Random(seed: 6)
    let cell = random.pieces(30)
    let contacts = (0..<30).map { _ in random.position() }
    let (shift, turn) = (SIMD3(400.0, -300, 200), Rotation(x: 1, y: 2, z: 3))
    // Rotation as Placement does it: about the soma, here the midpoint of compartment 0.
    let turned = cell.placed(rotation: turn, at: cell.somaPosition)
    let points = Compartments(contacts.map { (start: $0, end: $0, diameter: 1) })
    let pivot = Compartments([(start: cell.somaPosition, end: cell.somaPosition, diameter: 1)])
    let all = mapped(pivot) { $0 }
    let turnedContacts = (0..<30).map { j in
      let pair = Compartments([
        (start: all.start(0), end: all.start(0), diameter: 1),
        (start: points.start(j), end: points.start(j), diameter: 1),
      ])
      return pair.placed(rotation: turn, at: cell.somaPosition).start(1)
    }
    for k in 0..<2 {
      let still = try models(contacts)[k].transformationMatrix(for: cell)
      let moved = try models(contacts.map { $0 + shift })[k].transformationMatrix(
        for: mapped(cell) { $0 + shift })
      let rotated = try models(turnedContacts)[k].transformationMatrix(for: turned)
      for i in still.storage.indices {
        // Coordinates of 600 um round to 1e-13 um, next to distances of 0.1 um and more.
        #expect(relativeError(moved.storage[i], still.storage[i]) < 1e-11)
        #expect(relativeError(rotated.storage[i], still.storage[i]) < 1e-11)
      }
    }
  }

  @Test func scaling() throws {
    // Twice as large in a medium half as conductive: the same, exactly.
    var random = Random(seed: 7)
    let cell = random.pieces(30)
    let contacts = (0..<30).map { _ in random.position() }
    for k in 0..<2 {
      let one = try models(contacts, 0.3)[k].transformationMatrix(for: cell)
      let two = try models(contacts.map { 2 * $0 }, 0.15)[k].transformationMatrix(
        for: mapped(cell, diameters: 2) { 2 * $0 })
      for i in one.storage.indices {
        #expect(relativeError(two.storage[i], one.storage[i]) < 1e-15)
      }
    }
  }

  @Test func farField() throws {
    // At r much larger than the piece: 1 / (4 pi sigma r) from its midpoint, up to (L / r)^2 / 4.
    let cell = Compartments([(start: SIMD3(-3, 4, 12), end: SIMD3(3, -4, 36), diameter: 2)])
    for r in [1e4, 1e6, 1e9] {
      let slant = SIMD3(6, -8, 24) / 26.0
      for direction in [SIMD3(1, 0, 0), SIMD3(0, 0.6, 0.8), slant] {
        let contact = cell.midpoint(0) + r * direction
        for model in try models([contact]) {
          let value = try model.transformationMatrix(for: cell)[0, 0]
          let distance = (contact - cell.midpoint(0)).norm
          let limit = max(26 * 26 / (4 * r * r), 1e-14)
          #expect(relativeError(value, 1 / (4 * .pi * 0.3 * distance)) < limit, "\(r)")
        }
      }
    }
  }

  @Test func wrongParameters() {
    let good = [SIMD3(0.0, 0, 0)]
    func expect(_ contacts: [SIMD3<Double>], _ sigma: Double, _ parameter: String, _ text: String) {
      let error = ForwardModelError(parameter: parameter, text)
      #expect(throws: error) { try PointSourcePotential(contacts: contacts, sigma: sigma) }
      #expect(throws: error) { try LineSourcePotential(contacts: contacts, sigma: sigma) }
      #expect(error.description == text)
    }
    for sigma in [0, -0.3, Double.infinity, .nan] {
      expect(good, sigma, "sigma", "sigma is \(sigma) S/m; it must be positive and finite")
    }
    expect([], 0.3, "contacts", "there are no contacts; give at least one")
    for bad in [SIMD3(Double.nan, 0, 0), SIMD3(0, .infinity, 0), SIMD3(0, 0, -Double.infinity)] {
      expect(good + [bad], 0.3, "contacts", "contact 2 has a coordinate that is not finite")
    }
  }
}
