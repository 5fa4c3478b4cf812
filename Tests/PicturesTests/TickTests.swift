import Foundation
import Testing

@testable import Pictures

/// A small reproducible generator (SplitMix64, Steele et al. 2014).
struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct TickTests {
  /// Every character takes 4 points.
  static func room(_ length: Double) -> Ticks.Room {
    Ticks.Room(length: length, extent: { 4 * Double($0.count) }, gap: 5)
  }

  /// Ranges of all magnitudes, signs and lengths.
  static func ranges(_ count: Int) -> [ClosedRange<Double>] {
    var random = Random(state: 1)
    return (0..<count).map { _ in
      let magnitude = pow(10, Double.random(in: -280...280, using: &random))
      let middle = magnitude * Double.random(in: -1...1, using: &random)
      let length = abs(middle) * pow(10, Double.random(in: -8...3, using: &random))
      return middle - length / 2...middle + length / 2
    }
  }

  @Test func ticksAreNiceAscendingAndApart() {
    for range in TickTests.ranges(800) {
      for length in [60.0, 140] {
        let room = TickTests.room(length)
        let ticks = Ticks.linear(in: range, room: room)
        let shown = DrawableRange.widened(range)
        let slack = 1e-6 * (shown.upperBound - shown.lowerBound)
        #expect(ticks.labels.count == ticks.values.count)
        #expect(
          ticks.values.allSatisfy {
            $0 >= shown.lowerBound - slack && $0 <= shown.upperBound + slack
          })
        #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 })
        #expect(ticks.values.count < 2 || ticks.fits(shown, room), "\(range)")
        #expect(Set(ticks.labels).count == ticks.labels.count, "\(range): \(ticks.labels)")
      }
    }
  }

  @Test func wideAxesHaveAtLeastTwoTicks() {
    for range in TickTests.ranges(400) {
      let room = Ticks.Room(length: 100, extent: { _ in 5 }, gap: 3)
      for maximumCount in 3...9 {
        let ticks = Ticks.linear(in: range, maximumCount: maximumCount, room: room)
        #expect(ticks.values.count >= 2, "\(range)")
        #expect(ticks.values.count <= max(maximumCount, 5), "\(range)")
      }
    }
  }

  @Test func lagsAndDepths() {
    let lags = Ticks.linear(in: 0...50, room: TickTests.room(130))
    #expect(lags.values == [0, 10, 20, 30, 40, 50])
    #expect(lags.labels == ["0", "10", "20", "30", "40", "50"])
    let depths = Ticks.linear(in: -250...1050, room: TickTests.room(400))
    #expect(depths.labels == ["\u{2212}200", "0", "200", "400", "600", "800", "1000"])
    let fractions = Ticks.linear(in: -0.3...0.3, room: TickTests.room(400))
    #expect(
      fractions.labels == ["\u{2212}0.3", "\u{2212}0.2", "\u{2212}0.1", "0.0", "0.1", "0.2", "0.3"])
    #expect(fractions.values[3] == 0)
  }

  static let degenerate: [ClosedRange<Double>] = [
    0...0, 5...5, -1e-300...1e-300, -Double.infinity...Double.infinity, 1e308...1e308,
    -1.7e308...1.7e308, 1...1.000_000_000_000_001, 0...Double.leastNonzeroMagnitude,
  ]

  @Test(arguments: degenerate)
  func rangesWithoutLengthAreWidened(range: ClosedRange<Double>) {
    let widened = DrawableRange.widened(range)
    #expect(widened.lowerBound.isFinite && widened.upperBound.isFinite)
    #expect(widened.upperBound > widened.lowerBound)
    let ticks = Ticks.linear(in: range, room: Ticks.Room(length: 100, extent: { _ in 5 }, gap: 3))
    #expect(ticks.values.count >= 2)
  }

  @Test func aPanelWithoutRoomHasAtMostOneTick() {
    #expect(Ticks.linear(in: 0...1, room: TickTests.room(3)).values.count <= 1)
  }

  @Test func powersOfTen() {
    let ticks = Ticks.logarithmic(in: 1e-9...1e-3, room: TickTests.room(200))
    #expect(ticks.labels == ["10⁻⁹", "10⁻⁸", "10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³"])
    let few = Ticks.logarithmic(in: 1...100, room: TickTests.room(200))
    #expect(few.labels == ["1", "2", "5", "10", "20", "50", "100"])
  }

  @Test func logarithmicTicksAreWithinTheRangeAndApart() {
    var random = Random(state: 2)
    for _ in 0..<500 {
      let lower = Double.random(in: -280...270, using: &random)
      let upper = lower + pow(10, Double.random(in: -3...1, using: &random))
      let range = pow(10, lower)...pow(10, upper)
      let room = TickTests.room(140)
      let ticks = Ticks.logarithmic(in: range, room: room)
      #expect(!ticks.values.isEmpty)
      #expect(
        ticks.values.allSatisfy {
          log10($0) >= lower - 1e-6 && log10($0) <= upper + 1e-6
        }, "\(range) \(ticks.values)")
      #expect(ticks.fits(room) { (log10($0) - lower) / (upper - lower) * room.length })
    }
  }
}
