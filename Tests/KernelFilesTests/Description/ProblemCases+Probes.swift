extension ProblemCase {
  /// Problems of probes.
  static let probes: [ProblemCase] = [
    ProblemCase(
      "colon in a name",
      "dipole:",
      "\"a:b\":",
      "net.yaml:22: probes.a:b: the name \"a:b\" contains \":\", which separates "
        + "names in files; call it for example \"a_b\""),
    ProblemCase(
      "line break in a name",
      "dipole:",
      "\"a\\nb\":",
      "net.yaml:22: probes.a�b: the name \"a\\nb\" has control characters; remove "
        + "them"),
    ProblemCase(
      "slash in a name",
      "dipole:",
      "a/b:",
      "net.yaml:22: probes.a/b: the name \"a/b\" contains \"/\", which separates "
        + "names in files; call it for example \"a_b\""),
    ProblemCase(
      "dots as a name",
      "dipole:",
      "..:",
      "net.yaml:22: probes...: the name \"..\" means a place in a tree; give it "
        + "another name"),
    ProblemCase(
      "unknown probe",
      "population_dipole",
      "population_dipol",
      "net.yaml:22: probes.dipole.population_dipol: unknown probe; did you mean "
        + "'population_dipole'? Known are gauss_cylinder, population_dipole, dipole, "
        + "point_source, line_source, soma_as_point, slice, ecog, sphere, laminar_csd, "
        + "volumetric_csd, eeg, meg, dipole_potential and new_york_head"),
    ProblemCase(
      "no kind of probe",
      "{population_dipole: {}}",
      "{}",
      "net.yaml:22: probes.dipole: has no key; one of gauss_cylinder, "
        + "population_dipole, dipole, point_source, line_source, soma_as_point, slice, ecog, "
        + "sphere, laminar_csd, volumetric_csd, eeg, meg, dipole_potential or new_york_head is "
        + "needed, with its parameters"),
    ProblemCase(
      "key of a probe without any",
      "{population_dipole: {}}",
      "{population_dipole: {z: 3}}",
      "net.yaml:22: probes.dipole.population_dipole.z: unknown key; there is "
        + "none here"),
    ProblemCase(
      "contacts that do not match",
      "{population_dipole: {}}",
      "{point_source: {x: [1, 2], y: [1, 2, 3], z: 0}}",
      "net.yaml:22: probes.dipole.point_source: x, y and z have 2, 3 and 1 "
        + "values; those with more than one must have equally many"),
    ProblemCase(
      "no contacts",
      "{population_dipole: {}}",
      "{gauss_cylinder: {z: []}}",
      "net.yaml:22: probes.dipole.gauss_cylinder.z: is an empty list; at least "
        + "one number is needed"),
    ProblemCase(
      "no depths",
      "{population_dipole: {}}",
      "{gauss_cylinder: {sigma: 0.3}}",
      "net.yaml:22: probes.dipole.gauss_cylinder.z: is missing; give depths in "
        + "um: a list, or {from, to, count}"),
    ProblemCase(
      "conductivity of zero",
      "{population_dipole: {}}",
      "{gauss_cylinder: {z: 0, sigma: 0}}",
      "net.yaml:22: probes.dipole.gauss_cylinder.sigma: 0 is not positive; it "
        + "must be greater than 0"),
    ProblemCase(
      "range without a count",
      "{population_dipole: {}}",
      "{gauss_cylinder: {z: {from: 0, to: 100}}}",
      "net.yaml:22: probes.dipole.gauss_cylinder.z.count: is missing; give how "
        + "many numbers there are"),
  ]
}
