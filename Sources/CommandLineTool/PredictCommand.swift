import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels

extension SpikeFileFormat: ExpressibleByArgument {}
extension PredictionPlan.Choice: ExpressibleByArgument {}

/// `lfpkernels predict`: signals from kernels and spikes.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predicts signals from kernels and spikes.",
    discussion: """
      Examples:
        lfpkernels predict kernels.h5 spikes.h5 -o signals.h5 --plot signals.png
        lfpkernels predict k.h5 s-*.dat --nodes E=1-8192 --nodes I=8193-9216 -o s.h5
        lfpkernels predict k.h5 E=e.gdf I=i.gdf -o s.h5 --to 1000 --pathways
        lfpkernels predict results spikes.h5 -o signals.h5 --window 100

      The signal of a probe is the sum of the populations' spikes per time step, convolved with their \
      kernels. HDF5 holds it as /signals/probe/total, outputs x times. A spike belongs to the step \
      whose time is nearest. Spikes are read from SONATA, LFPy and NWB (HDF5), NEST (.dat, .gdf), \
      tables with titles (time and population or node), or as counts per step (.npy, .npz, HDF5); - is \
      standard input, and text may be packed by gzip.

      Results of a sweep that stores kernels are a bank: each spike takes the kernels of the state that \
      the network has at its time, between the levels of the sweep.
      """)

  @Argument(help: "Kernels, or a sweep that stores them (HDF5, directory).", completion: .file())
  var kernels: String

  @Argument(
    help: "Files of spikes; NAME=FILE where a file is of one population.", completion: .file())
  var spikes: [String]

  @OptionGroup(title: "Spikes")
  var input: SpikeOptions

  @OptionGroup(title: "Signals")
  var signals: SignalOptions

  @OptionGroup(title: "Banks")
  var bank: BankOptions

  @Option(
    name: .shortAndLong, help: "File to write: .h5 or .hdf5 (HDF5).", completion: .file())
  var output: String

  @Option(
    help: "SONATA extracellular report of the probe to write, too (.h5).", completion: .file())
  var sonata: String?

  @Option(help: "Picture of the signals to write: .png, .svg or .pdf.", completion: .file())
  var plot: String?

  @Flag(help: "Overwrite files that exist.")
  var force = false

  @Flag(help: "Print a report on spikes and plan as JSON.")
  var json = false

  func run() throws {
    // What can go wrong is found before the long work.
    try SignalFileWriter.checkWritable(output, overwrite: force)
    if let sonata { try checkWritableHDF5(sonata, overwrite: force) }
    let picture = try plot.map { try PictureFile(path: $0, overwrite: force) }
    try checkPlaces()
    let source = try KernelInput(path: kernels, bank)
    try checkApart(written: [output, sonata, plot], read: source.files)
    let contents = source.contents
    guard let dt = contents.kernels.first?.dt else {
      throw InputError("\(kernels): holds no kernels")
    }
    StandardError.progress("reading spikes")
    let grid = TimeGrid(first: signals.from, dt: dt)
    let (activity, spikeReport, sources) = try input.read(spikes, on: grid, for: contents)
    let (prediction, bankReport) = try source.prediction(activity, signals)
    let report = prediction.complete(spikeReport)
    // Spikes beyond times that were asked for are left out on purpose.
    let isChosen = (start: signals.from != 0, end: signals.to != nil)
    var warnings = report.warnings(startIsChosen: isChosen.start, endIsChosen: isChosen.end)
    if activity.end(of: prediction.inputs) == nil {
      warnings.append(
        "no spikes were found (of \(prediction.inputs.joined(separator: ", "))): the signal is 0")
    }
    for warning in warnings { StandardError.write("warning: \(warning)\n") }
    for note in report.notes(startIsChosen: isChosen.start, endIsChosen: isChosen.end) {
      StandardError.write("note: \(note)\n")
    }
    if let bankReport { StandardError.progress("\(kernels): \(bankReport.text)") }
    if let stray = prediction.stray { StandardError.write("note: \(stray)\n") }
    for part in prediction.parts {
      StandardError.progress(
        "\(part.probe)/\(part.name): \(part.predictor.plan.form) for \(prediction.steps) steps")
    }
    let header = prediction.header(
      kernels: contents,
      kernelFile: try source.source(), spikes: sources, programVersion: toolVersion)
    if sonata != nil, header.probes.count != 1 || header.probes[0].unit != "mV" {
      let potentials = contents.probes.filter { $0.unit == "mV" }.map(\.name)
      throw InputError(
        "--sonata: a report holds the potential of one probe; choose it with --probe"
          + (potentials.isEmpty ? "" : " (\(potentials.joined(separator: ", ")))"))
    }
    let start = Date()
    var progress = ProgressLine("predicting")
    try prediction.write(
      header, to: .init(path: output, sonata: sonata, overwrite: force)
    ) { done, all in progress.update(done, of: all) }
    let seconds = String(format: "%.2f", Date().timeIntervalSince(start))
    StandardError.progress(
      "wrote \(header.signals.count) signals of \(header.count) times to \(output) in \(seconds) s")
    if json {
      try StandardOutput.print(
        try PredictionReport(
          output: output, header, report, warnings: warnings, prediction.parts, bankReport
        ).json())
    }
    try picture?.write(SignalFigure.figure(of: SignalFile(output)))
  }
}

