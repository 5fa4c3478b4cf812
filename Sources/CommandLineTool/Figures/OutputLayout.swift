import KernelFiles
import Pictures

/// How the outputs of a probe lie, which decides how they are drawn.
enum OutputLayout: Equatable {
  /// Outputs without places of their own.
  case components

  /// Along a line: the place of each output along an axis.
  case line([Double], Axis)

  /// In a plane, along two axes.
  case plane(MapAxis, MapAxis)

  /// In space: drawn in the plane of these two axes.
  case space(MapAxis, MapAxis)

  /// Around a head whose centre is the origin.
  case head

  enum MapAxis: Int, Equatable {
    case x, y, z

    var axis: Axis { Axis("\(self)", unit: "um") }
  }

  /// Probes that are wider than this part of their height are drawn as maps.
  private static let slender = 0.1

  init(_ probe: KernelFileContents.Probe, outputs: Int) {
    let places = probe.positions
    guard places.count == outputs, Set(places).count > 1 else {
      self = .components
      return
    }
    if ["eeg", "meg", "new_york_head"].contains(probe.kind) {
      self = .head
      return
    }
    let extents = (0..<3).map { axis in
      (places.map { $0[axis] }.max() ?? 0) - (places.map { $0[axis] }.min() ?? 0)
    }
    // From the longest to the shortest; z before y before x.
    let order = [2, 1, 0].sorted { (extents[$0], $0) > (extents[$1], $1) }
    let along = order[0]
    let values = places.map { $0[along] }
    if extents[order[1]] <= Self.slender * extents[along], Set(values).count == values.count {
      self = .line(values, along == 2 ? .depth : MapAxis(rawValue: along)?.axis ?? .depth)
      return
    }
    let pair = order.prefix(2).sorted().compactMap(MapAxis.init)
    guard pair.count == 2 else {
      self = .components
      return
    }
    let isFlat = extents[order[2]] <= 1e-6 * extents[order[0]]
    self = isFlat ? .plane(pair[0], pair[1]) : .space(pair[0], pair[1])
  }
}
