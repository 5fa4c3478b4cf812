import Foundation

/// A shape for each population of the microcircuit, with its soma at 0: pyramidal cells with an apical
/// dendrite into layer 1 (layers 2/3 and 5) or layer 4 (layer 6), stellate cells with a short one in
/// layer 4, and interneurons with dendrites on all sides.
enum MicrocircuitCells {
  private struct Shape {
    let name: String

    /// Diameter and height, um.
    let soma: Double

    /// Height and diameter of the apical dendrite above the soma, and how far its tuft rises further.
    var apical: (height: Double, diameter: Double, tuft: Double)?

    /// Number, length and diameter of the other dendrites.
    let dendrites: (count: Int, length: Double, diameter: Double)
  }

  private static let shapes = [
    Shape(name: "L23E", soma: 16, apical: (150, 2.4, 85), dendrites: (5, 120, 1.4)),
    Shape(name: "L23I", soma: 12, dendrites: (6, 110, 1.2)),
    Shape(name: "L4E", soma: 13, apical: (160, 1.4, 70), dendrites: (6, 140, 1.2)),
    Shape(name: "L4I", soma: 12, dendrites: (6, 110, 1.2)),
    Shape(name: "L5E", soma: 20, apical: (680, 3.4, 280), dendrites: (7, 170, 1.6)),
    Shape(name: "L5I", soma: 12, dendrites: (6, 110, 1.2)),
    Shape(name: "L6E", soma: 15, apical: (380, 1.8, 120), dendrites: (6, 130, 1.3)),
    Shape(name: "L6I", soma: 12, dendrites: (6, 110, 1.2)),
  ]

  /// How far dendrites reach below and above the soma, um.
  static func reach(of name: String) -> ClosedRange<Double> {
    guard let shape = shapes.first(where: { $0.name == name }) else { return 0...0 }
    let ends = directions(shape).map { 0.5 * shape.soma * $0.z + shape.dendrites.length * $0.z }
    let top = shape.apical.map { 0.5 * shape.soma + $0.height + $0.tuft }
    return min(0, ends.min() ?? 0)...max(0, ends.max() ?? 0, top ?? 0)
  }

  static let text =
    "# Points are [x, y, z, diameter], um, about the soma. The time constant is that of the paper, 10 ms.\n"
    + "cells:\n" + shapes.map(text).joined()

  private static func text(of shape: Shape) -> String {
    let half = 0.5 * shape.soma
    var lines = ["  \(shape.name):", "    sections:"]
    func section(_ name: String, _ points: [SIMD4<Double>], _ parent: String?) {
      let list = points.map { p in
        "[" + [p.x, p.y, p.z, p.w].map(MicrocircuitText.number).joined(separator: ", ") + "]"
      }.joined(separator: ", ")
      let tail = parent.map { ", parent: \"\($0)\"" } ?? ""
      lines.append("      \(name): {points: [\(list)]\(tail)}")
    }
    section("soma", [SIMD4(0, 0, -half, shape.soma), SIMD4(0, 0, half, shape.soma)], nil)
    for (k, direction) in directions(shape).enumerated() {
      let diameter = shape.dendrites.diameter
      let start = rounded(half * direction)
      let end = rounded((half + shape.dendrites.length) * direction)
      section("dend[\(k)]", [SIMD4(start, diameter), SIMD4(end, 0.6 * diameter)], "soma(0.5)")
    }
    if let (height, diameter, tuft) = shape.apical {
      let top = half + height
      section(
        "apic[0]", [SIMD4(0, 0, half, diameter), SIMD4(0, 0, top, 0.5 * diameter)], "soma(1)")
      for (k, x) in [0.6 * tuft, -0.6 * tuft].enumerated() {
        section(
          "apic[\(k + 1)]",
          [
            SIMD4(0, 0, top, 0.4 * diameter), SIMD4(x.rounded(), 0, top + tuft, 0.25 * diameter),
          ], "apic[0](1)")
      }
    }
    lines += ["    membrane: [{passive: {g: 1.0e-4}}]", "    vrest: -65"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Directions of dendrites: around the axis, pyramidal cells' downwards, others up and down in turn,
  /// steeper upwards: a symmetric cell would have no dipole moment.
  private static func directions(_ shape: Shape) -> [SIMD3<Double>] {
    let count = shape.dendrites.count
    return (0..<count).map { k in
      let angle = 2 * Double.pi * Double(k) / Double(count)
      let downwards = shape.apical != nil && !shape.name.hasPrefix("L4")
      let rise = downwards ? (k % 2 == 0 ? -0.8 : -0.2) : (k % 2 == 0 ? 0.8 : -0.6)
      let side = (1 - rise * rise).squareRoot()
      return SIMD3(side * cos(angle), side * sin(angle), rise)
    }
  }

  private static func rounded(_ point: SIMD3<Double>) -> SIMD3<Double> {
    (point * 10).rounded(.toNearestOrAwayFromZero) / 10 + SIMD3(0, 0, 0)
  }
}
