import Foundation

/// An opaque colour in sRGB, components from 0 to 1.
public struct Color: Equatable, Sendable {
  public var red: Double
  public var green: Double
  public var blue: Double

  /// Components outside 0 ... 1 are clipped.
  public init(red: Double, green: Double, blue: Double) {
    self.red = min(max(red, 0), 1)
    self.green = min(max(green, 0), 1)
    self.blue = min(max(blue, 0), 1)
  }

  /// A grey from 0 (black) to 1 (white).
  public init(gray: Double) {
    self.init(red: gray, green: gray, blue: gray)
  }

  /// Colours for lines that readers with any colour vision tell apart (Okabe & Ito 2008).
  public static let series: [Color] = [
    Color(red: 0, green: 0.447, blue: 0.698),
    Color(red: 0.835, green: 0.369, blue: 0),
    Color(red: 0, green: 0.620, blue: 0.451),
    Color(red: 0.800, green: 0.475, blue: 0.655),
    Color(red: 0.902, green: 0.624, blue: 0),
    Color(red: 0.337, green: 0.706, blue: 0.914),
    Color(gray: 0),
  ]
}

/// A colour in CIELAB under daylight D65: equal distances look about equally large.
struct LabColor: Equatable {
  /// Lightness L*, 0 (black) to 100 (white).
  var lightness: Double

  /// From green to red, and from blue to yellow.
  var a: Double
  var b: Double

  private static let white = (x: 0.95047, y: 1.0, z: 1.08883)

  init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// From lightness, chroma (distance from grey) and hue (degrees).
  init(lightness: Double, chroma: Double, hue: Double) {
    let angle = hue * .pi / 180
    self.init(lightness: lightness, a: chroma * cos(angle), b: chroma * sin(angle))
  }

  /// CIE 15:2018 and IEC 61966-2-1.
  init(_ color: Color) {
    let (r, g, b) = (
      LabColor.linear(color.red), LabColor.linear(color.green), LabColor.linear(color.blue)
    )
    let white = LabColor.white
    let fx = LabColor.compressed((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / white.x)
    let fy = LabColor.compressed((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / white.y)
    let fz = LabColor.compressed((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / white.z)
    self.init(lightness: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz))
  }

  /// The nearest colour in sRGB, component by component.
  var color: Color {
    let fy = (lightness + 16) / 116
    let x = LabColor.white.x * LabColor.expanded(fy + a / 500)
    let y = LabColor.white.y * LabColor.expanded(fy)
    let z = LabColor.white.z * LabColor.expanded(fy - b / 200)
    return Color(
      red: LabColor.gamma(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
      green: LabColor.gamma(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
      blue: LabColor.gamma(0.0556434 * x - 0.2040259 * y + 1.0572252 * z))
  }

  private static func compressed(_ t: Double) -> Double {
    t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
  }

  private static func expanded(_ f: Double) -> Double {
    f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389
  }

  private static func linear(_ component: Double) -> Double {
    component <= 0.04045 ? component / 12.92 : pow((component + 0.055) / 1.055, 2.4)
  }

  private static func gamma(_ light: Double) -> Double {
    light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
  }
}
