import Testing

@testable import Pictures

@Suite struct ColorMapTests {
  let map = DivergingColorMap.standard

  /// The lightness of the pixel, as 8-bit components show it.
  func lightness(_ value: Double) -> Double {
    let pixel = Raster.pixel(map.color(value))
    func component(_ shift: UInt32) -> Double { Double(pixel >> shift & 255) / 255 }
    return LabColor(Color(red: component(16), green: component(8), blue: component(0))).lightness
  }

  @Test func bothSignsAreEquallyLight() {
    for step in 0...1000 {
      let value = Double(step) / 1000
      // One step of an 8-bit component is up to 0.4 in lightness.
      #expect(abs(lightness(value) - lightness(-value)) < 0.6, "\(value)")
    }
  }

  @Test func lightnessFallsOnEachSide() {
    for sign in [-1.0, 1] {
      let values = (0...64).map { lightness(sign * Double($0) / 64) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  @Test func zeroIsNearlyWhiteAndEndsAreColoured() {
    let zero = map.color(0)
    #expect(min(zero.red, zero.green, zero.blue) > 0.95)
    #expect(map.color(1).red > 0.4 && map.color(1).blue < 0.2)
    #expect(map.color(-1).blue > 0.4 && map.color(-1).red < 0.2)
  }

  @Test func coloursNeedNoClipping() {
    for step in -100...100 {
      let value = Double(step) / 100
      let expected = 97.5 - 66 * abs(value)
      #expect(abs(LabColor(DivergingColorMap.exact(value)).lightness - expected) < 0.01)
    }
  }

  @Test func valuesBeyondTheLimitHaveTheColourOfTheEnd() {
    #expect(map.color(7) == map.color(1))
    #expect(map.color(-.infinity) == map.color(-1))
    #expect(map.color(.nan) == DivergingColorMap.missing)
  }

  @Test func labAgreesWithItsInverse() {
    for color in Color.series {
      let back = LabColor(color).color
      #expect(abs(back.red - color.red) < 1e-5)
      #expect(abs(back.green - color.green) < 1e-5)
      #expect(abs(back.blue - color.blue) < 1e-5)
    }
    #expect(abs(LabColor(Color(gray: 1)).lightness - 100) < 1e-5)
  }
}
