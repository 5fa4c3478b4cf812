import CellMorphology
import Foundation

/// The morphologies that Fixtures/Readers/make_fixtures.py writes, and what NEURON makes of them.
enum ReaderFixtures {
  struct Place: Decodable, Sendable {
    let name: String
    let count: Int
    let parent: Int
    let position: Double

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      name = try values.decode(String.self)
      count = try values.decode(Int.self)
      parent = try values.decode(Int.self)
      position = try values.decode(Double.self)
    }
  }

  struct Case: Decodable, Sendable {
    let sections: [Place]

    /// Start x y z, end x y z, diameter, area, resistance to the parent node.
    let columns: [[Double]]
  }

  static let cases: [String: Case] = {
    guard let data = try? Data(contentsOf: url("neuron.json")) else { return [:] }
    return (try? JSONDecoder().decode([String: Case].self, from: data)) ?? [:]
  }()

  static let names = cases.keys.sorted()

  static func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: url(name))) }

  private static func url(_ name: String) -> URL {
    Bundle.module.bundleURL.appendingPathComponent("Fixtures/Readers").appendingPathComponent(name)
  }
}

extension MorphologyFile {
  /// Cut as NEURON's users do, by the d_lambda rule, with the file's values or those given.
  func discretized(frequency: Double = 100, axialResistivity: Double) throws -> DiscretizedCell {
    try DiscretizedCell(
      morphology, rule: .lambda(frequency: frequency),
      axialResistivity: settings.map { $0.axialResistivity ?? axialResistivity },
      capacitance: settings.map { $0.capacitance ?? 1 })
  }

  init(
    text: String, _ format: MorphologyFormat? = nil, soma: SWCSoma = .neuron,
    options: ImportOptions = ImportOptions(), refusing: Set<MorphologyWarning.Kind> = []
  ) throws(MorphologyFileError) {
    try self.init(
      reading: Array(text.utf8), format: format, soma: soma, options: options, refusing: refusing)
  }

  /// Names of sections, each with its parent's name and place.
  var outline: [String] {
    morphology.sections.map { section in
      guard let parent = section.parent else { return section.name }
      return "\(section.name) <- \(morphology.sections[parent.section].name)(\(parent.position))"
    }
  }

  func points(_ name: String) -> [[Double]] {
    guard let section = morphology.sections.first(where: { $0.name == name }) else { return [] }
    return section.points.map { [$0.position.x, $0.position.y, $0.position.z, $0.diameter] }
  }
}

extension DiscretizedCell {
  /// Per compartment, the resistance between its node and the node's parent, MOhm.
  var resistanceToParent: [Double] {
    var result = [Double](repeating: 0, count: compartments.count)
    for node in 0..<tree.nodeCount where tree.compartment[node] >= 0 {
      result[tree.compartment[node]] = tree.resistance[node]
    }
    return result
  }
}

/// The largest |a - b| / |b|.
func worstRelativeError(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { a, b in a == b ? 0 : ((a - b) / b).magnitude }.max() ?? 0
}

/// The largest |a - b|.
func worstError(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { ($0 - $1).magnitude }.max() ?? 0
}
