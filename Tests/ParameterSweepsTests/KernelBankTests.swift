import KernelFiles
import LFPKernels
import Testing

@testable import ParameterSweeps

/// Kernels between levels of a network's state.
@Suite struct KernelBankTests {
  private func bank(_ section: String, _ directory: ResultDirectory) throws -> KernelBank {
    _ = try SweepRun(
      smallSweep(section), directory: directory.path, programVersion: "test"
    ).run()
    return try KernelBank(SweepResults(path: directory.path))
  }

  private static let grid = """
      parameters:
        populations.E.rate: [8, 2, 4]
        cells.stick.vrest: [-70, -60]
        fixed: [1]
      store: {kernels: true}

    """

  @Test func levelsArePickedAndInterpolated() throws {
    let directory = try ResultDirectory()
    let bank = try bank(Self.grid, directory)
    #expect(bank.axes.map(\.parameter) == ["populations.E.rate", "cells.stick.vrest"])
    #expect(bank.axes.map(\.levels) == [[2, 4, 8], [-70, -60]])
    #expect(bank.axes.map(\.populations) == [["E"], []])
    // Rate 4 at -70 mV is point 4, at -60 mV point 5; rate 8 points 0 and 1.
    #expect(try bank.shares(at: [4, -70]) == [.init(point: 4, weight: 1)])
    #expect(try bank.shares(at: [4.9, -66], .nearest) == [.init(point: 4, weight: 1)])
    #expect(try bank.shares(at: [100, 0], clamping: true) == [.init(point: 1, weight: 1)])
    #expect(try bank.shares(at: [0, -99], clamping: true) == [.init(point: 2, weight: 1)])
    let shares = try bank.shares(at: [5, -62.5])
    #expect(shares.map(\.point) == [4, 5, 0, 1])
    #expect(shares.map(\.weight) == [0.1875, 0.5625, 0.0625, 0.1875])
    #expect(try bank.kernels(at: [8, -60]) == bank.results.kernels(ofPoint: 1))
    let corners = try shares.map { try bank.results.kernels(ofPoint: $0.point) }
    for (index, kernel) in try bank.kernels(at: [5, -62.5]).enumerated() {
      for (entry, value) in kernel.values.storage.enumerated() {
        let terms = zip(corners, shares).map { $0[index].values.storage[entry] * $1.weight }
        // Sums of four in one order or another.
        let scale = terms.reduce(0) { $0 + abs($1) }
        #expect(abs(value - terms.reduce(0, +)) <= 1e-15 * scale)
      }
    }
  }

  /// Linear in the leak that rates set, kernels change little from level to level: the error falls with
  /// the square of the distance.
  @Test func interpolationConverges() throws {
    func error(_ low: Double, _ high: Double) throws -> Double {
      let directory = try ResultDirectory()
      let middle = (low + high) / 2
      let bank = try bank(
        "  parameters: {populations.E.rate: [\(low), \(middle), \(high)]}\n  store: {kernels: true}\n",
        directory)
      let exact = try bank.kernels(at: [middle])[0].values
      let ends = try [low, high].map { try bank.kernels(at: [$0])[0].values }
      return (0.5 * ends[0] + 0.5 * ends[1] - exact).maximumMagnitude / exact.maximumMagnitude
    }
    let (coarse, fine) = (try error(10, 50), try error(20, 40))
    #expect(coarse > 0 && fine < 0.3 * coarse && fine > 0.2 * coarse)
  }

