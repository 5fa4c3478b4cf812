import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite("Spikes per bin")
struct ActivityTests {
  /// Times that were printed with some decimals go where decimal arithmetic puts them.
  @Test(arguments: [0.1, 0.0625, 0.05, 0.025, 0.2, 1.0])
  func binsOfPrintedTimes(_ dt: Double) {
    let grid = TimeGrid(dt: dt)
    // In units of 1e-4 ms all of these steps, and times with 3 decimals, are whole.
    let step = Int((dt * 1e4).rounded())
    for thousandth in stride(from: -3000, through: 400_000, by: 7) {
      let time = Double(thousandth) / 1000
      let doubled = 2 * 10 * thousandth + step
      let expected = Int((Double(doubled) / Double(2 * step)).rounded(.down))
      let exact = doubled >= 0 ? doubled / (2 * step) : -((-doubled + 2 * step - 1) / (2 * step))
      #expect(exact == expected)
      #expect(grid.bin(time) == exact, "\(time)")
    }
  }

  @Test(arguments: [0.1, 0.05, 0.025, 0.3, 0.0625])
  func edgesBelongToTheLaterBin(_ dt: Double) {
    let grid = TimeGrid(dt: dt)
    for half in [-7, -1, 1, 3, 9, 1001, 200_001, 99_999_999] {
      let later = (half + 1) / 2 + (half < 0 && (half + 1) % 2 != 0 ? -1 : 0)
      #expect(grid.bin(Double(half) * dt / 2) == later)
      #expect(grid.bin(Double(half) / 2 * dt) == later)
      #expect(grid.bin((Double(half) / 2 - 1e-5) * dt) == later - 1)
      #expect(grid.bin((Double(half) / 2 + 1e-5) * dt) == later)
    }
    for bin in [0, 1, 10, 12345, 10_000_000] { #expect(grid.bin(Double(bin) * dt) == bin) }
  }

  @Test func binsNeverDecrease() {
    let grid = TimeGrid(first: 0.3, dt: 0.1)
    for start in [-1e7, -1.05, 0.25, 0.35, 4e6, 1e9] {
      var time = start
      var last = Int.min
      for _ in 0..<200 {
        let bin = grid.bin(time)
        #expect(bin >= last)
        (last, time) = (bin, time.nextUp)
      }
    }
    #expect(grid.bin(.greatestFiniteMagnitude) >= Int(1e15))
    #expect(grid.bin(-.greatestFiniteMagnitude) < -Int(9e14))
  }

  @Test func timesBeforeAnEnd() {
    let grid = TimeGrid(dt: 0.1)
    #expect(grid.count(before: 0) == 0)
    #expect(grid.count(before: -5) == 0)
    #expect(grid.count(before: 0.1) == 1)
    #expect(grid.count(before: 0.3) == 3)  // 0.3 / 0.1 is a little less than 3
    #expect(grid.count(before: 0.7) == 7)  // and 0.7 / 0.1 a little less than 7
    #expect(grid.count(before: 0.31) == 4)
    #expect(grid.count(before: 1000) == 10_000)
  }

  private func activity(_ times: [Double], dt: Double = 0.1) throws -> PopulationActivity {
    var activity = PopulationActivity(on: TimeGrid(dt: dt))
    try activity.add(
      PopulationSpikes([SpikeTable(file: "s", groups: [.init(population: "E", times: times)])]))
    return activity
  }

  @Test func blocksMakeTheWhole() throws {
    let times = (0..<5000).map { abs(sin(Double($0) * 1.37)) * 300 - 10 }
    let activity = try activity(times)
    let whole = activity.counts(of: ["E"], bins: -100..<3000)
    var blocks: [Double] = []
    var start = -100
    for size in [1, 7, 500, 0, 1200, 1392] {
      let block = activity.counts(of: ["none", "E"], bins: start..<start + size)
      blocks += block.row(1)
      #expect(block.row(0).allSatisfy { $0 == 0 })
      start += size
    }
    #expect(blocks == whole.storage)
    var expected = [Double](repeating: 0, count: 3100)
    for time in times {
      let bin = activity.grid.bin(time) + 100
      if expected.indices.contains(bin) { expected[bin] += 1 }
    }
    #expect(whole.storage == expected)
    let totals = activity.totals(of: "E", around: 0..<1000)
    let inside = activity.counts(of: ["E"], bins: 0..<1000).storage.reduce(0, +)
    #expect(totals.all == 5000)
    #expect(totals.before + totals.after + inside == 5000)
    #expect(totals.before > 0 && totals.after > 0)
  }

  private func resampled(
    _ counts: [Double], first: Double = 0, dt: Double, to grid: TimeGrid
  ) throws -> PopulationActivity {
    var activity = PopulationActivity(on: grid)
    try activity.add(
      BinnedActivity(file: "f", populations: ["E"], dt: dt, first: first, counts: [counts]),
      resampling: true)
    return activity
  }

  @Test func sameBinsAreTakenAsTheyAre() throws {
    var activity = PopulationActivity(on: TimeGrid(first: 5, dt: 0.1))
    try activity.add(
      BinnedActivity(file: "f", populations: ["E"], dt: 0.1, first: 4.8, counts: [[1, 2, 3, 4]]))
    #expect(activity.counts(of: ["E"], bins: -3..<3).storage == [0, 1, 2, 3, 4, 0])
    #expect(activity.end(of: ["E"]) == 2)
    #expect(activity.totals(of: "E", around: -1..<1) == (10, 1, 4))
  }

  @Test func otherBinsAreRefused() throws {
    for (dt, first, part) in [
      (0.2, 0.0, "its bins are 0.2 ms wide, and the kernels have 0.1 ms"),
      (0.1, 0.05, "its first bin is centred on 0.05 ms"),
    ] {
      var activity = PopulationActivity(on: TimeGrid(dt: 0.1))
      let error = try storageError {
        try activity.add(
          BinnedActivity(file: "f", populations: ["E"], dt: dt, first: first, counts: [[1]]))
      }
      #expect("\(error)".contains(part) && "\(error)".contains("--resample"), "\(error)")
    }
  }

  @Test func wholeBinsGoIntoWiderOnes() throws {
    // Three bins of 0.1 ms about 0, 0.3, ... make one of 0.3 ms.
    let activity = try resampled(
      [1, 2, 3, 4, 5, 6], first: -0.1, dt: 0.1, to: TimeGrid(dt: 0.3))
    #expect(activity.counts(of: ["E"], bins: -1..<3).storage == [0, 6, 15, 0])
    // Histograms from 0 on: four bins of 0.25 ms, the first about 0.125 ms, in bins from 0 to 1 ms.
    let histogram = try resampled(
      [1, 2, 3, 4, 5, 6, 7, 8], first: 0.125, dt: 0.25, to: TimeGrid(first: 0.5, dt: 1))
    #expect(histogram.counts(of: ["E"], bins: -1..<3).storage == [0, 10, 26, 0])
  }

  @Test func widerBinsAreSplitEvenly() throws {
    let activity = try resampled([3, 6], dt: 0.3, to: TimeGrid(dt: 0.1))
    let counts = activity.counts(of: ["E"], bins: -2..<6).storage
    for (a, b) in zip(counts, [0.0, 1, 1, 1, 2, 2, 2, 0]) { #expect(abs(a - b) < 1e-12) }
  }

  @Test(arguments: [(0.1, 0.0625, 0.0), (0.0625, 0.1, 3.3), (0.25, 0.1, -7.01), (1.0, 0.3, 0.125)])
  func countsAreKept(_ dt: Double, _ gridStep: Double, _ first: Double) throws {
    let counts = (0..<400).map { Double(($0 * 7919) % 13) }
    let activity = try resampled(
      counts, first: first, dt: dt, to: TimeGrid(first: 0.2, dt: gridStep))
    let bins = -2000..<(activity.end(of: ["E"]) ?? 0) + 5
    let result = activity.counts(of: ["E"], bins: bins).storage
    let sum = counts.reduce(0, +)
    // 400 sums of rounded parts.
    #expect(abs(result.reduce(0, +) - sum) < 1e-10 * sum)
    #expect(result.allSatisfy { $0 >= 0 })
    // The mean time stays, within half a step of both.
    let before = zip(counts.indices, counts).reduce(0) { $0 + (first + Double($1.0) * dt) * $1.1 }
    let after = zip(bins, result).reduce(0) { $0 + (0.2 + Double($1.0) * gridStep) * $1.1 }
    #expect(abs(before - after) / sum < 1e-9 + gridStep / 400)
  }

  @Test func onePopulationInTwoPlaces() throws {
    var activity = try activity([1])
    let error = try storageError {
      try activity.add(BinnedActivity(file: "f", populations: ["E"], dt: 0.1, counts: [[1]]))
    }
    #expect("\(error)".contains("f: E: its activity is in another file, too"))
  }
}
