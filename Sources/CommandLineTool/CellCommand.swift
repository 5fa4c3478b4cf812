import ArgumentParser
import KernelFiles
import LFPKernels

extension MorphologyFormat: ExpressibleByArgument {}
extension SWCSoma: ExpressibleByArgument {}
extension AxonImport: ExpressibleByArgument {}

/// `lfpkernels cell`: what a morphology file holds.
struct CellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cell",
    abstract: "Shows what a morphology file holds.",
    discussion: """
      Example:
        lfpkernels cell pyramidal.swc --plot cell.png

      Reads SWC, Neurolucida ASC and hoc files and prints sections, lengths, areas and compartments \
      by type, depths, electrotonic length and input resistance for a passive membrane, and what \
      was odd in the file.
      """)

  @Argument(help: "Morphology file (.swc, .asc, .hoc).", completion: .file())
  var file: String

  @Option(help: "Format of the file, where content and ending do not tell.")
  var format: MorphologyFormat?

  @Option(help: "How the soma of an SWC file is meant.")
  var soma: SWCSoma = .neuron

  @Option(help: "What becomes of the axon.")
  var axon: AxonImport = .keep

  @Option(help: "um per unit of the file.")
  var scale = 1.0

  @Flag(name: .customLong("swap-yz"), help: "The file's y axis points upwards.")
  var swapsYAndZ = false

  @Flag(help: "Turn the cell's principal axis upright.")
  var upright = false

  @Flag(name: .customLong("centre"), help: "Move the soma to the origin.")
  var centresSoma = false

  @Flag(help: "Take warnings as errors.")
  var strict = false

  @Option(
    name: .customLong("lambda-f"),
    help: "Frequency of the d_lambda rule, Hz (default: what a hoc file sets, else 100).")
  var frequency: Double?

  @Option(name: .customLong("max-length"), help: "Greatest length of compartments, um, instead.")
  var maximumLength: Double?

  @Option(name: .customLong("Ra"), help: "Axial resistivity, ohm cm.")
  var axialResistivity: Double?

  @Option(help: "Membrane capacitance, uF/cm2.")
  var cm: Double?

  @Option(name: .customLong("g"), help: "Passive membrane conductance, S/cm2.")
  var conductance = 1e-4

  @Option(help: "Picture of the cell to write: .png, .svg or .pdf.", completion: .file())
  var plot: String?

  @Flag(help: "Overwrite a picture that exists.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    let positive: [(String, Double?)] = [
      ("--lambda-f", frequency), ("--max-length", maximumLength), ("--Ra", axialResistivity),
      ("--cm", cm), ("--g", conductance), ("--scale", scale),
    ]
    for (name, value) in positive {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("\(name) is \(value); it must be positive and finite")
      }
    }
    if frequency != nil && maximumLength != nil {
      throw ValidationError("give --lambda-f or --max-length, not both")
    }
  }

  func run() throws {
    try checkApart(written: [plot], read: [file])
    try refuse(
      [.kernels, .signals, .sweep, .spikes, .otherHDF5, .numpy, .description], at: file,
      needed: "a morphology")
    let picture = try plot.map { try PictureFile(path: $0, overwrite: force) }
    let content = try MorphologyFile.read(
      path: file, format: format, soma: soma,
      options: ImportOptions(
        axon: axon, scale: scale, swapsYAndZ: swapsYAndZ, turnsUpright: upright,
        centresSoma: centresSoma), strict: strict)
    let measures: CellMeasures
    do {
      measures = try CellMeasures(cell(content), name: file)
    } catch {
      throw InputError("\(file): \(error.message)")
    }
    let report = CellReport(file: file, content, measures)
    for warning in content.warnings {
      StandardError.write(
        "warning: \(file)\(warning.line.map { ":\($0)" } ?? ""): \(warning.message)\n")
    }
    try StandardOutput.print(json ? try report.json() : report.text)
    try picture?.write(MorphologyFigure.figure(of: content.morphology, title: file))
  }

  private func rule(_ content: MorphologyFile) -> Discretization {
    if let frequency { return .lambda(frequency: frequency) }
    if let maximumLength { return .maximumLength(maximumLength) }
    return content.discretization ?? .lambda()
  }

  private func cell(_ content: MorphologyFile) -> Cell {
    func values(_ given: Double?, _ key: KeyPath<SectionSettings, Double?>, _ otherwise: Double)
      -> SectionValues
    {
      if let given { return SectionValues(given) }
      var result = SectionValues(otherwise)
      for (section, setting) in zip(content.morphology.sections, content.settings) {
        if let value = setting[keyPath: key] { result.bySection[section.name] = value }
      }
      return result
    }
    return Cell(
      morphology: content.morphology, discretization: rule(content),
      axialResistivity: values(axialResistivity, \.axialResistivity, 100),
      capacitance: values(cm, \.capacitance, 1),
      membrane: [MembraneEntry(.passive(conductance: conductance))])
  }
}