extension PredictCommand {
  /// A file that is written is none of those that are read, nor another one that is written.
  private func checkPlaces() throws {
    let read = [kernels] + spikes.map { SpikeOptions.parts(of: $0).path } + input.nodes
    try checkApart(written: [output, sonata, plot], read: read)
    if let sonata, isSameFile(output, sonata) {
      throw InputError("--sonata: \(sonata) is the file of signals, too; choose another name")
    }
  }
}

/// What spikes are and how they are read.
struct SpikeOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Which nodes are whose: E=1-8192, I=3,7-9, E=cortex or E=cortex:0-99 (a population of the "
        + "file); or a YAML or JSON file of these, or NEST's file of first and last ids.",
      valueName: "map"))
  var nodes: [String] = []

  @Option(
    help: "Names, as in E,I, of the rows of binned activity or the lines of NEST's file of ids.")
  var names: String?

  @Option(help: "Format of the files, where content and ending do not tell.")
  var format: SpikeFileFormat?

  @Option(help: "NEST's resolution, ms, for times in steps.")
  var resolution: Double?

  @Option(help: "Width of the bins of binned activity, ms, where the file does not say.")
  var binWidth: Double?

  @Option(
    help: ArgumentHelp(
      "Columns of tables that do not matter, as in trial,x.", valueName: "names"))
  var ignoreColumns: String?

  @Flag(help: "Bring binned activity to the kernels' step, keeping the number of spikes.")
  var resample = false

  func validate() throws {
    for (name, value) in [("--resolution", resolution), ("--bin-width", binWidth)] {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("\(name) is \(value); it must be positive and finite")
      }
    }
  }

  /// The activity in all files on a grid, what was odd, and the files with their digests.
  func read(
    _ files: [String], on grid: TimeGrid, for kernels: KernelFileContents
  ) throws -> (PopulationActivity, SpikeReport, [SignalFileHeader.Source]) {
    var options = SpikeFileOptions(
      format: format, resolution: resolution, binWidth: binWidth, names: Self.list(names),
      ignoredColumns: Self.list(ignoreColumns))
    let map = nodes.isEmpty ? nil : try NodeMap.reading(nodes, names: options.names)
    var (tables, activity) = ([SpikeTable](), PopulationActivity(on: grid))
    // A file of ids has its populations from --names.
    var used: Set<SpikeFileOptions.Use> =
      nodes.contains(where: NodeMap.needsNames) ? [.names] : []
    var hasBins = false
    var sources: [SignalFileHeader.Source] = []
    for (index, argument) in files.enumerated() {
      guard files.firstIndex(of: argument) == index else {
        throw InputError("\(argument): is given twice; its spikes would count twice")
      }
      let (population, path) = SpikeOptions.parts(of: argument)
      options.population = population
      let (contents, ofUse) = try SpikeFile.readTellingUse(path: path, options: options)
      used.formUnion(ofUse)
      switch contents {
      case .spikes(let table): tables.append(table)
      case .binned(let binned):
        hasBins = true
        try activity.add(binned, resampling: resample)
      }
      sources.append(.init(file: path, sha256: try sha256(ofFile: path)))
    }
    let listed = files.map { SpikeOptions.parts(of: $0).path }.joined(separator: ", ")
    try options.check(used: used, files: listed)
    if resample, !hasBins {
      throw InputError("\(listed): has no bins, which --resample is for; leave it out")
    }
    let spikes = try PopulationSpikes(tables, map: map)
    try activity.add(spikes)
    try SpikeOptions.check(
      activity, kernels, isSilent: spikes.report.read == 0 && !hasBins)
    return (activity, spikes.report, sources)
  }

  /// The parts of a text between commas.
  private static func list(_ text: String?) -> [String] {
    text?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
  }

  /// `E=spikes.gdf`, unless a file is called so.
  static func parts(of argument: String) -> (population: String?, path: String) {
    guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex,
      !argument[..<equals].contains("/"), !FileManager.default.fileExists(atPath: argument)
    else { return (nil, argument) }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }

  /// Spikes of none of the kernels' populations are a mistake; a population without spikes is silent.
  private static func check(
    _ activity: PopulationActivity, _ kernels: KernelFileContents, isSilent: Bool
  ) throws {
    var wanted: [String] = []
    for kernel in kernels.kernels where !wanted.contains(kernel.presynaptic) {
      wanted.append(kernel.presynaptic)
    }
    // That is said when it is known until when the signal shall reach.
    if isSilent { return }
    let found = activity.populations
    guard !wanted.contains(where: found.contains) else {
      for name in wanted where activity.end(of: [name]) == nil {
        StandardError.write("warning: \(name) has kernels, but no spikes\n")
      }
      return
    }
    let example = wanted.first ?? "E"
    let there = found.joined(separator: ", ")
    throw InputError(
      "the spikes are of \(there), and the kernels of \(wanted.joined(separator: ", ")); say which "
        + "are whose, as in --nodes \(example)=\(found.first ?? "1-8192")")
  }
}

