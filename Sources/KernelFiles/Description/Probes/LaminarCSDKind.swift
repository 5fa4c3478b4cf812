import LFPKernels

extension ProbeKind {
  /// `laminar_csd: {z, radius, axis, average}`; the radius defaults to the population's.
  static let laminarCSD = ProbeKind(
    name: "laminar_csd",
    read: { field, _ in
      guard let map = field.mapping(["z", "radius", "axis"] + ProbeAverage.keys) else {
        return nil
      }
      let layers = map.required(
        "z", "edges of layers in um: a list, {from, to, count}, or pairs [[from, to], ...]"
      ).flatMap(LaminarCSDProbe.Layer.readList)
      let radius = map.given("radius") { $0.number(.length, .positive) }
      let axis = map.optional("axis").map(Field.horizontalPlace) ?? .zero
      let average = ProbeAverage.read(map)
      guard let layers, let radius, let axis, let average else { return nil }
      return map.checked(
        LaminarCSDProbe(layers: layers, radius: radius, axis: axis, average: average))
    },
    write: { probe in
      guard let probe = probe as? LaminarCSDProbe else { return nil }
      return .mapping(
        [
          ("z", .list(probe.layers.map { .numbers([$0.from, $0.to]) })),
          ("radius", probe.radius.map { .number($0) }),
          ("axis", .numbers([probe.axis.x, probe.axis.y])),
        ] + probe.average.canonical)
    })
}

extension LaminarCSDProbe.Layer {
  /// Layers between neighbouring edges, or with two edges each.
  fileprivate static func readList(_ field: Field) -> [LaminarCSDProbe.Layer]? {
    if field.isList, let first = field.listOrSelf.first, first.isList {
      let layers = field.listOrSelf.map(read)
      return layers.contains(nil) ? nil : layers.compactMap { $0 }
    }
    guard let edges = field.numbers(.length) else { return nil }
    guard edges.count >= 2 else {
      return field.fail("has one edge; layers need at least two")
    }
    let steps = zip(edges, edges.dropFirst()).map { $1 - $0 }
    guard steps.allSatisfy({ $0 >= 0 }) || steps.allSatisfy({ $0 <= 0 }) else {
      return field.fail(
        "does not go up or down throughout; give layers that overlap as [[from, to], ...]")
    }
    return zip(edges, edges.dropFirst()).map { Self(from: $0, to: $1) }
  }

  private static func read(_ field: Field) -> LaminarCSDProbe.Layer? {
    guard let edges = field.numbers(.length) else { return nil }
    guard edges.count == 2 else {
      return field.fail("has \(edges.count) edges; a layer has two, [from, to]")
    }
    return Self(from: edges[0], to: edges[1])
  }
}

extension Field {
  /// `[x, y]` in um.
  fileprivate static func horizontalPlace(_ field: Field) -> SIMD2<Double>? {
    guard let numbers = field.numbers(.length) else { return nil }
    guard numbers.count == 2 else {
      return field.fail("has \(numbers.count) numbers; [x, y] is needed")
    }
    return SIMD2(numbers[0], numbers[1])
  }
}
