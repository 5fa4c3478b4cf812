import LFPKernels

@main
enum Benchmark {
  static func main() throws {
    for (name, network) in [
      (
        "27 compartments, 13 contacts, one kernel",
        try Case.readme(cell: Case.ballAndSticks(), pathways: ["I"])
      ),
      ("27 compartments, 13 contacts, both pathways", try Case.readme(cell: Case.ballAndSticks())),
      (
        "440 compartments, 16 contacts, one kernel",
        try Case.readme(
          cell: Case.ballAndSticks(apicalCompartments: 434), contacts: 16, pathways: ["I"])
      ),
    ] where CommandLine.arguments.count < 2 || name.contains(CommandLine.arguments[1]) {
      var best = Double.infinity
      var checksum = 0.0
      let clock = ContinuousClock()
      var err = 0.0
      for _ in 0..<2000 {
        let start = clock.now
        let kernels = try KernelEngine(network).kernels()
        let duration = clock.now - start
        best = min(best, Double(duration.components.attoseconds) * 1e-12)
        checksum += kernels[0].values[0, 900]
        err = kernels[0].errorEstimate ?? 0
      }
      print(name, "best", best, "us", checksum, err)
    }
  }
}
