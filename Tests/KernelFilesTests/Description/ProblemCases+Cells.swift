extension ProblemCase {
  /// Problems of cells.
  static let cells: [ProblemCase] = [
    ProblemCase(
      "morphology file",
      "    sections:\n      soma: {points: [[0, 0, -10, 20], [0, 0, 10, 20]]}\n    "
        + "  dend: {points: [[0, 0, 10, 2], [0, 0, 200, 2]], parent: soma(1)}\n",
      "    morphology: cell.swc\n",
      "net.yaml:4: cells.ball.morphology: cell.swc: there is no such file"),
    ProblemCase(
      "no shape",
      "    sections:\n      soma: {points: [[0, 0, -10, 20], [0, 0, 10, 20]]}\n    "
        + "  dend: {points: [[0, 0, 10, 2], [0, 0, 200, 2]], parent: soma(1)}\n",
      "",
      "net.yaml:3: cells.ball: the cell's shape is missing; one of morphology or "
        + "sections is needed"),
    ProblemCase(
      "zero diameter",
      "[0, 0, 200, 2]",
      "\n        [0, 0, 200, 0]",
      "net.yaml:7: cells.ball.sections.dend: point 2 has diameter 0.0 um; "
        + "diameters must be positive"),
    ProblemCase(
      "one point",
      ", [0, 0, 200, 2]",
      "",
      "net.yaml:6: cells.ball.sections.dend: has 1 point; a section needs at "
        + "least two, each x, y, z and diameter in um"),
    ProblemCase(
      "no length",
      "[0, 0, 200, 2]",
      "[0, 0, 10, 2]",
      "net.yaml:6: cells.ball.sections.dend: all its points coincide; a section "
        + "needs a length"),
    ProblemCase(
      "three numbers for a point",
      "[0, 0, 200, 2]",
      "[0, 0, 200]",
      "net.yaml:6: cells.ball.sections.dend.points[1]: has 3 numbers; a point "
        + "has four: x, y, z and diameter in um"),
    ProblemCase(
      "unknown parent",
      "parent: soma(1)",
      "parent: some(1)",
      "net.yaml:6: cells.ball.sections.dend.parent: there is no section 'some'; "
        + "did you mean 'soma'? Sections are soma and dend"),
    ProblemCase(
      "parent beyond its end",
      "parent: soma(1)",
      "parent: soma(2)",
      "net.yaml:6: cells.ball.sections.dend.parent: 2.0 is not a place along a "
        + "section; it must lie between 0 and 1"),
    ProblemCase(
      "parent without a place",
      "parent: soma(1)",
      "parent: soma(end)",
      "net.yaml:6: cells.ball.sections.dend.parent: 'soma(end)' is not a parent; "
        + "write its name and a place, as in soma(1)"),
    ProblemCase(
      "detached section",
      ", parent: soma(1)",
      "",
      "net.yaml:6: cells.ball.sections.dend: is detached: it has no parent, but "
        + "'soma' is the root already; give it a parent such as soma(1)"),
    ProblemCase(
      "cycle of sections",
      "[0, 0, 10, 20]]}",
      "[0, 0, 10, 20]], parent: dend}",
      "net.yaml:5: cells.ball.sections.soma: its parents form a cycle and never "
        + "reach a root"),
    ProblemCase(
      "name of a section",
      "dend: {points",
      "dend(1): {points",
      "net.yaml:6: cells.ball.sections.dend(1): 'dend(1)' cannot name a section; "
        + "use a name without ( and ), such as apic[0]"),
    ProblemCase(
      "unknown mechanism",
      "passive: {g: 0.0003}",
      "hh: {g: 0.0003}",
      "net.yaml:7: cells.ball.membrane[0].hh: unknown mechanism or key; did "
        + "you mean 'Ih'? Known are passive, Ih, NaTa_t, NaTs2_t, Nap_Et2, K_Pst, K_Tst, SKv3_1, Im, "
        + "Ca_HVA, Ca_LVAst, SK_E2, channel and sections"),
    ProblemCase(
      "no mechanism",
      "{passive: {g: 0.0003}}",
      "{sections: [soma]}",
      "net.yaml:7: cells.ball.membrane[0]: the mechanism is missing; one of "
        + "passive, Ih, NaTa_t, NaTs2_t, Nap_Et2, K_Pst, K_Tst, SKv3_1, Im, Ca_HVA, Ca_LVAst, SK_E2 or "
        + "channel is needed"),
    ProblemCase(
      "membrane in unknown sections",
      "passive: {g: 0.0003}",
      "passive: {g: 0.0003}, sections: apic",
      "net.yaml:7: cells.ball.membrane[0].sections: there is no section or type "
        + "of sections 'apic'; known are soma and dend"),
    ProblemCase(
      "membrane missing",
      "    membrane: [{passive: {g: 0.0003}}]\n",
      "",
      "net.yaml:3: cells.ball.membrane: is missing; give what it is made of, "
        + "such as [{passive: {g: 0.0003}}]"),
    ProblemCase(
      "values for some sections",
      "    membrane:",
      "    Ra: {soma: 100}\n    membrane:",
      "net.yaml:7: cells.ball.Ra: says nothing about dend; add it, or the key "
        + "otherwise for the rest"),
    ProblemCase(
      "values for unknown sections",
      "    membrane:",
      "    cm: {otherwise: 1, dent: 2}\n    membrane:",
      "net.yaml:7: cells.ball.cm.dent: there is no section or type of sections "
        + "'dent'; did you mean 'dend'? Known are soma and dend"),
    ProblemCase(
      "axial resistivity of zero",
      "    membrane:",
      "    Ra: 0\n    membrane:",
      "net.yaml:7: cells.ball.Ra: 0 is not positive; it must be greater than 0"),
    ProblemCase(
      "two rules",
      "    membrane:",
      "    discretization: {lambda_f: 100, max_length: 20}\n    membrane:",
      "net.yaml:7: cells.ball.discretization: has lambda_f and max_length; only "
        + "one of lambda_f, max_length, counts or compartments can be given"),
    ProblemCase(
      "parameter of another rule",
      "    membrane:",
      "    discretization: {max_length: 20, d_lambda: 0.1}\n    membrane:",
      "net.yaml:7: cells.ball.discretization.d_lambda: belongs to lambda_f, "
        + "which is not given"),
    ProblemCase(
      "counts of unknown sections",
      "    membrane:",
      "    discretization: {counts: {axon: 3}}\n    membrane:",
      "net.yaml:7: cells.ball.discretization.counts.axon: there is no section or "
        + "type of sections 'axon'; known are soma and dend"),
    ProblemCase(
      "no compartments",
      "    membrane:",
      "    discretization: {compartments: 0}\n    membrane:",
      "net.yaml:7: cells.ball.discretization.compartments: 0 is not possible; it "
        + "must be a whole number from 1 up"),
    ProblemCase(
      "angle in the wrong unit",
      "    membrane:",
      "    rotation: {x: 3 mm}\n    membrane:",
      "net.yaml:7: cells.ball.rotation.x: '3 mm' is a length; an angle is "
        + "needed, in rad or deg"),
  ]
}
