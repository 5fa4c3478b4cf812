/// An image in pixels, 0x00RRGGBB each, row by row from the top.
struct Raster: Equatable {
  let width: Int
  let height: Int
  private var pixels: [UInt32]

  init(width: Int, height: Int, background: Color) {
    self.width = width
    self.height = height
    pixels = Array(repeating: Raster.pixel(background), count: width * height)
  }

  subscript(row: Int, column: Int) -> UInt32 {
    get { pixels[row * width + column] }
    set { pixels[row * width + column] = newValue }
  }

  static func pixel(_ color: Color) -> UInt32 {
    func byte(_ component: Double) -> UInt32 { UInt32((component * 255).rounded()) }
    return byte(color.red) << 16 | byte(color.green) << 8 | byte(color.blue)
  }
}

extension Raster {
  /// The colours of a depth image at the resolution of the page.
  ///
  /// Each column of pixels shows the mean of the samples that it covers, each row the contact in
  /// whose band it lies; the ranges are in the units of the axes.
  init(
    _ image: DepthImage, bands: DepthBands, samples: ClosedRange<Double>,
    depths: ClosedRange<Double>, limit: Double, width: Int, height: Int
  ) {
    self.init(width: width, height: height, background: Style.background)
    let columns = (0..<width).map { column in
      image.samples(covering: Raster.cell(column, of: width, in: samples))
    }
    var drawn: (contact: Int, row: Int)?
    for row in 0..<height {
      let cell = Raster.cell(height - 1 - row, of: height, in: depths)
      guard let contact = bands.contact(at: (cell.lowerBound + cell.upperBound) / 2) else {
        continue
      }
      if let drawn, drawn.contact == contact {
        for column in 0..<width { self[row, column] = self[drawn.row, column] }
        continue
      }
      let signal = image.row(contact)
      for (column, covered) in columns.enumerated() where !covered.isEmpty {
        let mean = Raster.mean(signal, covered)
        self[row, column] = Raster.pixel(DivergingColorMap.standard.color(mean / limit))
      }
      drawn = (contact, row)
    }
  }

  /// The part of a range that one of `count` equal cells covers.
  static func cell(_ index: Int, of count: Int, in range: ClosedRange<Double>)
    -> ClosedRange<Double>
  {
    let length = range.upperBound - range.lowerBound
    let lower = range.lowerBound + length * (Double(index) / Double(count))
    return lower...max(lower, range.lowerBound + length * (Double(index + 1) / Double(count)))
  }

  /// The mean of the finite values; NaN when there is none.
  private static func mean(_ signal: ArraySlice<Double>, _ covered: Range<Int>) -> Double {
    var (sum, count) = (0.0, 0.0)
    for index in covered {
      let value = signal[signal.startIndex + index]
      guard value.isFinite else { continue }
      sum += value
      count += 1
    }
    return count > 0 ? sum / count : .nan
  }
}

extension DepthImage {
  /// The samples that a stretch of the axis shows, each sample reaching half a step to both
  /// sides: at least the one under its middle, unless the stretch lies outside the data.
  func samples(covering stretch: ClosedRange<Double>) -> Range<Int> {
    func index(_ position: Double) -> Double {
      let index = (position - positions.first) / positions.step + 0.5
      return index.isNaN ? 0 : min(max(index, -1), Double(sampleCount) + 1)
    }
    let lower = index(stretch.lowerBound)
    let upper = index(stretch.upperBound)
    guard upper - lower >= 1 else {
      let nearest = Int(((lower + upper) / 2).rounded(.down))
      return (0..<sampleCount).contains(nearest) ? nearest..<nearest + 1 : 0..<0
    }
    return (Int(lower.rounded())..<Int(upper.rounded())).clamped(to: 0..<sampleCount)
  }
}
