import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import ForwardModels

/// Contacts with a surface, ECoG, spheres, and the messages of errors.
@Suite struct PotentialsContactTests {
  /// On the axis of a disc, the mean of 1 / distance is 2 (sqrt(z^2 + R^2) - z) / R^2.
  @Test func discOnItsAxis() throws {
    for distance in [2.0, 5, 20, 100, 1000] {
      let source = makeCompartments([(SIMD3(3, 4, 5), SIMD3(3, 4, 5))], [0.1])
      let normal = SIMD3(1.0, 2, 2) / 3
      let disc = try ContactSurface(.disc(radius: 10), normal: 7 * normal)
      let matrix = try PointSourcePotential(
        contacts: [SIMD3(3, 4, 5) + distance * normal], surfaces: [disc]
      ).transformationMatrix(for: source)
      let mean = 2 * (hypot(distance, 10) - distance) / 100 / (4 * Double.pi * 0.3)
      #expect(abs(matrix[0, 0] - mean) < 1e-10 * mean)
    }
  }

  /// Above the centre of a square with side a, 1 / distance integrates to a known form.
  @Test func squareAboveItsCenter() throws {
    for distance in [3.0, 10, 50] {
      let source = makeCompartments([(SIMD3(0, 0, distance), SIMD3(0, 0, distance))], [0.1])
      let square = try ContactSurface(.square(side: 14), normal: SIMD3(0, 0, 2))
      let rectangle = try ContactSurface(
        .rectangle(width: 14, height: 14), normal: SIMD3(0, 0, -1), widthAxis: SIMD3(1, 1, 5))
      let matrix = try PointSourcePotential(
        contacts: [SIMD3(0, 0, 0), SIMD3(0, 0, 0)], surfaces: [square, rectangle]
      ).transformationMatrix(for: source)
      // A quarter: a ln((r + a) / sqrt(a^2 + z^2)) twice less z atan(a^2 / (z r)).
      let (a, z) = (7.0, distance)
      let r = (2 * a * a + z * z).squareRoot()
      let quarter = 2 * a * log((r + a) / hypot(a, z)) - z * atan(a * a / (z * r))
      let mean = quarter / (a * a) / (4 * Double.pi * 0.3)
      #expect(abs(matrix[0, 0] - mean) < 1e-10 * mean)
      #expect(abs(matrix[1, 0] - mean) < 1e-10 * mean)
    }
  }

  /// Of four quarters of a rectangle, the mean is that of the whole: also next to compartments.
  @Test func quartersMakeTheWhole() throws {
    var random = SplitMix(state: 21)
    let slice = try TissueSlice(bottom: -200, thickness: 400)
    for round in 0..<6 {
      let cell = random.compartments(25, within: 60)
      let (normal, axis) = (random.point(-1, 1), random.point(-1, 1))
      let whole = try ContactSurface(
        .rectangle(width: 16, height: 10), normal: normal, widthAxis: axis)
      let quarter = try ContactSurface(
        .rectangle(width: 8, height: 5), normal: normal, widthAxis: axis)
      // Away from the cell, but for one that compartments may touch.
      let center = round == 0 ? SIMD3(10, 10, 10) : random.point(-60, 60) + SIMD3(130, 0, 0)
      let centers = [(-1.0, -1.0), (-1, 1), (1, -1), (1, 1)].map {
        center + $0.0 * 4 * whole.widthAxis + $0.1 * 2.5 * whole.heightAxis
      }
      let pairs: [(any ForwardModel, any ForwardModel)] = [
        (
          try LineSourcePotential(contacts: [center], surfaces: [whole]),
          try LineSourcePotential(contacts: centers, surfaces: [quarter])
        ),
        (
          try SlicePotential(
            contacts: [center], slice: slice, source: .linesAndPoints([0]), surfaces: [whole]),
          try SlicePotential(
            contacts: centers, slice: slice, source: .linesAndPoints([0]), surfaces: [quarter])
        ),
      ]
      for (one, four) in pairs where round > 0 || one is LineSourcePotential {
        let expected = try one.transformationMatrix(for: cell)
        let parts = try four.transformationMatrix(for: cell)
        for i in 0..<cell.count {
          let mean = (0..<4).reduce(0) { $0 + 0.25 * parts[$1, i] }
          #expect(abs(mean - expected[0, i]) < 1e-10 * expected.maximumMagnitude)
        }
      }
    }
  }

  @Test func surfaceFrames() throws {
    let surface = try ContactSurface(.rectangle(width: 2, height: 4), normal: SIMD3(0, 5, 0))
    #expect(surface.normal == SIMD3(0, 1, 0))
    #expect(surface.widthAxis == SIMD3(1, 0, 0))
    #expect(abs(surface.heightAxis.z) == 1)
    #expect(surface.reachInZ == 2)
    #expect(try ContactSurface(.disc(radius: 3), normal: SIMD3(0, 0, 1)).reachInZ == 0)
    #expect(try ContactSurface(.disc(radius: 3), normal: SIMD3(1, 0, 0)).reachInZ == 3)
    #expect(try ContactSurface(.square(side: 3), normal: SIMD3(1, 0, 0)).reachInZ == 1.5)
    #expect(try ContactSurface(.square(side: 3), normal: SIMD3(0, 0, 1)).normal.z == 1)
  }

