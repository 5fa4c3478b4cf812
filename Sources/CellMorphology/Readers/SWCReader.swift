/// Reads SWC files.
///
/// Comments (`#`) may stand anywhere, rows in any order, ids with gaps, numbers in scientific
/// notation, lines end in LF or CR LF. Types are 1 soma, 2 axon, 3 dendrite, 4 apical dendrite;
/// others give sections their own names, `dend_5[0]`.
public enum SWCReader {
  /// - Throws: `MorphologyFileError` with the line, what is wrong there and what would be right.
  public static func read(
    _ bytes: [UInt8], soma: SWCSoma = .neuron
  ) throws(MorphologyFileError) -> MorphologyFile {
    let tree = try SWCTree(SWCTable(bytes))
    guard tree.points.contains(where: { $0.diameter >= MorphologyValue.smallestDiameter }) else {
      throw error(tree.line[0], "no point has a positive radius", "radii must be positive, in um")
    }
    let sections = try SWCSections(tree, soma: soma)
    return try SectionAssembly(
      format: .swc, drafts: sections.drafts, warnings: sections.warnings
    ).finish()
  }

  static func error(_ line: Int?, _ problem: String, _ remedy: String) -> MorphologyFileError {
    MorphologyFileError(format: .swc, line: line, problem: problem, remedy: remedy)
  }
}
