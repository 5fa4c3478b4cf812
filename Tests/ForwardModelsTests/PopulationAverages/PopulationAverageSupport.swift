import CellMorphology
import Distributions
import Foundation
import LinearAlgebra

@testable import ForwardModels

/// Gauss points of 16 on each of the intervals between neighbours.
func compositeGauss(_ edges: [Double]) -> [(x: Double, w: Double)] {
  let rule = GaussLegendre(16)
  let sorted = edges.sorted()
  return zip(sorted, sorted.dropFirst()).filter { $0.1 > $0.0 }.flatMap { a, b in
    zip(rule.nodes, rule.weights).map { (0.5 * (a + b + $0 * (b - a)), 0.5 * $1 * (b - a)) }
  }
}

/// Intervals that grow away from places.
func graded(
  from low: Double, to high: Double, at places: [Double], _ smallest: Double
) -> [Double] {
  var edges = [low, high]
  for place in places {
    edges.append(place)
    var step = smallest
    while step < high - low {
      edges += [place - step, place + step]
      step *= 2.2
    }
  }
  return edges.filter { $0 >= low && $0 <= high }
}

/// The mean over a population of a model of a vertical line, or a point, on the z axis, which depends on
/// the horizontal distance q alone: 1 / (pi R^2) ∫ f ∫ q arc(q) M(q, z - depth) dq, where arc(q) is the
/// angle of the circle about the contact that is over the disc.
func meanOfVertical(
  _ model: ([SIMD3<Double>]) throws -> any ForwardModel, _ cell: Compartments, rho: Double,
  z: Double, radius: Double, depths: [(x: Double, w: Double)]
) throws -> Double {
  let a = 0.5 * cell.diameter[0]
  let limit = radius + rho
  var edges = graded(from: 0, to: limit, at: [a, abs(radius - rho)], 0.02 * a)
  edges = Array(Set(edges + [limit]))
  // Arcs begin and end like square roots: r = low + (high - low) sin^2.
  var ring = [(q: Double, w: Double)]()
  let sorted = edges.sorted()
  for (low, high) in zip(sorted, sorted.dropFirst()) {
    for (angle, w) in compositeGauss([0, 0.5 * .pi]) {
      let q = low + (high - low) * sin(angle) * sin(angle)
      var arc = 2 * Double.pi
      if q + rho > radius {
        let cosine = (q * q + rho * rho - radius * radius) / (2 * q * rho)
        arc = 2 * acos(min(1, max(-1, cosine)))
      }
      ring.append((q, w * 2 * (high - low) * sin(angle) * cos(angle) * q * arc))
    }
  }
  let contacts = depths.flatMap { depth in ring.map { SIMD3($0.q, 0, z - depth.x) } }
  let matrix = try model(contacts).transformationMatrix(for: cell)
  var (sum, row) = (0.0, 0)
  for depth in depths {
    for node in ring {
      sum += depth.w * node.w * matrix.storage[row]
      row += 1
    }
  }
  return sum / (.pi * radius * radius)
}

/// Nodes of a normal density, fine where a compartment or its mirror image begins or ends.
func normalDepths(
  _ scale: Double, near places: [Double], _ smallest: Double
) -> [(x: Double, w: Double)] {
  let edges = (-16...16).map { 0.5 * Double($0) * scale }
  let fine = places.filter { abs($0) < 8 * scale }
  let more = graded(from: -8 * scale, to: 8 * scale, at: fine, smallest)
  let all = edges + (fine.isEmpty ? [] : more)
  return compositeGauss(all).map {
    ($0.x, $0.w * exp(-0.5 * $0.x * $0.x / (scale * scale)) / (scale * (2 * .pi).squareRoot()))
  }
}

/// Somata at random, the same in every run: on a disc, with depths that are drawn from standard numbers.
func randomSomata(
  _ count: Int, radius: Double, depth: (inout SplitMix) -> Double
) -> [SIMD3<Double>] {
  var random = SplitMix(state: 7)
  return randomSomata(count, radius: radius, &random, depth: depth)
}

/// The next ones of a stream.
func randomSomata(
  _ count: Int, radius: Double, _ random: inout SplitMix, depth: (inout SplitMix) -> Double
) -> [SIMD3<Double>] {
  (0..<count).map { _ in
    let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &random)
    let r = radius * Double.random(in: 0..<1, using: &random).squareRoot()
    return SIMD3(r * cos(angle), r * sin(angle), depth(&random))
  }
}

func normal(_ random: inout SplitMix) -> Double {
  let u = 1 - Double.random(in: 0..<1, using: &random)
  return (-2 * log(u)).squareRoot() * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
}

/// The mean and standard deviation over cells of the potentials at one contact.
func momentsOverCells(
  _ model: ([SIMD3<Double>]) throws -> any ForwardModel, _ cell: Compartments,
  contact: SIMD3<Double>, somata: [SIMD3<Double>]
) throws -> [(mean: Double, deviation: Double)] {
  let matrix = try model(somata.map { contact - $0 }).transformationMatrix(for: cell)
  let n = Double(somata.count)
  return try momentsOverRows(matrix).map {
    ($0.sum / n, max(0, $0.squares / n - $0.sum * $0.sum / (n * n)).squareRoot())
  }
}

/// For each column the sum of its entries and that of their squares.
func momentsOverRows(_ matrix: Matrix) throws -> [(sum: Double, squares: Double)] {
  let ones = Matrix(rows: 1, columns: matrix.rows, repeating: 1)
  let sums = try ones.times(matrix)
  let squares = try matrix.times(matrix, transposingSelf: true)
  return (0..<matrix.columns).map { (sums[0, $0], squares[$0, $0]) }
}

/// Three oblique pieces of a cell and its soma.
let averagedCell = makeCompartments(
  [
    (SIMD3(0, 0, -15), SIMD3(0, 0, 15)), (SIMD3(3, 1, 15), SIMD3(40, 30, 70)),
    (SIMD3(-5, 8, -20), SIMD3(-60, 20, -35)), (SIMD3(10, -20, 300), SIMD3(12, -25, 330)),
  ], [30, 3, 2, 1.5])
