import Foundation

/// A title and aligned columns, the first to the left.
func table(_ title: String, _ head: [String], _ rows: [[String]]) -> String {
  let all = [head] + rows
  let widths = head.indices.map { j in all.map { $0[j].count }.max() ?? 0 }
  let lines = all.map { row in
    let cells = row.indices.map { j in
      let gap = String(repeating: " ", count: widths[j] - row[j].count)
      return j == 0 ? row[j] + gap : gap + row[j]
    }
    return "  " + cells.joined(separator: "  ")
  }
  return ([title] + lines).joined(separator: "\n") + "\n"
}

/// With so many digits after the point.
func fixed(_ value: Double, _ digits: Int) -> String {
  String(format: "%.\(digits)f", value)
}

/// As `1.2e-05`.
func format(_ value: Double) -> String { String(format: "%.1e", value) }
