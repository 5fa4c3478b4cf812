/// One picture: a grid of panels, of any kinds.
///
/// All panels are equally wide; the panels of a row are equally high.
public struct Figure: Equatable, Sendable {
  /// Panels side by side.
  public struct Row: Equatable, Sendable {
    /// A heading above the row, such as the name of a probe. A row with a heading starts a block
    /// that shares no axes with the rows above.
    public var heading: String?

    /// The panels from left to right; nil leaves a place empty.
    public var panels: [Panel?]

    /// The height of the panels' axes in points; nil for what suits their kinds.
    public var panelHeight: Double?

    public init(heading: String? = nil, panels: [Panel?], panelHeight: Double? = nil) {
      self.heading = heading
      self.panels = panels
      self.panelHeight = panelHeight
    }
  }

  /// A title above all; nil for none.
  public var title: String?

  public var rows: [Row]

  /// The width of each panel's axes, in points (1/72 inch); positive.
  public var panelWidth: Double

  public init(title: String? = nil, rows: [Row], panelWidth: Double = 132) {
    self.title = title
    self.rows = rows
    self.panelWidth = panelWidth
  }

  /// Panels in reading order, in rows of `columns`.
  public init(title: String? = nil, panels: [Panel], columns: Int, panelWidth: Double = 132) {
    self.init(
      title: title, rows: Figure.rows(of: panels, columns: columns), panelWidth: panelWidth)
  }

  /// Rows of `columns` panels each, in reading order; the first row has the heading.
  public static func rows(heading: String? = nil, of panels: [Panel], columns: Int) -> [Row] {
    let columns = max(columns, 1)
    return stride(from: 0, to: panels.count, by: columns).map { start in
      Row(
        heading: start == 0 ? heading : nil,
        panels: Array(panels[start..<min(start + columns, panels.count)]))
    }
  }
}

/// One panel of a figure: a title and what is drawn in its axes.
public struct Panel: Equatable, Sendable {
  public enum Content: Equatable, Sendable {
    case depthImage(DepthImage)
    case lines(LinePlot)
    case map(MapPlot)
    case grid(GridImage)
  }

  /// The title, such as "E → I"; nil for none.
  public var title: String?
  public var content: Content

  public init(title: String? = nil, _ image: DepthImage) {
    self.title = title
    content = .depthImage(image)
  }

  public init(title: String? = nil, _ lines: LinePlot) {
    self.title = title
    content = .lines(lines)
  }

  public init(title: String? = nil, _ map: MapPlot) {
    self.title = title
    content = .map(map)
  }

  public init(title: String? = nil, _ image: GridImage) {
    self.title = title
    content = .grid(image)
  }
}
