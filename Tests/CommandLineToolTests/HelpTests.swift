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
          poisson                 Writes random spikes at the rates of a network's
                                  populations.
          predict                 Predicts signals from kernels and spikes.
          compare                 Compares the signals of two files.
          plot                    Draws the kernels, signals, sweep or morphology that
                                  a file holds.

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
        their lines, among them cells that do not fit into what a probe measures in.

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
        OVERVIEW: Draws the kernels, signals, sweep or morphology that a file holds.

        Example:
          lfpkernels plot kernels.h5 -o kernels.pdf
          lfpkernels plot signals.h5 -o signals.png
          lfpkernels plot cell.swc -o cell.svg
          lfpkernels plot results -o sweep.png --measure peak --x w --y rate
          lfpkernels plot results -o family.png --kernels --x w --pathway "I->E"

        Of a sweep it draws a measure over one parameter or two, or kernels over a
        parameter. Points that failed or are missing are gaps.

        USAGE: lfpkernels plot <file> --output <output> [--force] [--x <x>] [--y <y>] [--measure <measure> ...] [--kernels] [--probe <name> ...] [--pathway <name> ...] [--output-index <output-index>] [--at <name=value> ...]

        ARGUMENTS:
          <file>                  Kernels, signals or results of a sweep (HDF5 or
                                  directory), or morphology.

        SWEEPS:
          --x <x>                 Parameter to the right (default: the first that
                                  varies).
          --y <y>                 Parameter upwards (default: the second that varies,
                                  unless --x is given).
          --measure <measure>     Measure, such as peak (default: the first; may be
                                  repeated).
          --kernels               Draw kernels, one for each value of a parameter.
          --probe <name>          Probe (default: all; may be repeated).
          --pathway <name>        Pathway, as in I->E (default: all; may be repeated).
          --output-index <output-index>
                                  Output of the probe, from 0 (default: that of the
                                  largest signal).
          --at <name=value>       Value of another parameter, the nearest is taken
                                  (default: the first; may be repeated).

        OPTIONS:
          -o, --output <output>   Picture to write: .png, .svg or .pdf.
          --force                 Overwrite a file that exists.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }

  @Test func predicting() {
    #expect(
      Tool.helpMessage(for: PredictCommand.self, columns: 80) == """
        OVERVIEW: Predicts signals from kernels and spikes.

        Examples:
          lfpkernels predict kernels.h5 spikes.h5 -o signals.h5 --plot signals.png
          lfpkernels predict k.h5 s-*.dat --nodes E=1-8192 --nodes I=8193-9216 -o s.h5
          lfpkernels predict k.h5 E=e.gdf I=i.gdf -o s.h5 --to 1000 --pathways
          lfpkernels predict results spikes.h5 -o signals.h5 --window 100

        The signal of a probe is the sum of the populations' spikes per time step,
        convolved with their kernels. HDF5 holds it as /signals/probe/total, outputs x
        times. A spike belongs to the step whose time is nearest. Spikes are read from
        SONATA, LFPy and NWB (HDF5), NEST (.dat, .gdf), tables with titles (time and
        population or node), or as counts per step (.npy, .npz, HDF5); - is standard
        input, and text may be packed by gzip.

        Results of a sweep that stores kernels are a bank: each spike takes the kernels
        of the state that the network has at its time, between the levels of the sweep.

        USAGE: lfpkernels predict [<options>] <kernels> <spikes> ... --output <output>

        ARGUMENTS:
          <kernels>               Kernels, or a sweep that stores them (HDF5,
                                  directory).
          <spikes>                Files of spikes; NAME=FILE where a file is of one
                                  population.

        SPIKES:
          --nodes <map>           Which nodes are whose: E=1-8192, I=3,7-9, E=cortex or
                                  E=cortex:0-99 (a population of the file); or a YAML
                                  or JSON file of these, or NEST's file of first and
                                  last ids.
          --names <names>         Names, as in E,I, of the rows of binned activity or
                                  the lines of NEST's file of ids.
          --format <format>       Format of the files, where content and ending do not
                                  tell. (values: sonata, lfpy, nest, csv, nwb, binned,
                                  npy, npz)
          --resolution <resolution>
                                  NEST's resolution, ms, for times in steps.
          --bin-width <bin-width> Width of the bins of binned activity, ms, where the
                                  file does not say.
          --ignore-columns <names>
                                  Columns of tables that do not matter, as in trial,x.
          --resample              Bring binned activity to the kernels' step, keeping
                                  the number of spikes.

        SIGNALS:
          --from <from>           First time, ms. (default: 0.0)
          --to <to>               End, ms: times are before it (default: last spike and
                                  length of the kernels).
          --probe <name>          Probe (default: all; may be repeated).
          --pathways              Store the signal of each pathway, too.
          --populations           Store the signal that each population's cells make,
                                  too.
          --decimate <decimate>   Store every Nth time only, after a low-pass filter.
                                  (default: 1)
          --plan <plan>           How signals are computed. (values: automatic, dense,
                                  low-rank, state-space, events; default: automatic)
          --tolerance <tolerance> Error that a plan may make, relative to the kernels.
                                  (default: 1e-11)
          --threads <threads>     Stretches of time to compute side by side (default:
                                  one per processor).

        BANKS:
          --window <window>       Length of the window in which rates are counted, ms
                                  (default: 100).
          --interpolation <interpolation>
                                  Kernels between levels: interpolated, or of the
                                  nearest (default: linear). (values: linear, nearest)
          --level <name=value>    Value of a parameter at all times (needed where
                                  spikes do not tell it; may be repeated).
          --clamp                 Take the outermost level beyond it.

        OPTIONS:
          -o, --output <output>   File to write: .h5 or .hdf5 (HDF5).
          --sonata <sonata>       SONATA extracellular report of the probe to write,
                                  too (.h5).
          --plot <plot>           Picture of the signals to write: .png, .svg or .pdf.
          --force                 Overwrite files that exist.
          --json                  Print a report on spikes and plan as JSON.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }

  @Test func comparing() {
    #expect(
      Tool.helpMessage(for: CompareCommand.self, columns: 80) == """
        OVERVIEW: Compares the signals of two files.

        Example:
          lfpkernels compare predicted.h5 simulated.h5 --from 500

        Prints for each channel the squared coefficient of correlation (R2) and the
        ratio of the standard deviations, of the first file to the second, for the
        signals as they are and below a frequency (elliptic filter of second order,
        forwards and backwards).

        USAGE: lfpkernels compare <prediction> <reference> [--low-pass <low-pass>] [--from <from>] [--to <to>] [--json]

        ARGUMENTS:
          <prediction>            File of signals that is judged (HDF5).
          <reference>             File of signals by which it is judged.

        OPTIONS:
          --low-pass <low-pass>   Edge of the low-pass filter, Hz. (default: 100.0)
          --from <from>           First time to compare, ms.
          --to <to>               End, ms: times before it are compared.
          --json                  Print JSON.
          --version               Show the version.
          -h, --help              Show help information.

        """)
  }
}
