import LFPKernels

extension ProbeKind {
  /// The most boxes of a grid.
  private static let boxLimit = 1_000_000.0

  /// `volumetric_csd: {x, y, z, average}`: the edges of boxes along the axes.
  static let volumetricCSD = ProbeKind(
    name: "volumetric_csd",
    read: { field, _ in
      guard let map = field.mapping(["x", "y", "z"] + ProbeAverage.keys) else { return nil }
      let axes = ["x", "y", "z"].map { axis in
        map.required(axis, "edges of boxes in um: a list, or {from, to, count}")?.edges()
      }
      let average = ProbeAverage.read(map)
      guard let x = axes[0], let y = axes[1], let z = axes[2], let average else { return nil }
      let boxes = [x, y, z].reduce(1.0) { $0 * Double($1.count - 1) }
      guard boxes <= boxLimit else {
        return field.fail("has \(boxes) boxes; at most \(Int(boxLimit)) are possible")
      }
      return map.checked(VolumetricCSDProbe(x: x, y: y, z: z, average: average))
    },
    write: { probe in
      guard let probe = probe as? VolumetricCSDProbe else { return nil }
      return .mapping(
        [("x", .numbers(probe.x)), ("y", .numbers(probe.y)), ("z", .numbers(probe.z))]
          + probe.average.canonical)
    })
}

extension Field {
  /// At least two numbers; falling ones are turned to rise.
  fileprivate func edges() -> [Double]? {
    guard let edges = numbers(.length) else { return nil }
    guard let first = edges.first, let last = edges.last, edges.count >= 2 else {
      return fail("has one edge; a grid needs at least two on each axis")
    }
    return first <= last ? edges : edges.reversed()
  }
}
