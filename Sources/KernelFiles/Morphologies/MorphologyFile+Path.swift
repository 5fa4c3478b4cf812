public import LFPKernels

extension MorphologyFile {
  /// Largest morphology file that is read, bytes.
  private static let limit = 500_000_000

  /// Reads a morphology file.
  ///
  /// - Parameters: as of `init(reading:)`, which says what they mean.
  /// - Throws: `DescriptionError` with the file, the line, what is wrong there and what would be right.
  public static func read(
    path: String, format: MorphologyFormat? = nil, soma: SWCSoma = .neuron,
    options: ImportOptions = ImportOptions(), strict: Bool = false
  ) throws(DescriptionError) -> MorphologyFile {
    func fail(_ message: String, line: Int? = nil) -> DescriptionError {
      DescriptionError([
        Diagnostic(file: path, line: line, column: nil, path: "", message: message)
      ])
    }
    switch TextBytes.bytes(path: path, limit: limit, what: "a morphology file") {
    case .failure(let problem): throw fail(problem.message)
    case .success(let data):
      guard data.count <= limit else { throw fail("is larger than \(limit / 1_000_000) MB") }
      do {
        return try MorphologyFile(
          reading: Array(data), fileName: path, format: format, soma: soma, options: options,
          strict: strict)
      } catch {
        throw fail("\(error.problem); \(error.remedy)", line: error.line)
      }
    }
  }
}

extension MorphologyFile {
  /// The numbers of compartments that the file gives its sections; nil where it gives none.
  public var discretization: Discretization? {
    Discretization(of: morphology, settings: settings)
  }
}

extension Discretization {
  init?(of morphology: NeuronMorphology, settings: [SectionSettings]) {
    var counts: [String: Int] = [:]
    for (section, setting) in zip(morphology.sections, settings) {
      if let count = setting.compartments { counts[section.name] = count }
    }
    if counts.isEmpty { return nil }
    self = .counts(counts, otherwise: 1)
  }
}
