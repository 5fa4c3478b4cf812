import ArgumentParser

@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the time that LFPKernels takes.",
    discussion: "Scripts/benchmark runs it with all that it needs.",
    subcommands: [
      KernelBenchmark.self, CellBenchmark.self, ProbeBenchmark.self, PredictionBenchmark.self,
      SweepBenchmark.self,
    ],
    defaultSubcommand: KernelBenchmark.self)
}
