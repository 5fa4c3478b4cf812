import Testing

@testable import CommandLineTool

/// What `--help` says, as it is.
@Suite struct HelpTests {
  @Test func theTool() {
    #expect(
      Tool.helpMessage(columns: 80) + "\n" == """
        OVERVIEW: Predicts brain signals from the spiking of neuronal networks, by
        linear kernels.

        A network is described in a YAML file. To start from an example:

          lfpkernels init readme
          lfpkernels check readme.yaml
          lfpkernels kernels readme.yaml -o kernels.h5 --plot kernels.png

        USAGE: lfpkernels <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          init                    Writes an example description to start from.
          check                   Checks a description and prints the numbers that
                                  follow from it.
          cell                    Shows what a morphology file holds.
          kernels                 Computes the kernels of all connections and probes of
                                  a network.
          sweep                   Computes kernels over a parameter space.
          merge                   Joins the shards of a sweep to one file.
          plot                    Draws the kernels, the results of a sweep or the
                                  morphology that a file holds.

          See 'lfpkernels help <subcommand>' for detailed help.

        """)
  }

  @Test func initialising() {
    #expect(
      Tool.helpMessage(for: InitCommand.self, columns: 80) == """
        OVERVIEW: Writes an example description to start from.

        Examples:
          lfpkernels init                        writes readme.yaml
          lfpkernels init readme -o net.yaml
          lfpkernels init --list                 what there is

        USAGE: lfpkernels init [<name>] [--output <output>] [--force] [--list]

        ARGUMENTS:
          <name>                  Name of the example. (default: readme)

        OPTIONS:
          -o, --output <output>   File to write (default: NAME.yaml); - for standard
                                  output.
          --force                 Overwrite a file that exists.
          --list                  List the examples.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }

  @Test func checking() {
    #expect(
      Tool.helpMessage(for: CheckCommand.self, columns: 80) == """
        OVERVIEW: Checks a description and prints the numbers that follow from it.

        Example:
          lfpkernels check net.yaml

        Prints the synapses, indegree and outdegree of each connection, and the
        compartments, area, leak and time constant of each model cell, without and with
        the mean conductance of its synapses. All problems of the file are listed with
        their lines.

        USAGE: lfpkernels check <description> [--json]

        ARGUMENTS:
          <description>           Description of a network (YAML or JSON).

        OPTIONS:
          --json                  Print JSON.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }

  @Test func computingKernels() {
    #expect(
      Tool.helpMessage(for: KernelsCommand.self, columns: 80) == """
        OVERVIEW: Computes the kernels of all connections and probes of a network.

        Example:
          lfpkernels kernels net.yaml -o kernels.h5 --plot kernels.png

        The kernel of X onto Y at a probe is the mean signal that one spike of one
        neuron of X causes through its synapses onto Y. HDF5 holds it as
        /kernels/Y/X/probe, outputs x lags.

        USAGE: lfpkernels kernels <description> --output <output> [--plot <plot>] [--force] [--threads <threads>]

        ARGUMENTS:
          <description>           Description of a network (YAML or JSON).

        OPTIONS:
          -o, --output <output>   File to write: .h5 or .hdf5 (HDF5), or .npz (NumPy).
          --plot <plot>           Picture of the kernels to write: .png, .svg or .pdf.
          --force                 Overwrite files that exist.
          --threads <threads>     Cells to compute side by side (default: one per
                                  processor).
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }

  @Test func sweeping() {
    let help = Tool.helpMessage(for: SweepCommand.self, columns: 80)
    #expect(help.hasPrefix("OVERVIEW: Computes kernels over a parameter space.\n"))
    #expect(help.contains("\n  lfpkernels sweep sweep.yaml -o results\n"))
    #expect(help.contains("\n  --shard <shard> "))
  }

  @Test func plotting() {
    #expect(
      Tool.helpMessage(for: PlotCommand.self, columns: 80) == """
        OVERVIEW: Draws the kernels, the results of a sweep or the morphology that a
        file holds.

        Example:
          lfpkernels plot kernels.h5 -o kernels.pdf
          lfpkernels plot cell.swc -o cell.svg
          lfpkernels plot results/results.h5 -o norms.png --measure norm --over w

        USAGE: lfpkernels plot <file> --output <output> [--force] [--measure <measure>] [--over <over>]

        ARGUMENTS:
          <file>                  File of kernels or results of a sweep (HDF5) or
                                  morphology (.swc, .asc, .hoc).

        OPTIONS:
          -o, --output <output>   Picture to write: .png, .svg or .pdf.
          --force                 Overwrite a file that exists.
          --measure <measure>     Of a sweep: the measure to draw (default: kernels
                                  where they are stored).
          --over <over>           Of a sweep: one or two parameters to draw over, such
                                  as w or w,rate.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }
}
