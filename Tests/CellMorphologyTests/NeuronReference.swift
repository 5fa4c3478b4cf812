import CellMorphology
import Foundation

/// What Fixtures/make_fixtures.py computed with NEURON.
struct NeuronReference: Decodable, Sendable {
  struct Place: Decodable, Sendable {
    let name: String
    let points: [[Double]]
    let parent: String?
    let at: Double
    let axialResistivity: Double
    let capacitance: Double

    enum CodingKeys: String, CodingKey {
      case name, points, parent, at
      case axialResistivity = "Ra"
      case capacitance = "cm"
    }
  }

  struct Rule: Decodable, Sendable {
    let counts: Int?
    let lambda: Double?

    var discretization: Discretization {
      if let lambda { .lambda(frequency: lambda) } else { .counts([:], otherwise: counts ?? 0) }
    }
  }

  /// The node where a section begins: `["end", section, compartment]`, or `start`, `compartment`.
  struct Attachment: Decodable, Sendable, Hashable {
    let kind: String
    let section: String
    let compartment: Int

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      kind = try values.decode(String.self)
      section = try values.decode(String.self)
      compartment = try values.decode(Int.self)
    }
  }

  struct Measured: Decodable, Sendable {
    let name: String
    let attachment: Attachment?
    let area, diameter, resistance: [Double]
    let endResistance, length: Double
    let borders: [[Double]]
  }

  struct Cut: Decodable, Sendable {
    let rule: Rule
    let sections: [Measured]
  }

  struct Cell: Decodable, Sendable {
    let name: String
    let sections: [Place]
    let cuts: [Cut]

    func morphology() throws -> NeuronMorphology {
      let names = sections.map(\.name)
      return try NeuronMorphology(
        sections: sections.map { section in
          Section(
            name: section.name, points: section.points.map(MorphologyPoint.init(row:)),
            parent: section.parent.map {
              SectionParent(section: names.firstIndex(of: $0) ?? -1, position: section.at)
            })
        })
    }

    func discretized(_ rule: Discretization) throws -> DiscretizedCell {
      try DiscretizedCell(
        morphology(), rule: rule, axialResistivity: sections.map(\.axialResistivity),
        capacitance: sections.map(\.capacitance))
    }
  }

  struct Wish: Decodable, Sendable {
    let points: [[Double]]
    let axialResistivity, capacitance, frequency, fraction, lengthConstant: Double
    let count: Int

    enum CodingKeys: String, CodingKey {
      case points, frequency, fraction, count
      case axialResistivity = "Ra"
      case capacitance = "cm"
      case lengthConstant = "lambda_f"
    }
  }

  struct Survey: Decodable, Sendable {
    let points: [[Double]]
    let axialResistivity, capacitance, length, endResistance, lengthConstant: Double
    let count, countByRule: Int
    let area, diameter, resistance: [Double]

    enum CodingKeys: String, CodingKey {
      case points = "pt3d"
      case axialResistivity = "Ra"
      case capacitance = "cm"
      case length = "L"
      case endResistance = "ri_to_1end"
      case lengthConstant = "lambda_f100"
      case count = "nseg"
      case countByRule = "nseg_dlambda0p1"
      case area = "area_um2"
      case diameter = "diam_um"
      case resistance = "ri_MOhm"
    }
  }

  struct Placement: Decodable, Sendable {
    let angles, position: [Double]
    let sections: [[[Double]]]
    let start, end: [[Double]]
  }

  let cells: [Cell]
  let lambdas: [Wish]
  let survey: Survey
  let placements: [Placement]

  static let file: Result<NeuronReference, any Error> = Result {
    guard
      let url = Bundle.module.url(
        forResource: "neuron", withExtension: "json", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(NeuronReference.self, from: Data(contentsOf: url))
  }

  static let cellNames = [
    "tapered", "jumps", "many_points", "uneven", "places", "random_0", "random_1", "random_2",
  ]
}

extension MorphologyPoint {
  /// x, y, z, diameter.
  init(row: [Double]) { self.init(row[0], row[1], row[2], diameter: row[3]) }
}

/// |value - expected| / |expected|.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  value == expected ? 0 : abs(value - expected) / abs(expected)
}