  /// One image in the surface; and with an insulator on it, twice the potential there.
  @Test func electrocorticography() throws {
    let cell = makeCompartments([(SIMD3(0, 0, 4950), SIMD3(0, 0, 4950))], [1])
    let contact = SIMD3(30.0, 0, 4980)
    let model = try ECoGPotential(
      contacts: [contact], surface: 5000, above: 1.5, depth: 5000, source: .points)
    let expected =
      (1 / hypot(30, 30) + (0.3 - 1.5) / 1.8 / hypot(30, 70)) / (4 * Double.pi * 0.3)
    #expect(abs(try model.transformationMatrix(for: cell)[0, 0] - expected) < 1e-12 * expected)
    let top = SIMD3(30.0, 0, 5000)
    let insulated = try ECoGPotential(contacts: [top], surface: 5000, above: 0)
      .transformationMatrix(for: cell)
    let free = try LineSourcePotential(contacts: [top]).transformationMatrix(for: cell)
    #expect(abs(insulated[0, 0] - 2 * free[0, 0]) < 1e-12 * insulated[0, 0])
    #expect(model.unit == "mV")
    #expect(model.positions == [contact])
  }

  /// Potential and current are continuous at the surface of a sphere, and the integral of the tail is
  /// its series.
  @Test func sphereSurface() throws {
    var random = SplitMix(state: 22)
    for _ in 0..<100 {
      let source = random.point(-50, 50)
      let cell = makeCompartments([(source, source)], [1])
      var direction = random.point(-1, 1)
      direction /= (direction * direction).sum().squareRoot()
      let matrix = try SpherePotential(
        contacts: [99.999, 100, 100.001, 100.002].map { $0 * direction }, radius: 100, inside: 0.3,
        outside: 0.02
      ).transformationMatrix(for: cell)
      let (inner, outer) = (
        0.3 * (matrix[1, 0] - matrix[0, 0]), 0.02 * (matrix[3, 0] - matrix[2, 0])
      )
      #expect(abs(inner - outer) < 1e-3 * abs(outer) + 1e-9)
      let tail = SphereTail(b: random.number(0.05, 0.9))
      let x = random.number(0.1, 0.85)
      let product = x * random.number(-1, 1)
      let series = tail.sums(products: [product], squares: [x * x])[0]
      #expect(abs(tail.integral(product, x * x) - series) < 1e-13 * abs(series))
    }
  }

