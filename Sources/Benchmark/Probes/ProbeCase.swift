import LFPKernels

/// A probe whose matrix is timed.
struct ProbeCase {
  let title: String

  /// How many times faster than the reference it is to be at least.
  var ratio = 1.0

  /// Seconds that it may take at most.
  var limit = Double.infinity

  /// Largest difference from the reference over the largest entry; nil where the reference draws
  /// random numbers.
  var tolerance: Double?

  /// Matrix of which the time is taken.
  let matrix: () throws -> Matrix

  /// A more exact one, to tell errors; nil where the matrix is exact itself.
  var exact: (() throws -> Matrix)?

  /// - Throws: `BenchmarkError` for a name that is not known.
  init(_ item: ProbeInputs.Case, _ inputs: ProbeInputs) throws {
    let cell = inputs.cell.compartments
    let places = item.places.map { SIMD3($0[0], $0[1], $0[2]) }
    let size = "\(cell.count) compartments, \(places.count) contacts"
    switch item.name {
    case "point":
      self.init("\(size), points", ratio: 10, tolerance: 1e-12) {
        try PointSourcePotential(contacts: places).transformationMatrix(for: cell)
      }
    case "line":
      self.init("\(size), lines", ratio: 10, tolerance: 1e-10) {
        try LineSourcePotential(contacts: places).transformationMatrix(for: cell)
      }
    case "slice_point", "slice_line":
      let isLine = item.name == "slice_line"
      let slice = try TissueSlice(
        bottom: -0.5 * inputs.sliceHeight, thickness: inputs.sliceHeight)
      // The reference's logarithms of lines lose digits to cancellation.
      self.init(
        "\(size), slice, \(isLine ? "lines" : "points")", ratio: 10,
        tolerance: isLine ? 1e-8 : 1e-12
      ) {
        try SlicePotential(contacts: places, slice: slice, source: isLine ? .lines : .points)
          .transformationMatrix(for: cell)
      }
    case "eeg":
      let dipole = SIMD3(inputs.dipole[0], inputs.dipole[1], inputs.dipole[2])
      // The reference stops summing early.
      self.init("four spheres, \(places.count) electrodes", ratio: 20, tolerance: 2e-6) {
        try LayeredSphereModel(electrodes: places).dipoleMatrix(at: dipole)
      }
    case "gauss_cylinder":
      // The reference's quadrature does not know of the kink of |z|.
      self.init("\(size), Gauss cylinder", ratio: 10, limit: 1e-3, tolerance: 1e-5) {
        try GaussCylinderPotential(
          z: places.map(\.z), radius: inputs.radius, scale: inputs.scale
        ).transformationMatrix(for: cell)
      }
    case "population":
      let somata = try SomaDistribution(
        radius: inputs.radius, depth: .norm(loc: 0, scale: inputs.scale))
      func mean(_ tolerance: Double) throws -> Matrix {
        try PopulationAverage(
          of: LineSourcePotential(contacts: places), over: somata, tolerance: tolerance
        ).transformationMatrix(for: cell)
      }
      self.init("\(size), lines, mean over a population") { try mean(1e-4) }
      exact = { try mean(1e-8) }
    default: throw BenchmarkError("there is no case '\(item.name)'")
    }
  }

  private init(
    _ title: String, ratio: Double = 1, limit: Double = .infinity, tolerance: Double? = nil,
    matrix: @escaping () throws -> Matrix
  ) {
    self.title = title
    self.ratio = ratio
    self.limit = limit
    self.tolerance = tolerance
    self.matrix = matrix
  }
}
