import Foundation
import Testing

/// Pictures of a sweep of which one point fails.
@Suite struct SweepPlotTests {
  static let description = """
    time: {dt: 0.5, tau: 10}
    cells:
      stick:
        sections: {soma: {points: [[0, 0, -10, 20], [0, 0, 190, 4]]}}
        discretization: {max_length: 60}
        membrane: [{passive: {g: 0.0003}}]
        vrest: -65
    populations:
      E: {size: 80, rate: 2, cell: stick, somata: {radius: 100, depth: {norm: {loc: 0, scale: 50}}}}
      I: {size: 20, rate: 5}
    connections:
      - pre: E
        post: E
        probability: 0.1
        delay: 1
        synapse: {exp: {weight: 0.0002, tau: 2, e: 0}}
        placement: {sections: [soma]}
      - pre: I
        post: E
        indegree: 4
        delay: 1
        synapse: {exp: {weight: 0.001, tau: 5, e: -80}}
        placement: {sections: [soma], depth: {norm: {loc: 0, scale: 20}}}
    probes:
      lfp: {gauss_cylinder: {z: [200, 100, 0], sigma: 0.3, radius: 100, scale: 50}}
      dipole: {population_dipole: {}}
    sweep:
      parameters:
        p: {key: "connections[0].probability", values: [0.1, 0.2, 1.5]}
        w: {key: "connections[1].synapse.exp.weight", geomspace: {from: 0.0001, to: 0.01, count: 5}}
      store: {measures: [peak, norm], kernels: true}

    """

  private func swept() throws -> ToolDirectory {
    let directory = try ToolDirectory()
    try directory.write(Self.description, to: "sweep.yaml")
    #expect(try directory.run("sweep", "sweep.yaml", "-o", "results").status == 1)
    return directory
  }

  @Test func drawing() throws {
    let directory = try swept()
    let pictures = [
      [], ["--x", "w"], ["--x", "p"], ["--x", "p", "--y", "w"], ["--measure", "norm"],
      ["--x", "w", "--measure", "norm", "--measure", "latency"], ["--kernels", "--x", "w"],
      ["--kernels", "--x", "w", "--at", "p=0.19"], ["--kernels", "--x", "p"],
      ["--x", "w", "--probe", "lfp", "--output-index", "0"],
      ["--x", "w", "--probe", "lfp", "--output-index", "2", "--pathway", "I->E"],
    ]
    var seen: [Data] = []
    for (index, options) in pictures.enumerated() {
      let source = index % 2 == 0 ? "results" : "results/results.h5"
      let result = try directory.run(["plot", source, "-o", "\(index).png"] + options)
      if options.contains("latency") {
        // Measures are stored, and this one is not.
        #expect(result.errors.contains("has no measure 'latency'"))
        continue
      }
      #expect(result.status == 0 && result.output == "", "\(options): \(result)")
      let isComplete = options.contains("w") && !options.contains("--y")
      #expect(result.errors.contains("failed (") != isComplete, "\(options): \(result.errors)")
      let picture = try Data(contentsOf: directory.url.appendingPathComponent("\(index).png"))
      seen.append(picture)
    }
    // The second one is the first with --x p --y w said aloud.
    #expect(Set(seen).count == seen.count - 1)
  }

  @Test func mistakes() throws {
    let directory = try swept()
    try directory.write(
      Self.description.components(separatedBy: "sweep:")[0], to: "net.yaml")
    #expect(try directory.run("kernels", "net.yaml", "-o", "k.h5").status == 0)
    let cases: [([String], String)] = [
      (["results", "--x", "v"], "has no parameter 'v'; known are p and w"),
      (["results", "--x", "p", "--y", "p"], "goes together with p"),
      (["results", "--measure", "peek"], "has no measure 'peek'; did you mean 'peak'?"),
      (["results", "--probe", "lfb"], "has no probe 'lfb'; did you mean 'lfp'?"),
      (["results", "--pathway", "I->I"], "has no pathway 'I->I'"),
      (["results", "--output-index", "3"], "has 3 outputs, 0 ... 2"),
      (["results", "--at", "p=1", "--x", "p"], "varies in the picture"),
      (["results", "--at", "q=1", "--x", "p"], "has no parameter 'q'"),
      (["k.h5", "--x", "w"], "holds no sweep"),
      ([".", "--x", "w"], "holds no results of a sweep"),
    ]
    for (arguments, message) in cases {
      let result = try directory.run(["plot"] + arguments + ["-o", "p.png"])
      #expect(result.status == 1 && result.errors.contains(message), "\(arguments): \(result)")
      #expect(!(try directory.files.contains("p.png")))
    }
    #expect(try directory.run("plot", "results", "-o", "p.png", "--at", "p").status == 64)
    #expect(
      try directory.run("plot", "results", "-o", "p.png", "--kernels", "--measure", "peak").status
        == 64)
  }
}
