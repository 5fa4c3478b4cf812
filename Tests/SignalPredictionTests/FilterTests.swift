import Foundation
import LinearAlgebra
import SignalPrediction
import Testing

/// Signals of whole numbers and few operations, the same in every language.
enum TestSignals {
  static let x: [Double] = (0..<1200).map { (n: Int) -> Double in
    let fraction = Double((n * n * 7 + n * 13) % 101) / 101
    return fraction - 0.5 + Double((n / 50) % 3)
  }
  static let y: [Double] = (0..<1200).map { (n: Int) -> Double in
    let fraction = Double((n * n * 3 + n * 29) % 97) / 97
    return fraction + Double(n) / 400
  }
}

func close(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
}

@Suite struct FilterTests {
  struct Coefficients: Sendable {
    let passband: Double
    let ripple: Double
    let attenuation: Double
    let rate: Double
    let b: [Double]
    let a: [Double]

    init(
      _ passband: Double, _ ripple: Double, _ attenuation: Double, _ rate: Double, b: [Double],
      a: [Double]
    ) {
      (self.passband, self.ripple, self.attenuation) = (passband, ripple, attenuation)
      (self.rate, self.b, self.a) = (rate, b, a)
    }
  }

  /// scipy 1.17.1: signal.ellip(2, ripple, attenuation, passband, fs=rate).
  static let coefficients: [Coefficients] = [
    Coefficients(
      100, 0.1, 40, 1000, b: [0.16831848566660543, 0.3177448319911333, 0.1683184856666054],
      a: [1, -0.6136273733616538, 0.27558656084610234]),
    Coefficients(
      100, 0.1, 40, 2000, b: [0.06334864957903086, 0.09924523699141273, 0.06334864957903087],
      a: [1, -1.258323694626362, 0.4868825220385448]),
    Coefficients(
      100, 0.1, 40, 16000,
      b: [0.010753067868380041, -0.016675305977210335, 0.01075306786838004],
      a: [1, -1.906628701632631, 0.9115154697644189]),
    Coefficients(
      100, 0.1, 40, 10000.0 / 3,
      b: [0.0313840298051175, 0.030838720890335382, 0.0313840298051175],
      a: [1, -1.5491215880280884, 0.6438122839618815]),
    Coefficients(
      300, 1, 60, 2000, b: [0.13885020470577408, 0.2755328394264865, 0.13885020470577403],
      a: [1, -0.7734160351659636, 0.394153949895669]),
  ]

  @Test(arguments: coefficients) func ellipticIsScipys(_ expected: Coefficients) throws {
    let filter = try SecondOrderFilter.ellipticLowPass(
      passband: expected.passband, ripple: expected.ripple, attenuation: expected.attenuation,
      sampleRate: expected.rate)
    // Both round; the passband's edge at 1/160 of the rate loses two digits.
    #expect(close(filter.b, expected.b, 1e-13) && close(filter.a, expected.a, 1e-13))
  }

  @Test func zeroPhaseIsScipys() throws {
    let filter = try SecondOrderFilter.ellipticLowPass(passband: 100, sampleRate: 2000)
    let result = try filter.zeroPhase(Matrix([TestSignals.x, TestSignals.y]))
    // signal.sosfiltfilt
    let expected = [
      -0.4860818155351308, -0.36457760208476353, -0.10124854884588232, 0.7266047688512105,
      1.7368306383717838, 1.5007568499348192,
    ]
    #expect(close([0, 1, 5, 600, 1198, 1199].map { result[0, $0] }, expected, 1e-13))
    #expect(throws: PredictionError.self) {
      try filter.zeroPhase(Matrix(rows: 1, columns: 9))
    }
    #expect(throws: PredictionError.self) {
      try filter.zeroPhase(Matrix(rows: 1, columns: 20, repeating: .nan))
    }
    for (passband, rate) in [(0.0, 1000.0), (500, 1000), (10, .infinity), (.nan, 1000)] {
      #expect(throws: PredictionError.self) {
        try SecondOrderFilter.ellipticLowPass(passband: passband, sampleRate: rate)
      }
    }
  }

  @Test func comparison() throws {
    let (x, y) = (TestSignals.x, TestSignals.y)
    let constant = [Double](repeating: 1e6 / 3, count: 1200)
    let prediction = Matrix([x, x, constant, x.map { 3 - 2 * $0 }, x.map { 1e200 * $0 }])
    let reference = Matrix([y, constant, y, x, y])
    let raw = try SignalComparison(prediction: prediction, reference: reference).channels
    // numpy.corrcoef and std
    #expect(abs((raw[0].rSquared ?? -1) - 0.012182761621059393) < 1e-14)
    #expect(abs((raw[0].deviationRatio ?? -1) - 0.9459738981360127) < 1e-13)
    #expect(raw[1].rSquared == nil && raw[1].deviationRatio == nil)
    #expect(raw[2].rSquared == nil && raw[2].deviationRatio == 0)
    #expect(abs((raw[3].rSquared ?? -1) - 1) < 1e-14)
    #expect(abs((raw[3].deviationRatio ?? -1) - 2) < 1e-14)
    #expect(abs((raw[4].rSquared ?? -1) - 0.012182761621059393) < 1e-14)
    let low = try SignalComparison(prediction: prediction, reference: reference, dt: 0.5).channels
    #expect(abs((low[0].rSquared ?? -1) - 0.014560480078645105) < 1e-13)
    #expect(abs((low[0].deviationRatio ?? -1) - 0.9195785250331634) < 1e-13)
    #expect(low[1].rSquared == nil && low[2].rSquared == nil)
    #expect(throws: PredictionError.self) {
      try SignalComparison(prediction: prediction, reference: Matrix([x]))
    }
    #expect(throws: PredictionError.self) {
      try SignalComparison(prediction: Matrix([[.nan]]), reference: Matrix([[1]]))
    }
    #expect(throws: PredictionError.self) {
      try SignalComparison(prediction: prediction, reference: reference, dt: 0)
    }
  }
}