  @Test func errors() throws {
    let origin = [SIMD3(0.0, 0, 0)]
    #expect(
      message { _ = try LineSourcePotential(contacts: []) }
        == "contacts: there are no contacts; give at least one")
    #expect(
      message { _ = try PointSourcePotential(contacts: [SIMD3(0, .nan, 0)]) }
        == "contacts: contact 1 has a coordinate that is not finite")
    #expect(
      message { _ = try PointSourcePotential(contacts: origin, sigma: -1) }
        == "sigma: sigma is -1.0 S/m; it must be positive and finite")
    #expect(
      message {
        _ = try SomaAsPointPotential(
          contacts: origin, conductivity: Conductivity(x: 1, y: 0, z: 1))
      } == "sigma_y: sigma_y is 0.0 S/m; it must be positive and finite")
    let cell = makeCompartments([(SIMD3(0, 0, 0), SIMD3(0, 0, 9))], [1])
    #expect(
      message {
        _ = try SomaAsPointPotential(contacts: origin, pointCompartments: [1])
          .transformationMatrix(for: cell)
      }
        == "pointCompartments: compartment 1 is to be a point, but the compartments are 0 ... 0")
  }

  @Test func errorsOfSurfaces() throws {
    let origin = [SIMD3(0.0, 0, 0)]
    let disc = try ContactSurface(.disc(radius: 1), normal: SIMD3(0, 0, 1))
    #expect(
      message { _ = try LineSourcePotential(contacts: origin, surfaces: [disc, disc]) }
        == "surfaces: there are 2 surfaces for 1 contacts; give none, one, or one each")
    for (shape, text) in [
      (ContactSurface.Shape.disc(radius: 0), "radius: radius is 0.0"),
      (.square(side: -1), "side: side is -1.0"),
      (.rectangle(width: .nan, height: 1), "width: width is nan"),
      (.rectangle(width: 1, height: .infinity), "height: height is inf"),
    ] {
      #expect(
        message { _ = try ContactSurface(shape, normal: SIMD3(0, 0, 1)) }
          == text + " um; it must be positive and finite")
    }
    #expect(
      message { _ = try ContactSurface(.disc(radius: 1), normal: SIMD3(0, 0, 0)) }
        == "normal: the normal of a contact is SIMD3<Double>(0.0, 0.0, 0.0); it needs a direction")
    #expect(
      message {
        _ = try ContactSurface(
          .disc(radius: 1), normal: SIMD3(0, 0, 1), widthAxis: SIMD3(0, 0, 2))
      }
        == "widthAxis: the width axis of a contact is SIMD3<Double>(0.0, 0.0, 2.0), its normal SIMD3<Double>(0.0, 0.0, 1.0); they must not be parallel"
    )
  }

  @Test func errorsOfSlices() throws {
    for (text, body) in [
      ("bottom: bottom is nan um; it must be finite", { _ = try TissueSlice(bottom: .nan) }),
      (
        "thickness: thickness is 0.0 um; it must be positive and finite",
        { _ = try TissueSlice(thickness: 0) }
      ),
      (
        "tissue: tissue is 0.0 S/m; it must be positive and finite",
        { _ = try TissueSlice(tissue: 0) }
      ),
      (
        "above: the conductivity above the tissue is -1.0 S/m; it must be finite and not negative",
        { _ = try TissueSlice(above: -1) }
      ),
      (
        "below: the conductivity below the tissue is inf S/m; it must be finite and not negative",
        { _ = try TissueSlice(below: .infinity) }
      ),
      ("steps: steps is 0; it must be at least 1", { _ = try TissueSlice(steps: 0) }),
    ] as [(String, () throws -> Void)] {
      #expect(message(body) == text)
    }
  }

  @Test func errorsOfPlaces() throws {
    let slice = try TissueSlice(thickness: 200)
    let inside = [SIMD3(0.0, 0, 100)]
    for (text, body) in [
      (
        "contacts: contact 1 reaches down to z = -1.0 um, below the tissue from 0.0 to 200.0 um (inside the glass)",
        { _ = try SlicePotential(contacts: [SIMD3(0, 0, -1)], slice: slice) }
      ),
      (
        "contacts: contact 1 reaches up to z = 205.0 um, above the tissue from 0.0 to 200.0 um",
        {
          _ = try SlicePotential(
            contacts: [SIMD3(0, 0, 195)], slice: slice,
            surfaces: [ContactSurface(.disc(radius: 10), normal: SIMD3(1, 0, 0))])
        }
      ),
      (
        "squeeze: squeeze is 1.0; it must be between -1 and 1",
        { _ = try SlicePotential(contacts: inside, slice: slice, squeeze: 1) }
      ),
      (
        "slice: the cell reaches 60.0 um out of the slice: compartment 1 of section dend[0], from z = 100.0 to 260.0 um, is above the tissue from 0.0 to 200.0 um; move or squeeze the cell",
        {
          _ = try SlicePotential(contacts: inside, slice: slice).transformationMatrix(
            for: makeCompartments(
              [(SIMD3(0, 0, -10), SIMD3(0, 0, 100)), (SIMD3(0, 0, 100), SIMD3(0, 0, 260))], [1, 1]))
        }
      ),
      (
        "squeeze: the midpoint of compartment 0 is at z = -5.0 um, outside the tissue from 0.0 to 200.0 um; a squeezed cell stays outside",
        {
          _ = try SlicePotential(contacts: inside, slice: slice, squeeze: 0.5)
            .transformationMatrix(for: makeCompartments([(SIMD3(0, 0, -10), SIMD3(0, 0, 0))], [1]))
        }
      ),
    ] as [(String, () throws -> Void)] {
      #expect(message(body) == text)
    }
  }

  @Test func errorsOfOtherMedia() throws {
    let inside = [SIMD3(0.0, 0, 100)]
    for (text, body) in [
      (
        "depth: depth is 0.0 um; it must be positive and finite",
        { _ = try ECoGPotential(contacts: inside, depth: 0) }
      ),
      (
        "surface: surface is nan um; it must be finite",
        { _ = try ECoGPotential(contacts: inside, surface: .nan) }
      ),
      (
        "center: center is SIMD3<Double>(inf, 0.0, 0.0); it must be finite",
        { _ = try SpherePotential(contacts: inside, center: SIMD3(.infinity, 0, 0)) }
      ),
      (
        "outside: outside is 0.0 S/m; it must be positive and finite",
        { _ = try SpherePotential(contacts: inside, outside: 0) }
      ),
      (
        "radius: compartment 0 of section dend[0] is 50.0 um from the centre, outside the sphere of 40.0 um",
        {
          _ = try SpherePotential(contacts: inside, radius: 40)
            .transformationMatrix(for: makeCompartments([(SIMD3(0, 0, 50), SIMD3(0, 0, 50))], [1]))
        }
      ),
    ] as [(String, () throws -> Void)] {
      #expect(message(body) == text)
    }
  }
}
