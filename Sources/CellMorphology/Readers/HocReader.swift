/// Reads morphologies in hoc, NEURON's language, as far as they are lists of constants:
///
///     create soma, dend[2]                          // sections and arrays of sections
///     connect dend[0](0), soma(1)                   // also: soma connect dend[0](0), 1
///     soma { pt3dclear() pt3dadd(0, 0, 0, 20) pt3dadd(20, 0, 0, 20) nseg = 1 }
///     dend[1].L = 100                               // also diam, nseg, Ra, cm
///     forsec "dend" { diam = 2 }                    // every section whose name holds the text
///     forall { Ra = 100 cm = 1 all.append() }
///     access soma
///
/// and comments, `objref all`, `all = new SectionList()`, `forsec all`, `define_shape()`. Everything
/// else (procedures, loops, conditions, expressions, mechanisms, templates) is refused with its
/// line: a file that computes its morphology must be run by NEURON.
///
/// Sections are in the order of their creation. Those without points lie as `define_shape` of
/// NEURON lays them out, and all are moved so that they begin on their parents.
public enum HocReader {
  /// - Throws: `MorphologyFileError` with the line, what is wrong there and what would be right.
  public static func read(_ bytes: [UInt8]) throws(MorphologyFileError) -> MorphologyFile {
    var result: Result<HocModel, MorphologyFileError>?
    bytes.withUnsafeBufferPointer { buffer in
      var interpreter = HocInterpreter(buffer)
      do throws(MorphologyFileError) {
        try interpreter.run()
        result = .success(interpreter.model)
      } catch {
        result = .failure(error)
      }
    }
    guard let model = try result?.get() else {
      throw error(nil, "the file cannot be read", "it must hold hoc")
    }
    return try model.morphologyFile()
  }

  static func error(_ line: Int?, _ problem: String, _ remedy: String) -> MorphologyFileError {
    MorphologyFileError(format: .hoc, line: line, problem: problem, remedy: remedy)
  }
}
