/// Reads Neurolucida's text files (ASC).
///
/// A file is a list of objects in brackets: contours of the soma, each with the type `(CellBody)`,
/// and trees, with the types `(Axon)`, `(Dendrite)` or `(Apical)`. A tree is a list of points
/// `(x y z diameter)`, at whose end branches stand in a bracket of their own, separated by `|`.
/// Spines (`<...>`) and markers are skipped with a warning.
///
/// Somata become cables as NEURON's Import3d makes them (see `SomaContour`); trees are connected
/// to the middle of the soma whose centre is nearest to them, and keep their distance from it.
public enum NeurolucidaReader {
  /// - Throws: `MorphologyFileError` with the line, what is wrong there and what would be right.
  public static func read(_ bytes: [UInt8]) throws(MorphologyFileError) -> MorphologyFile {
    var result: Result<NeurolucidaObjects, MorphologyFileError>?
    bytes.withUnsafeBufferPointer { buffer in
      var parser = NeurolucidaParser(buffer)
      do throws(MorphologyFileError) {
        try parser.parse()
        result = .success(parser.objects)
      } catch {
        result = .failure(error)
      }
    }
    guard let objects = try result?.get() else {
      throw error(nil, "the file cannot be read", "it must hold Neurolucida's text format")
    }
    return try NeurolucidaCell(objects).finish()
  }

  static func error(_ line: Int?, _ problem: String, _ remedy: String) -> MorphologyFileError {
    MorphologyFileError(format: .neurolucida, line: line, problem: problem, remedy: remedy)
  }
}

/// What a Neurolucida file holds.
struct NeurolucidaObjects {
  struct Contour {
    var points: [MorphologyPoint]
    var line: Int
  }

  var contours: [Contour] = []

  /// The sections of the trees, parents before children; roots have no parent yet.
  var drafts: [SectionDraft] = []
  var warnings = WarningList()
}
