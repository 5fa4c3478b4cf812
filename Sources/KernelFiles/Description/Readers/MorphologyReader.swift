import Foundation
import LFPKernels

/// The shape of a cell, and what its file sets beside it.
struct CellShape: Sendable {
  var morphology: NeuronMorphology

  /// One per section where the shape comes from a file; else empty.
  var settings: [SectionSettings] = []

  /// The rule for compartments that the file gives; nil where it gives none.
  var discretization: Discretization? {
    Discretization(of: morphology, settings: settings)
  }

  /// Reads `sections` inline, or `morphology`, a file.
  static func read(_ map: FieldMap, baseDirectory: String) -> CellShape? {
    guard
      let (key, field) = map.exactlyOne(of: ["morphology", "sections"], what: "the cell's shape")
    else { return nil }
    if key == "sections" {
      return SectionReader(field: field).morphology().map { CellShape(morphology: $0) }
    }
    return readFile(field, baseDirectory: baseDirectory)
  }

  /// Reads the name of a file, or `{file, format, soma, axon, scale, swap_yz, upright, centre, strict}`.
  private static func readFile(_ field: Field, baseDirectory: String) -> CellShape? {
    var options = ImportOptions()
    var (format, soma, strict): (MorphologyFormat?, SWCSoma, Bool) = (nil, .neuron, false)
    var nameField = field
    if field.isMapping {
      let keys = [
        "file", "format", "soma", "axon", "scale", "swap_yz", "upright", "centre", "strict",
      ]
      guard let map = field.mapping(keys), let file = map.required("file", "the name of a file")
      else { return nil }
      nameField = file
      func flag(_ key: String) -> Bool? { map.optional(key).map { $0.flag() } ?? false }
      let wantedFormat = map.optional("format").map { $0.option(MorphologyFormat.self) }
      let wantedSoma = map.optional("soma").map { $0.option(SWCSoma.self) } ?? .neuron
      let axon = map.optional("axon").map { $0.option(AxonImport.self) } ?? .keep
      let scale = map.optional("scale").map { $0.number(.number, .positive) } ?? 1
      guard let wantedSoma, let axon, let scale, let swaps = flag("swap_yz"),
        let upright = flag("upright"), let centre = flag("centre"), let isStrict = flag("strict")
      else { return nil }
      if let wantedFormat {
        guard let known = wantedFormat else { return nil }
        format = known
      }
      (soma, strict) = (wantedSoma, isStrict)
      options = ImportOptions(
        axon: axon, scale: scale, swapsYAndZ: swaps, turnsUpright: upright, centresSoma: centre)
    }
    guard let name = nameField.text("the name of a file") else { return nil }
    let path =
      name.hasPrefix("/")
      ? name : URL(fileURLWithPath: baseDirectory).appendingPathComponent(name).path
    do throws(DescriptionError) {
      let file = try MorphologyFile.read(
        path: path, format: format, soma: soma, options: options, strict: strict)
      for warning in file.warnings {
        nameField.diagnostics.warn("\(name): \(warning)", path: nameField.path, at: nameField.place)
      }
      return CellShape(morphology: file.morphology, settings: file.settings)
    } catch {
      let problem = error.diagnostics.first
      let line = problem?.line.map { ":\($0)" } ?? ""
      return nameField.fail("\(name)\(line): \(problem?.message ?? "cannot be read")")
    }
  }

  /// What the file sets for sections, with `otherwise` for the others.
  func values(_ key: KeyPath<SectionSettings, Double?>, otherwise: Double) -> SectionValues {
    var result = SectionValues(otherwise)
    for (section, setting) in zip(morphology.sections, settings) {
      if let value = setting[keyPath: key] { result.bySection[section.name] = value }
    }
    return result
  }
}