/// Which signals are computed, and how.
struct SignalOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "First time, ms.")
  var from = 0.0

  @Option(
    parsing: .unconditional,
    help: "End, ms: times are before it (default: last spike and length of the kernels).")
  var to: Double?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Probe (default: all; may be repeated).", valueName: "name"))
  var probe: [String] = []

  @Flag(help: "Store the signal of each pathway, too.")
  var pathways = false

  @Flag(help: "Store the signal that each population's cells make, too.")
  var populations = false

  @Option(help: "Store every Nth time only, after a low-pass filter.")
  var decimate = 1

  @Option(help: "How signals are computed.")
  var plan = PredictionPlan.Choice.automatic

  @Option(help: "Error that a plan may make, relative to the kernels.")
  var tolerance = 1e-11

  @Option(help: "Stretches of time to compute side by side (default: one per processor).")
  var threads: Int?

  func validate() throws {
    guard from.isFinite, to.map({ $0.isFinite && $0 > from }) ?? true else {
      throw ValidationError("--to must be after --from, and both finite numbers of ms")
    }
    guard !(pathways && populations) else {
      throw ValidationError("give --pathways or --populations, not both")
    }
    guard (1...Decimator.largestFactor).contains(decimate) else {
      throw ValidationError(
        "--decimate \(decimate): a number from 1 to \(Decimator.largestFactor) is needed")
    }
    guard tolerance >= 0, tolerance < 1 else {
      throw ValidationError("--tolerance is \(tolerance); it must be at least 0 and below 1")
    }
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads): at least 1 is needed")
    }
  }

  func prediction(
    _ levels: [KernelFileContents], _ schedule: LevelSchedule, file: String,
    _ activity: PopulationActivity
  ) throws -> FilePrediction {
    var options = FilePrediction.Options()
    options.from = from
    options.to = to
    options.probes = probe.isEmpty ? nil : probe
    options.detail = pathways ? .pathways : populations ? .populations : .total
    options.decimation = decimate
    options.plan = plan
    options.tolerance = tolerance
    options.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    do {
      return try FilePrediction(
        levels: levels, schedule: schedule, file: file, activity: activity, options: options)
    } catch let error as PredictionError {
      throw InputError("\(file): \(error)")
    }
  }
}
