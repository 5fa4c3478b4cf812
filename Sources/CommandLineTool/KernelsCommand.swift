import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels
import Pictures

/// `lfpkernels kernels`: the kernels of all connections and probes.
struct KernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Computes the kernels of all connections and probes of a network.",
    discussion: """
      Example:
        lfpkernels kernels net.yaml -o kernels.h5 --plot kernels.png

      The kernel of X onto Y at a probe is the mean signal that one spike of one neuron of X \
      causes through its synapses onto Y. HDF5 holds it as /kernels/Y/X/probe, outputs x lags.
      """)

  @Argument(help: "Description of a network (YAML or JSON).", completion: .file())
  var description: String

  @Option(
    name: .shortAndLong, help: "File to write: .h5 or .hdf5 (HDF5), or .npz (NumPy).",
    completion: .file())
  var output: String

  @Option(help: "Picture of the kernels to write: .png, .svg or .pdf.", completion: .file())
  var plot: String?

  @Flag(help: "Overwrite files that exist.")
  var force = false

  @Option(help: "Cells to compute side by side (default: one per processor).")
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads \(threads): at least 1 is needed")
    }
  }

  func run() throws {
    // What can go wrong is found before the long work.
    try checkApart(written: [output, plot], read: [description])
    try KernelFile.checkWritable(output, overwrite: force)
    let picture = try plot.map { path in
      try PictureFile(path: path, overwrite: force)
    }
    let input = try NetworkInput(path: description)
    try checkApart(written: [output, plot], from: input.file)
    let network = input.file.network
    for (what, isEmpty) in [
      ("connections", network.connections.isEmpty), ("probes", network.probes.isEmpty),
    ] where isEmpty {
      throw InputError("\(description): has no \(what), so there are no kernels to compute")
    }
    let probes = try input.probes()
    StandardError.progress(
      "computing kernels of \(network.connections.count) connections at \(probes.count) probes")
    let start = Date()
    let kernels = try input.kernels(
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let contents = KernelFileContents(
      kernels: kernels.map(KernelFileContents.Kernel.init), probes: probes,
      spreads: try input.spreads(), average: network.settings.average,
      description: input.file.text, descriptionSHA256: sha256(canonicalDescription(of: network)),
      programVersion: toolVersion)
    for kernel in contents.kernels where kernel.values.storage.allSatisfy({ $0 == 0 }) {
      StandardError.write(
        "warning: the kernel \(kernel.name) is 0 at all lags; are weight, rate and conductivity in "
          + "their units?\n")
    }
    try KernelFile.write(contents, to: output, overwrite: force)
    try picture?.write(KernelFigure.figure(of: contents))
    let seconds = String(format: "%.2f", Date().timeIntervalSince(start))
    StandardError.progress("wrote \(kernels.count) kernels to \(output) in \(seconds) s")
  }
}

extension KernelFileContents.Kernel {
  init(_ kernel: Kernel) {
    self.init(
      postsynaptic: kernel.post, presynaptic: kernel.pre, probe: kernel.probe,
      values: kernel.values, dt: kernel.dt, firstLag: kernel.firstLag,
      errorEstimate: kernel.errorEstimate, averageError: kernel.averageError)
  }
}
