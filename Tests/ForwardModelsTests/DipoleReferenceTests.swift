import LinearAlgebra
import Testing

@testable import ForwardModels

@Suite("Dipole models against the reference, finite elements and 60-digit arithmetic")
struct DipoleReferenceTests {
  @Test func fourSpheres() throws {
    let eeg = try DipoleFixtures.all.get().eeg
    let model = try LayeredSphereModel(
      electrodes: eeg.electrodes.map(point), radii: eeg.radii, sigmas: eeg.sigmas)
    let oblique = try model.dipoleMatrix(at: point(eeg.dipoleLocation))
    let upright = try model.dipoleMatrix(at: SIMD3(0, 0, 78000))
    // By default the reference stops summing at an error of 3e-7.
    #expect(difference(oblique, eeg.fourSphere) < 1e-6)
    #expect(difference(upright, eeg.fourSphereTangentialFree) < 1e-6)
    let further = try DipoleFixtures.all.get().eegFurther
    #expect(difference(oblique, further[0]) < 1e-12)
    #expect(difference(upright, further[1]) < 1e-12)
  }

  @Test func fourSpheresInAllLayers() throws {
    let head = try DipoleFixtures.all.get().head
    let model = try LayeredSphereModel(
      electrodes: head.electrodes.map(point), radii: head.radii, sigmas: head.sigmas)
    let deep = difference(try model.dipoleMatrix(at: point(head.dipole)), head.fourSphere)
    let shallow = difference(
      try model.dipoleMatrix(at: point(head.shallow)), head.fourSphereShallow)
    // The reference's sums are cut off earlier in the outer layers than in the brain.
    #expect(deep < 1e-6)
    #expect(shallow < 1e-9)
  }

  @Test(arguments: 0..<7)
  func exactArithmetic(index: Int) throws {
    let exact = try DipoleFixtures.all.get().exact[index]
    let model = try LayeredSphereModel(
      electrodes: exact.electrodes.map(point), radii: exact.radii, sigmas: exact.sigmas)
    let ours = try model.dipoleMatrix(at: point(exact.dipole))
    for (i, expected) in exact.matrix.enumerated() {
      // Relative to the electrode's own largest entry.
      let row = Matrix([[ours[i, 0], ours[i, 1], ours[i, 2]]])
      #expect(difference(row, [expected]) < 2e-13, "\(exact.name), electrode \(i + 1)")
    }
  }

  /// Næss et al. 2017: the finite elements themselves are good to 0.1 %.
  @Test func finiteElements() throws {
    let fem = try DipoleFixtures.all.get().fem
    let model = try LayeredSphereModel(
      electrodes: fem.eleCoords.map(point), radii: fem.radii, sigmas: fem.sigmas)
    let matrix = try model.dipoleMatrix(at: point(fem.rz))
    let p = point(fem.p[0])
    let ours = (0..<matrix.rows).map { 1e3 * dot(row(matrix, $0), p) }
    let expected = fem.potFem.flatMap { $0 }
    let worst = zip(ours, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 0.01 * (expected.map(abs).max() ?? 0))
  }

  @Test func infiniteMedium() throws {
    let all = try DipoleFixtures.all.get()
    for (electrodes, dipole, expected) in [
      (all.eeg.electrodes, all.eeg.dipoleLocation, all.eeg.infinite),
      (all.head.electrodes, all.head.dipole, all.head.infinite),
    ] {
      let model = try InfiniteMediumModel(contacts: electrodes.map(point))
      #expect(difference(try model.dipoleMatrix(at: point(dipole)), expected) < 1e-12)
    }
  }

  @Test func magneticFields() throws {
    let all = try DipoleFixtures.all.get()
    for (places, dipole, infinite, sphere) in [
      (
        all.meg.sensors, all.meg.dipoleLocation, all.meg.infiniteHomogeneous,
        all.meg.sphericallySymmetric
      ),
      (all.head.electrodes, all.head.dipole, all.head.megInfinite, all.head.megSphere),
    ] {
      let sensors = try MagneticSensors(positions: places.map(point))
      let location = point(dipole)
      let ours = try InfiniteMediumMagneticModel(sensors: sensors).dipoleMatrix(at: location)
      #expect(difference(ours, infinite.flatMap { $0 }) < 1e-12)
      let conductor = SphericalConductorMagneticModel(sensors: sensors)
      #expect(
        difference(try conductor.dipoleMatrix(at: location), sphere.flatMap { $0 }) < 1e-12)
    }
  }
}
