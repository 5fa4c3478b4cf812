import KernelFiles
import Testing

/// What is said of probes that cannot be.
@Suite struct ProbeKindProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let probe: String
    let message: String

    init(_ probe: String, _ message: String) {
      self.probe = probe
      self.message = message
    }

    var testDescription: String { probe }
  }

  private static let place = "location: [0, 0, 78000], axis: [1, 0, 0]"

  static let impossible = [
    Case(
      "slice: {x: 0, y: 0, z: [10, -20]}",
      "slice: contact 2 reaches down to z = -20.0 um, below the tissue from 0.0 to 300.0 um "
        + "(inside the glass)"),
    Case(
      "eeg: {electrodes: [0, 0, 90000], location: [0, 0, 79500]}",
      "eeg.location: the dipole is 79500.0 um from the centre, not inside the innermost sphere of "
        + "radius 79000.0 um; move it inwards"),
    Case(
      "eeg: {electrodes: [0, 0, 90001], location: [0, 0, 0], axis: [0, 0, 1]}",
      "eeg.electrodes: electrode 1 is 90001.0 um from the centre, outside the outermost sphere of "
        + "radius 90000.0 um; electrodes lie on or inside it"),
    Case(
      "eeg: {electrodes: [0, 0, 90000], location: [0, 0, 0]}",
      "eeg: the dipole is at the centre, from where no direction is outwards; give its axis"),
    Case(
      "meg: {sensors: [0, 0, 78000], conductor: infinite, \(place)}",
      "meg.location: sensor 1 is at the dipole's place, (0.0, 0.0, 78000.0) um, where its signal "
        + "is infinite; move one of them"),
    Case(
      "meg: {sensors: [0, 0, 60000], \(place)}",
      "meg.location: sensor 1 is 60000.0 um from the centre and the dipole 78000.0 um; sensors must "
        + "be outside the conductor, farther from its centre than the dipole"),
    Case(
      "dipole_potential: {x: 0, y: 0, z: 0}",
      "dipole_potential: contact 1 is at the dipole's place, (0.0, 0.0, 0.0) um, where its signal "
        + "is infinite; move one of them"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, sigma: [0.3, 0, 0.3]}",
      "line_source.sigma[1]: 0 is not positive; it must be greater than 0"),
    Case(
      "volumetric_csd: {x: [0, 1], y: [0, 2, 1], z: [0, 1]}",
      "volumetric_csd.y: edges 2 and 3 of y are 2.0 and 1.0 um; they must be finite and rising"),
    Case(
      "laminar_csd: {z: [0, 0, 1], radius: 3}",
      "laminar_csd.z: cylinder 1 is from 0.0 to 0.0 um; it must be from a lower to a higher finite "
        + "height"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, contact: {disc: 3}, normal: [0, 0, 1], "
        + "width_axis: [0, 0, 1]}",
      "line_source.width_axis: the width axis of a contact is SIMD3<Double>(0.0, 0.0, 1.0), its "
        + "normal SIMD3<Double>(0.0, 0.0, 1.0); they must not be parallel"),
  ]

  static let unreadable = [
    Case(
      "gauss_cylinder: {z: 0, average: cell}",
      "gauss_cylinder.average: unknown key; known are z, sigma, radius and scale"),
    Case("dipole: {average: cell}", "dipole.average: unknown key; there is none here"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, avrage: cell}",
      "line_source.avrage: unknown key; did you mean 'average'? Known are x, y, z, file, format, "
        + "plane, position, rotation, names, contact, normal, width_axis, sigma, average, "
        + "rotations, tolerance and spread"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, average: all}",
      "line_source.average: 'all' is not known; known are cell and population"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, average: cell, rotations: true}",
      "line_source.rotations: has no meaning for one cell; give average: population"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, average: cell, spread: true}",
      "line_source.spread: has no meaning for one cell; give average: population"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, spread: 2}",
      "line_source.spread: 2 is no tolerance; it must be from 1e-9 to below 1"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, sigma: -1}",
      "line_source.sigma: -1 is not positive; it must be greater than 0"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, tolerance: 0}",
      "line_source.tolerance: 0 is no tolerance; it must be from 1e-9 to below 1"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, plane: xz}",
      "line_source.plane: has no meaning without a file of contacts"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, normal: [1, 0, 0]}",
      "line_source.normal: has no meaning for contacts that are points; give contact"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, contact: {disc: 4}}",
      "line_source.normal: is missing; give the direction in which contacts face, [x, y, z]"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, contact: {disk: 4}, normal: [1, 0, 0]}",
      "line_source.contact.disk: unknown contact; did you mean 'disc'? Known are disc, square and "
        + "rectangle"),
    Case(
      "line_source: {x: [0, 1, 2], y: 0, z: 0, contact: [{disc: 4}, {disc: 5}], normal: [1, 0, 0]}",
      "line_source.contact: there are 2 shapes for 3 contacts; give one, or one for each"),
    Case(
      "line_source: {x: 0, y: 0, z: 0, contact: {rectangle: [1]}, normal: [0, 0, 0]}",
      "line_source.contact.rectangle: has 1 elements; [width, height] is needed"),
    Case(
      "slice: {x: 0, y: 0, z: 0, source: lines}",
      "slice.source: 'lines' is not known; did you mean 'line'? Known are point, line and "
        + "soma_as_point"),
    Case(
      "slice: {x: 0, y: 0, z: 0, tissue: 0}",
      "slice.tissue: 0 is not positive; it must be greater than 0"),
    Case(
      "slice: {x: 0, y: 0, z: 0, steps: 100000}",
      "slice.steps: 100000 is too large; at most 10000 is possible"),
    Case("laminar_csd: {z: 0}", "laminar_csd.z: has one edge; layers need at least two"),
    Case(
      "volumetric_csd: {x: {from: 0, to: 1, count: 2001}, y: {from: 0, to: 1, count: 2001}, "
        + "z: [0, 1]}",
      "volumetric_csd: has 4000000.0 boxes; at most 1000000 are possible"),
    Case(
      "eeg: {electrodes: [[0, 0], [0, 0, 1]], location: [0, 0, 1]}",
      "eeg.electrodes[0]: has 2 elements; [x, y, z] is needed"),
    Case(
      "eeg: {electrodes: {theta: 0}, location: [0, 0, 1]}",
      "eeg.electrodes.phi: is missing; give angles about the z axis in rad"),
    Case(
      "eeg: {electrodes: [0, 0, 1]}",
      "eeg.location: is missing; give where the population is in the conductor, [x, y, z] in um"),
    Case(
      "eeg: {electrodes: [0, 0, 1], location: [0, 0, 2], unit: fT}",
      "eeg.unit: 'fT' is no unit of this signal; known are mV and uV"),
    Case(
      "meg: {sensors: [0, 0, 1], location: [0, 0, 2]}",
      "meg.axis: is missing; give the direction of the population's z axis, [x, y, z]"),
    Case(
      "meg: {sensors: [0, 0, 100000], normals: outwards, \(place)}",
      "meg.normals: 'outwards' is not known; give none, radial, [x, y, z], or a list of such"),
    Case(
      "meg: {sensors: [0, 0, 100000], location: [0, 0, 2], axis: [0, 0, 0]}",
      "meg.axis: has no direction; at least one number must not be 0"),
    Case(
      "new_york_head: {location: parietal_lobe}",
      "new_york_head: the head is missing; one of file or lead_field is needed"),
    Case(
      "new_york_head: {lead_field: [1, 2, 3], vertex: [0, 0, 0], normal: [1, 0, 0], "
        + "location: [0, 0, 0]}",
      "new_york_head.location: cannot be given beside lead_field"),
  ]

  @Test(arguments: impossible + unreadable) func isSaidWithItsLine(_ problem: Case) {
    let text = SmallDescription.replacing(
      "{population_dipole: {}}", with: "{\(problem.probe)}")
    #expect(problems(of: text) == "net.yaml:22: probes.dipole.\(problem.message)")
  }
}
