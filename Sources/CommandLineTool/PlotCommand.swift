import ArgumentParser
import KernelFiles

/// `lfpkernels plot`: a picture of what a file holds.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draws the kernels that a file holds.",
    discussion: """
      Example:
        lfpkernels plot kernels.h5 -o kernels.pdf
      """)

  @Argument(help: "File of kernels (HDF5).", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "Picture to write: .png, .svg or .pdf.", completion: .file())
  var output: String

  @Flag(help: "Overwrite a file that exists.")
  var force = false

  func run() throws {
    let picture = try PictureFile(path: output, overwrite: force)
    try picture.write(KernelFigure.figure(of: KernelFile.read(file)))
  }
}
