import LFPKernels

/// The potential at each contact less that at a reference contact, of one cell.
struct ReferencedPotential: ForwardModel {
  let potential: PointSourcePotential
  let reference: Int
  var unit: String { "mV" }

  func transformationMatrix(for compartments: Compartments) -> Matrix {
    var matrix = potential.transformationMatrix(for: compartments)
    let row = Array(matrix.row(reference))
    for i in 0..<matrix.rows {
      for (j, value) in row.enumerated() { matrix[i, j] -= value }
    }
    return matrix
  }
}

/// Makes it known to the kernel engine, which asks for a model for each population.
struct ReferencedProbe: PopulationProbe {
  let contacts: [SIMD3<Double>]
  var kind: String { "referenced_potential" }

  func forwardModel(for somata: Somata) throws -> any ForwardModel {
    ReferencedPotential(
      potential: try PointSourcePotential(contacts: contacts), reference: contacts.count - 1)
  }
}

let contacts = [0.0, 100, 5000].map { SIMD3(20, 0, $0) }
let probe = Probe(name: "referenced", ReferencedProbe(contacts: contacts))
let somata = Somata(radius: 100, depth: try .norm(loc: 0, scale: 50))
let cell = Compartments(points: [SIMD3(0, 0, 0), SIMD3(0, 0, 50), SIMD3(0, 0, 100)], diameter: 2)
let matrix = try probe.measures.forwardModel(for: somata).transformationMatrix(for: cell)
print(try matrix.times([-1, 1]))  // mV, of 1 nA into the lower half and out of the upper
