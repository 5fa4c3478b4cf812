import CCairo
import Foundation

/// Lines, text and images on a surface, in points.
final class Canvas {
  private let context: OpaquePointer
  private let surface: Surface

  init(_ surface: Surface) throws(PictureError) {
    guard let context = cairo_create(surface.pointer) else {
      throw .cairo(status: "no drawing context was created")
    }
    self.context = context
    self.surface = surface
    // Unhinted metrics are the same at any scale, so that text measured once fits everywhere.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    try check()
  }

  deinit {
    cairo_destroy(context)
  }

  /// Throws when anything drawn so far failed.
  func check() throws(PictureError) {
    try Surface.check(cairo_status(context))
  }

  // MARK: Lines and areas

  func fill(_ rectangle: Rectangle, _ color: Color) {
    set(color)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_fill(context)
  }

  func frame(_ rectangle: Rectangle, _ color: Color, width: Double) {
    set(color)
    cairo_set_line_width(context, width)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_stroke(context)
  }

  func line(from start: Point, to end: Point, _ color: Color, width: Double) {
    stroke([start, end], color, width: width)
  }

  /// Joins points with a line; one point alone becomes a dot.
  func stroke(_ points: [Point], _ color: Color, width: Double) {
    guard let first = points.first else { return }
    set(color)
    cairo_set_line_width(context, width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(context, points.count == 1 ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    if points.count == 1 { cairo_line_to(context, first.x, first.y) }
    cairo_stroke(context)
  }

  func circle(_ center: Point, radius: Double, _ color: Color, width: Double) {
    set(color)
    cairo_set_line_width(context, width)
    arc(center, radius)
    cairo_stroke(context)
  }

  func disc(_ center: Point, radius: Double, _ color: Color) {
    set(color)
    arc(center, radius)
    cairo_fill(context)
  }

  private func arc(_ center: Point, _ radius: Double) {
    cairo_new_sub_path(context)
    cairo_arc(context, center.x, center.y, radius, 0, 2 * .pi)
    cairo_close_path(context)
  }

  /// Draws while everything outside a rectangle is left alone.
  func clipped(to rectangle: Rectangle, _ draw: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_clip(context)
    draw()
    cairo_restore(context)
  }

  // MARK: Images

  /// Fills a rectangle with an image, whose pixels stay sharp.
  func draw(_ raster: Raster, in rectangle: Rectangle) {
    guard raster.width > 0, raster.height > 0,
      let image = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(raster.width), Int32(raster.height))
    else { return }
    defer { cairo_surface_destroy(image) }
    guard let data = cairo_image_surface_get_data(image) else { return }
    let stride = Int(cairo_image_surface_get_stride(image))
    for row in 0..<raster.height {
      let line = UnsafeMutableRawPointer(data + row * stride)
      for column in 0..<raster.width {
        line.storeBytes(
          of: raster[row, column], toByteOffset: column * MemoryLayout<UInt32>.stride,
          as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(image)
    cairo_save(context)
    cairo_translate(context, rectangle.x, rectangle.y)
    cairo_scale(
      context, rectangle.width / Double(raster.width), rectangle.height / Double(raster.height))
    cairo_set_source_surface(context, image, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    // Painted rather than filled: in SVG that is a plain image, which more programs show than
    // patterns.
    cairo_paint(context)
    cairo_restore(context)
  }

  // MARK: Text

  enum Alignment {
    case left, center, right

    /// What part of the text lies left of its anchor.
    fileprivate var before: Double {
      switch self {
      case .left: 0
      case .center: 0.5
      case .right: 1
      }
    }
  }

  /// The width of a text.
  func width(_ text: String, _ font: Font) -> Double {
    select(font)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, Canvas.printable(text), &extents)
    return extents.x_advance
  }

  /// The width of the widest text.
  func widest(_ texts: [String], _ font: Font) -> Double {
    texts.reduce(0) { max($0, width($1, font)) }
  }

  /// The text, or as much of its beginning as fits, with an ellipsis.
  func shortened(_ text: String, _ font: Font, to available: Double) -> String {
    guard width(text, font) > available else { return text }
    var (fitting, tooLong) = (0, text.count)
    while tooLong - fitting > 1 {
      let middle = (fitting + tooLong) / 2
      if width(text.prefix(middle) + "…", font) <= available {
        fitting = middle
      } else {
        tooLong = middle
      }
    }
    return text.prefix(fitting) + "…"
  }

  /// Sets a text with its anchor on the baseline.
  func text(
    _ text: String, at point: Point, _ font: Font, _ color: Color = Style.ink,
    align alignment: Alignment = .left
  ) {
    let start = point.x - alignment.before * width(text, font)
    set(color)
    cairo_move_to(context, start, point.y)
    cairo_show_text(context, Canvas.printable(text))
    cairo_new_path(context)
  }

  /// Sets a text that reads upwards, centred on a point of its baseline.
  func verticalText(_ text: String, at point: Point, _ font: Font, _ color: Color = Style.ink) {
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    cairo_rotate(context, -.pi / 2)
    self.text(text, at: Point(x: 0, y: 0), font, color, align: .center)
    cairo_restore(context)
  }

  private func select(_ font: Font) {
    cairo_select_font_face(
      context, Style.fontFamily, CAIRO_FONT_SLANT_NORMAL,
      font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, font.size)
  }

  private func set(_ color: Color) {
    cairo_set_source_rgb(context, color.red, color.green, color.blue)
  }

  /// The text on one line, without characters that have no glyph.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
