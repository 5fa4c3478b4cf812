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
        lfpkernels plot results/results.h5 -o norms.png --measure norm --over w
      """)

  @Argument(
    help: "File of kernels, signals or a sweep (HDF5) or morphology (.swc, .asc, .hoc).",
    completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "Picture to write: .png, .svg or .pdf.", completion: .file())
  var output: String

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  @Option(help: "Of a sweep: the measure to draw (default: kernels where they are stored).")
  var measure: String?

  @Option(help: "Of a sweep: one or two parameters to draw over, such as w or w,rate.")
  var over: String?

  func run() throws {
    let picture = try PictureFile(path: output, overwrite: force)
    if [".swc", ".asc", ".hoc"].contains(where: file.lowercased().hasSuffix) {
      let content = try MorphologyFile.read(path: file)
      try picture.write(MorphologyFigure.figure(of: content.morphology, title: file))
    } else if try HDF5File(reading: file).isSweep {
      let figure = try SweepFigure(
        SweepResults(path: file), measure: measure,
        over: over.map { $0.split(separator: ",").map { String($0) } })
      try picture.write(figure.figure())
    } else if SignalFile.isOne(file) {
      try picture.write(SignalFigure.figure(of: SignalFile(file)))
    } else {
      try picture.write(KernelFigure.figure(of: KernelFile.read(file)))
    }
  }
}