  @Test func whatIsNotThereIsAnError() throws {
    let directory = try ResultDirectory()
    let bank = try bank(
      "  parameters: {populations.E.rate: [1, -2, 3]}\n  store: {kernels: true}\n", directory)
    #expect { try bank.shares(at: [3.5]) } throws: { "\($0)".contains("levels are -2.0 ... 3.0") }
    #expect { try bank.shares(at: [.nan], clamping: true) } throws: { "\($0)".contains("is nan") }
    #expect { try bank.shares(at: []) } throws: { "\($0)".contains("1 axes (populations.E.rate)") }
    #expect { try bank.kernels(at: [0]) } throws: { "\($0)".contains("the point 1 has failed") }
    #expect(try bank.kernels(at: [2]).count == 4)
    let (twice, measures) = (try ResultDirectory(), try ResultDirectory())
    #expect {
      try self.bank("  zip: {populations.E.rate: [1, 1]}\n  store: {kernels: true}\n", twice)
    } throws: { "\($0)".contains("has the value 1.0 twice") }
    let (zipped, drawn) = (try ResultDirectory(), try ResultDirectory())
    let pairs = "populations.E.rate: [1, 2, 3], populations.I.rate:"
    _ = try self.bank("  zip: {\(pairs) [9, 5, 5]}\n  store: {kernels: true}\n", zipped)
    #expect {
      try self.bank("  zip: {\(pairs) [4, 9, 5]}\n  store: {kernels: true}\n", drawn)
    } throws: { "\($0)".contains("'populations.I.rate' goes up and down along 'populations.E") }
    #expect {
      try self.bank("  parameters: {populations.E.rate: [1, 2]}\n", measures)
    } throws: { "\($0)".contains("holds no kernels") }
  }

  /// Spikes of 80 cells at 2 spikes/s for a second, and then at 6.
  private func activity() throws -> PopulationActivity {
    var counts = [Double](repeating: 0, count: 4000)
    for n in 0..<4000 { counts[n] = n < 2000 ? 0.08 : 0.24 }
    var activity = PopulationActivity(on: TimeGrid(dt: 0.5))
    try activity.add(
      BinnedActivity(file: "a", populations: ["E"], dt: 0.5, counts: [counts]))
    return activity
  }

  @Test func spikesTellTheState() throws {
    let directory = try ResultDirectory()
    let bank = try bank(Self.grid, directory)
    var options = BankState.Options()
    options.fixed = ["cells.stick.vrest": -60]
    let state = try BankState(bank, activity(), options)
    // Sums of 200 and more terms.
    #expect(abs(state.ranges[0].lowerBound - 2) < 1e-10)
    #expect(abs(state.ranges[0].upperBound - 6) < 1e-10)
    #expect(state.ranges[1] == -60 ... -60)
    // Between levels from 2 to 8 at one potential.
    #expect(Set(state.points).isSubset(of: [1, 3, 5]))
    let weights = state.schedule.weights(-100..<4100)
    for n in 0..<weights.columns {
      let column = weights.column(n)
      #expect(abs(column.reduce(0, +) - 1) < 1e-12)
      // The rate that the weights stand for.
      let rate = zip(column, state.points).reduce(0.0) { sum, share in
        sum + share.0 * [1: 8, 3: 2, 5: 4][share.1, default: 0]
      }
      let bin = n - 100
      // The window reaches 100 bins to both sides, and blocks have 18.
      if bin < 1880 { #expect(abs(rate - 2) < 1e-9) }
      if bin > 2120 { #expect(abs(rate - 6) < 1e-9) }
      #expect(rate > 2 - 1e-9 && rate < 6 + 1e-9)
    }
  }

  @Test func statesThatCannotBe() throws {
    let directory = try ResultDirectory()
    let bank = try bank(Self.grid, directory)
    var options = BankState.Options()
    #expect { try BankState(bank, activity(), options) } throws: {
      "\($0)".contains("spikes do not tell cells.stick.vrest")
    }
    options.fixed = ["cells.stick.vrest": -60, "vrest": 1]
    #expect { try BankState(bank, activity(), options) } throws: {
      "\($0)".contains("'vrest' has no levels")
    }
    options.fixed = ["cells.stick.vrest": -80]
    #expect { try BankState(bank, activity(), options) } throws: {
      "\($0)".contains("cells.stick.vrest is -80.0, and its levels are -70.0 ... -60.0 mV")
    }
    options.fixed = ["cells.stick.vrest": -70, "populations.E.rate": 4]
    #expect(try BankState(bank, activity(), options).schedule == .plain)
    options.window = 0
    #expect(throws: SweepError.self) { try BankState(bank, activity(), options) }
  }
}
