/// What a file sets for a section beside its shape. Nil where it sets nothing.
public struct SectionSettings: Sendable, Equatable {
  /// Number of compartments (`nseg`).
  public var compartments: Int?

  /// Axial resistivity (`Ra`), ohm cm.
  public var axialResistivity: Double?

  /// Specific capacitance (`cm`), uF/cm2.
  public var capacitance: Double?

  public init(
    compartments: Int? = nil, axialResistivity: Double? = nil, capacitance: Double? = nil
  ) {
    self.compartments = compartments
    self.axialResistivity = axialResistivity
    self.capacitance = capacitance
  }
}

/// What a morphology file holds.
public struct MorphologyFile: Sendable, Equatable {
  public var format: MorphologyFormat
  public var morphology: NeuronMorphology

  /// For each section of the morphology, what the file sets beside its shape (only hoc does).
  public var settings: [SectionSettings]

  /// What was odd in the file, by line.
  public var warnings: [MorphologyWarning]

  public init(
    format: MorphologyFormat, morphology: NeuronMorphology, settings: [SectionSettings],
    warnings: [MorphologyWarning]
  ) {
    self.format = format
    self.morphology = morphology
    self.settings = settings
    self.warnings = warnings
  }

  /// Reads a morphology.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - fileName: tells the format by its ending where the content does not.
  ///   - format: nil takes what content and ending tell.
  ///   - soma: how the soma of an SWC file is meant.
  ///   - options: what is changed on import.
  ///   - refusing: kinds of warnings that are errors.
  ///   - strict: whether warnings of all kinds are errors.
  /// - Throws: `MorphologyFileError` with the line, what is wrong there and what would be right.
  public init(
    reading bytes: [UInt8], fileName: String? = nil, format: MorphologyFormat? = nil,
    soma: SWCSoma = .neuron, options: ImportOptions = ImportOptions(),
    refusing: Set<MorphologyWarning.Kind> = [], strict: Bool = false
  ) throws(MorphologyFileError) {
    guard let format = format ?? MorphologyFormat.guess(bytes, fileName: fileName) else {
      throw MorphologyFileError(
        format: nil, line: nil,
        problem: bytes.isEmpty ? "the file is empty" : "the format cannot be told from the content",
        remedy: "write SWC, Neurolucida ASC or hoc, or name the format: "
          + MorphologyFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let file =
      switch format {
      case .swc: try SWCReader.read(bytes, soma: soma)
      case .neurolucida: try NeurolucidaReader.read(bytes)
      case .hoc: try HocReader.read(bytes)
      }
    if let warning = file.warnings.first(where: { strict || refusing.contains($0.kind) }) {
      throw MorphologyFileError(
        format: format, line: warning.line, problem: warning.message,
        remedy: "mend the file, or let warnings of the kind '\(warning.kind.rawValue)' pass")
    }
    self = try options.apply(to: file)
  }
}