@Suite struct PowerSpectrumTests {
  struct Fixture: Sendable {
    let length: Int
    let overlap: Int
    let frequencies: [Double]
    let density: [Double]
  }

  /// scipy 1.17.1: signal.welch(x, fs=2000, nperseg, noverlap, window='hann') at bins 0, 1, 2, 7, the
  /// middle and the last.
  static let fixtures: [Fixture] = [
    Fixture(
      length: 256, overlap: 128, frequencies: [0, 7.8125, 15.625, 54.6875, 500, 1000],
      density: [
        0.0025787202395959074, 0.02508616082420953, 0.03564575112090326, 0.0025445969088338945,
        4.534553167667308e-05, 8.559470571925648e-06,
      ]),
    Fixture(
      length: 200, overlap: 50, frequencies: [0, 10, 20, 70, 500, 1000],
      density: [
        0.015398796540082875, 0.038029408725655134, 0.012877260564573324, 0.0008757456670406707,
        3.660661126658635e-05, 1.7934432454833924e-05,
      ]),
    Fixture(
      length: 255, overlap: 100,
      frequencies: [
        0, 7.8431372549019605, 15.686274509803921, 54.90196078431372, 501.96078431372547,
        996.078431372549,
      ],
      density: [
        0.0016059626774951037, 0.022935622349718073, 0.041497160592690055, 0.0030447723906421057,
        6.543230849526958e-05, 4.675026610960428e-05,
      ]),
  ]

  @Test(arguments: fixtures) func isScipys(_ expected: Fixture) throws {
    let (length, overlap) = (expected.length, expected.overlap)
    let spectrum = try PowerSpectrum(
      Matrix([TestSignals.y, TestSignals.x]), dt: 0.5, segmentLength: length, overlap: overlap)
    let count = spectrum.frequencies.count
    let bins = [0, 1, 2, 7, count / 2, count - 1]
    #expect(count == length / 2 + 1)
    #expect(close(bins.map { spectrum.frequencies[$0] }, expected.frequencies, 1e-12))
    // Rounding is on the scale of the largest densities.
    #expect(close(bins.map { spectrum.density[1, $0] }, expected.density, 1e-15))
    #expect(spectrum.segments == (1200 - length) / (length - overlap) + 1)
  }

  @Test func sineHasItsPower() throws {
    // Amplitude 2 at a bin: mean square 2, all of it in three bins.
    let step = 2 * Double.pi * 40 / 512
    let sine = (0..<4096).map { 2 * sin(step * Double($0)) }
    let spectrum = try PowerSpectrum(Matrix([sine]), dt: 1, segmentLength: 512)
    let width = spectrum.frequencies[1]
    let power = (0..<257).reduce(0) { $0 + spectrum.density[0, $1] } * width
    #expect(abs(power - 2) < 1e-12)
    #expect(spectrum.density[0, 40] > 10 * spectrum.density[0, 42])
  }

  @Test func badSettings() {
    let signal = Matrix([TestSignals.x])
    for (dt, length, overlap) in [(0.0, 8, 4), (1, 1, 0), (1, 8, 8), (1, 8, -1), (1, 1201, 0)] {
      #expect(throws: PredictionError.self) {
        try PowerSpectrum(signal, dt: dt, segmentLength: length, overlap: overlap)
      }
    }
    #expect(throws: PredictionError.self) {
      try PowerSpectrum(Matrix([[1, .nan, 2]]), dt: 1, segmentLength: 2)
    }
  }
}

