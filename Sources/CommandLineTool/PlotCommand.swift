import ArgumentParser
import KernelFiles
import LFPKernels
import ParameterSweeps

/// `lfpkernels plot`: a picture of what a file holds.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draws the kernels, signals, sweep or morphology that a file holds.",
    discussion: """
      Example:
        lfpkernels plot kernels.h5 -o kernels.pdf
        lfpkernels plot signals.h5 -o signals.png
        lfpkernels plot cell.swc -o cell.svg
        lfpkernels plot results -o sweep.png --measure peak --x w --y rate
        lfpkernels plot results -o family.png --kernels --x w --pathway "I->E"

      Of a sweep it draws a measure over one parameter or two, or kernels over a parameter. Points that \
      failed or are missing are gaps.
      """)

  @Argument(
    help: "Kernels, signals or results of a sweep (HDF5 or directory), or morphology.",
    completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "Picture to write: .png, .svg or .pdf.", completion: .file())
  var output: String

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  @OptionGroup(title: "Sweeps")
  var sweep: SweepPlotOptions

  func run() throws {
    try checkApart(written: [output], read: [file])
    let picture = try PictureFile(path: output, overwrite: force)
    try refuse(
      [.spikes, .description], at: file, needed: "kernels, signals, a sweep or a morphology")
    if [".swc", ".asc", ".hoc"].contains(where: file.lowercased().hasSuffix) {
      let content = try MorphologyFile.read(path: file)
      try sweep.refuse(for: file)
      try picture.write(MorphologyFigure.figure(of: content.morphology, title: file))
    } else if SweepResults.areThere(file) {
      let figure = try SweepFigure(SweepResults(path: file), sweep.choice)
      try picture.write(figure.figure())
      if let gaps = try figure.gaps() { StandardError.write("warning: \(file): \(gaps)\n") }
    } else if SignalFile.isOne(file) {
      try sweep.refuse(for: file)
      try picture.write(SignalFigure.figure(of: SignalFile(file)))
    } else {
      let contents = try KernelFile.read(file)
      try sweep.refuse(for: file)
      try picture.write(KernelFigure.figure(of: contents))
    }
  }
}

/// What a picture of a sweep shows.
struct SweepPlotOptions: ParsableArguments {
  @Option(help: "Parameter to the right (default: the first that varies).")
  var x: String?

  @Option(help: "Parameter upwards (default: the second that varies, unless --x is given).")
  var y: String?

  @Option(
    parsing: .singleValue,
    help: "Measure, such as peak (default: the first; may be repeated).")
  var measure: [String] = []

  @Flag(help: "Draw kernels, one for each value of a parameter.")
  var kernels = false

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Probe (default: all; may be repeated).", valueName: "name"))
  var probe: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Pathway, as in I->E (default: all; may be repeated).", valueName: "name"))
  var pathway: [String] = []

  @Option(help: "Output of the probe, from 0 (default: that of the largest signal).")
  var outputIndex: Int?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Value of another parameter, the nearest is taken (default: the first; may be repeated).",
      valueName: "name=value"))
  var at: [String] = []

  func validate() throws {
    if kernels, !measure.isEmpty {
      throw ValidationError("give --kernels or --measure, not both")
    }
    _ = try fixed
  }

  /// The values of `--at`.
  private var fixed: [(name: String, value: Double)] {
    get throws {
      try at.map { text in
        guard let equals = text.lastIndex(of: "="), equals > text.startIndex,
          let value = Double(text[text.index(after: equals)...]), value.isFinite
        else {
          throw ValidationError("--at \(text): a parameter and a number are needed, as in w=0.1")
        }
        return (String(text[..<equals]), value)
      }
    }
  }

  var choice: SweepChoice {
    get throws {
      SweepChoice(
        x: x, y: y, measures: measure, kernels: kernels, probes: probe, pathways: pathway,
        output: outputIndex, fixed: try fixed)
    }
  }

  /// Options that a file has no use for are a mistake.
  func refuse(for file: String) throws {
    let isGiven =
      x != nil || y != nil || kernels || outputIndex != nil
      || !(measure + probe + pathway + at).isEmpty
    if isGiven {
      throw InputError("\(file): holds no sweep, which --x, --y, --measure and the like are for")
    }
  }
}
