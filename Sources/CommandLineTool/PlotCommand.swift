import ArgumentParser
import KernelFiles
import LFPKernels

/// `lfpkernels plot`: a picture of what a file holds.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draws the kernels, signals or morphology that a file holds.",
    discussion: """
      Example:
        lfpkernels plot kernels.h5 -o kernels.pdf
        lfpkernels plot signals.h5 -o signals.png
        lfpkernels plot cell.swc -o cell.svg
      """)

  @Argument(
    help: "File of kernels or signals (HDF5) or morphology (.swc, .asc, .hoc).",
    completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "Picture to write: .png, .svg or .pdf.", completion: .file())
  var output: String

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  func run() throws {
    let picture = try PictureFile(path: output, overwrite: force)
    if [".swc", ".asc", ".hoc"].contains(where: file.lowercased().hasSuffix) {
      let content = try MorphologyFile.read(path: file)
      try picture.write(MorphologyFigure.figure(of: content.morphology, title: file))
    } else if SignalFile.isOne(file) {
      try picture.write(SignalFigure.figure(of: SignalFile(file)))
    } else {
      try picture.write(KernelFigure.figure(of: KernelFile.read(file)))
    }
  }
}