@Suite struct DecimatorTests {
  /// The amplitude that is left of a sine, away from the ends.
  func amplitude(_ decimator: Decimator, cycles: Double) throws -> Double {
    let count = 4000
    let step = 2 * Double.pi * cycles
    let sine = (0..<count).map { sin(step * Double($0)) }
    let cosine = (0..<count).map { cos(step * Double($0)) }
    let result = try decimator.decimated(Matrix([sine, cosine]))
    let margin = decimator.latency / decimator.factor + 1
    var largest = 0.0
    for m in margin..<result.columns - margin {
      let square = result[0, m] * result[0, m] + result[1, m] * result[1, m]
      largest = max(largest, square.squareRoot())
    }
    return largest
  }

  @Test(arguments: [(2, 0.8, 80.0), (5, 0.8, 80), (16, 0.9, 60), (10, 0.5, 100)])
  func passesAndStops(_ factor: Int, _ passband: Double, _ attenuation: Double) throws {
    let decimator = try Decimator(
      channels: 2, factor: factor, passband: passband, attenuation: attenuation)
    // Kaiser's formula for the length misses the attenuation by some per cent; and the gain at 0, which
    // is made 1, was off by as much as that at the passband's edge.
    let ripple = pow(10, -attenuation / 20)
    let nyquist = 0.5 / Double(factor)
    for part in [0.05, 0.3, 0.7, 1] {
      #expect(abs(try amplitude(decimator, cycles: part * passband * nyquist) - 1) <= 2.2 * ripple)
    }
    for part in [1, 1.1, 1.5, Double(factor) * 0.9] where part >= 1 {
      #expect(try amplitude(decimator, cycles: part * nyquist) <= 1.3 * ripple)
    }
  }

  @Test func keepsConstantsLinesAndTimes() throws {
    let decimator = try Decimator(channels: 2, factor: 8)
    let signal = Matrix([
      [Double](repeating: 3.25, count: 2001), (0..<2001).map { 0.5 * Double($0) },
    ])
    let result = try decimator.decimated(signal)
    #expect(result.columns == 251)
    let margin = decimator.latency / 8 + 1
    for m in 0..<251 {
      #expect(abs(result[0, m] - 3.25) < 1e-13)
      // A symmetric filter keeps lines where they are.
      if m >= margin && m < 251 - margin { #expect(abs(result[1, m] - 4 * Double(m)) < 1e-10) }
    }
    let cut = try Decimator(channels: 2, factor: 8, edge: .zero).decimated(signal)
    #expect(cut[0, 0] < 3 && abs(cut[0, 125] - 3.25) < 1e-13)
  }

  @Test(arguments: [Decimator.Edge.held, .zero])
  func blocksOfAnySizeAreTheWhole(_ edge: Decimator.Edge) throws {
    var random = Random(seed: 21)
    for (factor, count) in [(1, 50), (3, 1), (3, 700), (10, 1999), (7, 20)] {
      let signal = random.matrix(3, count)
      var decimator = try Decimator(channels: 3, factor: factor, edge: edge)
      let whole = try decimator.decimated(signal)
      #expect(whole.columns == (count + factor - 1) / factor)
      // Twice: it begins anew after the end.
      for _ in 0..<2 {
        var columns: [[Double]] = []
        var n = 0
        while n < count {
          let size = min(random.integer(in: 0...80), count - n)
          let part = try decimator.process(
            signal.view(rows: 0..<3, columns: n..<n + size).copied())
          columns += (0..<part.columns).map { part.column($0) }
          n += size
        }
        let rest = decimator.finish()
        columns += (0..<rest.columns).map { rest.column($0) }
        #expect(columns.count == whole.columns)
        for (m, column) in columns.enumerated() {
          #expect(close(column, whole.column(m), 1e-14))
        }
      }
    }
  }

  @Test func badSettings() throws {
    for (channels, factor, passband, attenuation) in [
      (0, 2, 0.8, 80.0), (1, 0, 0.8, 80), (1, 2, 1, 80), (1, 2, 0, 80), (1, 2, 0.8, 20),
      (1, 2, .nan, 80),
    ] {
      #expect(throws: PredictionError.self) {
        try Decimator(
          channels: channels, factor: factor, passband: passband, attenuation: attenuation)
      }
    }
    var decimator = try Decimator(channels: 1, factor: 2)
    #expect(throws: PredictionError.self) { try decimator.process(Matrix([[1], [2]])) }
    #expect(throws: PredictionError.self) { try decimator.process(Matrix([[1, .infinity]])) }
    #expect(try decimator.decimated(Matrix(rows: 1, columns: 0)).columns == 0)
  }
}
