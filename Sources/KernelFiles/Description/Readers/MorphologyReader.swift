import LFPKernels

/// Reads the shape of a cell: `sections` inline, or `morphology`, a file.
func readMorphology(_ map: FieldMap, baseDirectory: String) -> NeuronMorphology? {
  guard
    let (key, field) = map.exactlyOne(of: ["morphology", "sections"], what: "the cell's shape")
  else { return nil }
  if key == "sections" { return SectionReader(field: field).morphology() }
  guard let name = field.text("the name of a file") else { return nil }
  return readMorphologyFile(name, baseDirectory: baseDirectory, field)
}

/// Reads a morphology file whose name is relative to the description's directory.
private func readMorphologyFile(
  _ name: String, baseDirectory: String, _ field: Field
) -> NeuronMorphology? {
  field.fail(
    "morphology files are not supported yet; give the points inline under sections:")
}
