import Foundation
import LFPKernels

/// What `cell` prints.
struct CellReport: Encodable {
  struct Part: Encodable {
    let type: String
    let sections, compartments: Int

    /// um, um2, um.
    let length, area, thinnest, thickest: Double
  }

  struct Warning: Encodable {
    let kind: String
    let line: Int?
    let message: String
  }

  let file, format: String
  let parts: [Part]
  let sections, compartments: Int

  /// um, um2.
  let length, area: Double

  /// um.
  let lowest, highest, farthest: Double
  let electrotonicLength: Double

  /// MOhm, ms.
  let inputResistance, timeConstant: Double
  let warnings: [Warning]

  init(file: String, _ content: MorphologyFile, _ measures: CellMeasures) {
    self.file = file
    format = content.format.rawValue
    parts = measures.parts.map {
      Part(
        type: $0.type, sections: $0.sections, compartments: $0.compartments, length: $0.length,
        area: $0.area, thinnest: $0.diameters.lowerBound, thickest: $0.diameters.upperBound)
    }
    sections = content.morphology.sections.count
    compartments = measures.compartments.count
    length = measures.parts.reduce(0) { $0 + $1.length }
    area = measures.parts.reduce(0) { $0 + $1.area }
    let depths = measures.compartments.startZ + measures.compartments.endZ
    lowest = depths.min() ?? 0
    highest = depths.max() ?? 0
    farthest = measures.farthest
    electrotonicLength = measures.electrotonicLength
    inputResistance = measures.inputResistance
    timeConstant = measures.timeConstant
    warnings = content.warnings.map {
      Warning(kind: $0.kind.rawValue, line: $0.line, message: $0.message)
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  var text: String {
    func number(_ x: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", x) }
    var rows = parts.map {
      [
        $0.type, "\($0.sections)", "\($0.compartments)", number($0.length), number($0.area),
        "\(number($0.thinnest, 2)) ... \(number($0.thickest, 2))",
      ]
    }
    rows.append(["all", "\(sections)", "\(compartments)", number(length), number(area), ""])
    let table = TextTable(
      header: ["type", "sections", "compartments", "length (um)", "area (um2)", "diameters (um)"],
      leading: 1, rows: rows)
    let noted = warnings.isEmpty ? "nothing odd" : "\(warnings.count) warnings"
    return """
      \(file): \(format), \(noted)

      \(table)

      depths                     \(number(lowest)) ... \(number(highest)) um
      farthest from the soma     \(number(farthest)) um
      electrotonic length        \(number(electrotonicLength, 3))
      input resistance at soma   \(number(inputResistance, 2)) MOhm
      membrane time constant     \(number(timeConstant, 2)) ms
      """
  }
}
