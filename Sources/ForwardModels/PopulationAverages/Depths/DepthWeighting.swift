package import CellMorphology
package import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A piece of the distribution of soma depths with what depends on depth expanded on it in polynomials
/// p_j that are orthonormal with respect to the piece, and the Gauss rule that goes with them.
///
/// The mean over depths of a product M(z) r(z), of which r is smooth, is
///
///     E[M r] = sum_j m_j c_j,   m_j = E[p_j M],   c_j = sum_k w_k p_j(z_k) r(z_k)
///
/// for polynomials r of degree below n, and as exactly as a Gauss rule is for others: with matrices m_j
/// (`DepthMoments`) that are integrated exactly, kinks of M do no harm.
package struct DepthWeighting: Sendable {
  /// The piece: offsets from the mean depth, um, with the probability that they have.
  package let spread: DepthSpread

  /// Nodes of the Gauss rule: offsets from the mean depth, um.
  package let nodes: [Double]

  /// Their weights; the sum is the piece's probability.
  package let weights: [Double]

  /// Whether all depths of the piece are nodes, so that nothing is interpolated.
  package let isExact: Bool

  /// How large the coefficients c_j of what is averaged are over c_0, roughly; 1 where that is not known.
  package let sizes: [Double]

  private let polynomials: OrthogonalPolynomials

  /// - Parameters:
  ///   - spread: a piece with a probability above 0.
  ///   - order: number of nodes n.
  ///   - sizes: of coefficients over that of the first, as far as they are known.
  package init(_ spread: DepthSpread, order: Int, sizes: [Double] = []) {
    let range = spread.range
    // Points that integrate polynomials of degree 2 n to rounding.
    let length = 2 * (range.upperBound - range.lowerBound) / Double(max(1, order))
    let fine = length > 0 ? spread.divided(into: length) : spread
    self.spread = fine
    var (points, masses) = ([Double](), [Double]())
    for panel in fine.panels {
      for k in 0..<8 where panel.weights[k] > 0 {
        points.append(panel.nodes[k])
        masses.append(panel.weights[k])
      }
    }
    for atom in fine.atoms where atom.probability > 0 {
      points.append(atom.offset)
      masses.append(atom.probability)
    }
    polynomials = OrthogonalPolynomials(points: points, weights: masses, count: order)
    let rule = polynomials.gaussRule()
    (nodes, weights) = (rule.nodes, rule.weights)
    self.sizes = rule.nodes.indices.map { $0 < sizes.count ? max(sizes[$0], 1e-9) : 1 }
    isExact = fine.panels.isEmpty && Set(fine.atoms.map(\.offset)).count <= rule.nodes.count
  }

  /// Number of polynomials and of nodes.
  package var count: Int { nodes.count }

  /// The probability of offsets that fulfil a condition, by the points of the piece.
  package func share(where condition: (Double) -> Bool) -> Double {
    var sum = 0.0
    for panel in spread.panels {
      for k in 0..<8 where condition(panel.nodes[k]) { sum += panel.weights[k] }
    }
    for atom in spread.atoms where condition(atom.offset) { sum += atom.probability }
    return sum
  }

  /// p_0 ... p_(n-1) at an offset.
  package func polynomials(at offset: Double) -> [Double] { polynomials.values(at: offset) }

  func evaluatePolynomials(at offset: Double, into values: UnsafeMutableBufferPointer<Double>) {
    polynomials.evaluate(at: offset, into: values)
  }

  /// The factors of the moments in the matrix that belongs to a node, w_k p_j(z_k): those of all
  /// polynomials, and those of the last ones alone, by which an error is judged.
  package func factors(ofNode k: Int) -> (all: [Double], last: [Double]) {
    let all = polynomials(at: nodes[k]).map { weights[k] * $0 }
    // Two, as every other one may vanish by symmetry; never the mean itself.
    let first = isExact ? count : max(1, count - 2)
    return (all, all.indices.map { $0 >= first ? all[$0] : 0 })
  }

  /// The probability times a polynomial, as a spread with signs.
  func spread(times j: Int) -> DepthSpread {
    let polynomials = polynomials
    let weight = { @Sendable (offset: Double) in polynomials.values(at: offset)[j] }
    // Polynomials of degree j oscillate over lengths of about the range over pi j.
    let scale = min(1, 3 / Double(j + 1))
    var result = DepthSpread(
      panels: spread.panels.map { panel in
        DepthSpread.Panel(from: panel.low, to: panel.high, isSigned: true) {
          panel.density(at: $0) * weight($0)
        }
      }, atoms: spread.atoms.map { ($0.offset, $0.probability * weight($0.offset)) },
      jumps: spread.jumps, standardDeviation: scale * spread.standardDeviation)
    result.rule = zip(nodes, weights).map { ($0, $1 * weight($0)) }
    return result
  }
}

/// A model that integrates its matrix over soma depth with polynomial weights.
package protocol DepthMomentsModel: ForwardModel {
  /// Whether the matrix is the same at all depths.
  var isDepthIndependent: Bool { get }

  /// The moments E[p_j M] on a piece of the distribution of depths, one matrix for each polynomial.
  ///
  /// - Parameter compartments: of the model cell, with its soma at the mean depth.
  /// - Throws: what `transformationMatrix(for:)` throws.
  func depthMoments(for compartments: Compartments, _ weighting: DepthWeighting) throws -> [Matrix]
}

/// A model whose matrix is the same at all depths, but for what currents that sum to zero cannot see.
package protocol DepthIndependentModel: DepthMomentsModel {}

extension DepthMomentsModel {
  package var isDepthIndependent: Bool { false }
}

extension DepthIndependentModel {
  package var isDepthIndependent: Bool { true }

  package func depthMoments(
    for compartments: Compartments, _ weighting: DepthWeighting
  ) throws -> [Matrix] {
    let matrix = try transformationMatrix(for: compartments)
    return (0..<weighting.count).map { j in
      j == 0
        ? weighting.spread.mass.squareRoot() * matrix
        : Matrix(rows: matrix.rows, columns: matrix.columns)
    }
  }
}

extension CurrentDipoleMoment: DepthIndependentModel {}
extension PopulationDipoleMoment: DepthIndependentModel {}
extension DipoleSignal: DepthIndependentModel {}
