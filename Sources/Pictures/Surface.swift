import CCairo
import Foundation

/// What a canvas draws on: a PNG, SVG or PDF in the making.
final class Surface {
  let pointer: OpaquePointer
  private let format: PictureFormat
  private let sink = ByteSink()

  /// The most pixels that Cairo's images have along one side.
  static let pixelLimit = 32_767

  /// - Parameters:
  ///   - width: in points.
  ///   - height: in points.
  ///   - scale: pixels per point of a PNG.
  init(format: PictureFormat, width: Double, height: Double, scale: Double) throws(PictureError) {
    let created: OpaquePointer?
    switch format {
    case .png:
      let (columns, rows) = ((width * scale).rounded(.up), (height * scale).rounded(.up))
      guard max(columns, rows) <= Double(Surface.pixelLimit) else {
        throw .tooManyPixels(width: columns, height: rows, limit: Surface.pixelLimit)
      }
      created = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(columns), Int32(rows))
      cairo_surface_set_device_scale(created, scale, scale)
    case .svg:
      created = cairo_svg_surface_create_for_stream(ByteSink.write, sink.closure, width, height)
      cairo_svg_surface_set_document_unit(created, CAIRO_SVG_UNIT_PT)
    case .pdf:
      created = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.closure, width, height)
      // Without a date the same figure gives the same bytes.
      cairo_pdf_surface_set_metadata(created, CAIRO_PDF_METADATA_CREATE_DATE, "")
    }
    guard let created else { throw .cairo(status: "no surface was created") }
    pointer = created
    self.format = format
    try Surface.check(cairo_surface_status(created))
  }

  deinit {
    cairo_surface_destroy(pointer)
  }

  /// Ends the drawing and returns the bytes of the file.
  func finish() throws(PictureError) -> [UInt8] {
    if format == .png {
      cairo_surface_flush(pointer)
      try Surface.check(cairo_surface_write_to_png_stream(pointer, ByteSink.write, sink.closure))
    } else {
      cairo_surface_finish(pointer)
    }
    try Surface.check(cairo_surface_status(pointer))
    return sink.bytes
  }

  /// Throws unless the status is success.
  static func check(_ status: cairo_status_t) throws(PictureError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw .cairo(status: cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
  }
}
