import KernelFiles

/// A small valid description, of which tests replace parts.
enum SmallDescription {
  static let text = """
    time: {dt: 0.0625, tau: 50}
    cells:
      ball:
        sections:
          soma: {points: [[0, 0, -10, 20], [0, 0, 10, 20]]}
          dend: {points: [[0, 0, 10, 2], [0, 0, 200, 2]], parent: soma(1)}
        membrane: [{passive: {g: 0.0003}}]
    populations:
      E:
        size: 100
        rate: 2
        cell: ball
        somata: {radius: 100, depth: {norm: {loc: 0, scale: 50}}}
      I: {size: 25}
    connections:
      - pre: I
        post: E
        probability: 0.1
        delay: 1.5
        synapse: {exp2: {weight: 0.001, tau1: 0.1, tau2: 9, e: -80}}
    probes:
      dipole: {population_dipole: {}}
    """

  /// The text with a part replaced, which must be there.
  static func replacing(_ old: String, with new: String) -> String {
    guard let range = text.range(of: old) else { return "the text has no '\(old)'" }
    return text.replacingCharacters(in: range, with: new)
  }
}

/// All messages of a text; empty when it can be read.
func problems(of text: String) -> String {
  do throws(DescriptionError) {
    _ = try DescriptionFile.read(text: text, fileName: "net.yaml")
    return ""
  } catch {
    return "\(error)"
  }
}
