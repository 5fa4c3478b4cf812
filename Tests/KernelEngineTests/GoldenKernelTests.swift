import CableTheory
import CellMorphology
import ForwardModels
import LinearAlgebra
import Testing

@testable import KernelEngine

@Suite("Kernels against the reference implementation")
struct GoldenKernelTests {
  static let cases = [
    "EI", "EE", "EI_no_g_eff", "EE_fir_dt0.125", "EE_current_based", "EI_vrest_per_compartment",
  ]

  /// Steps as the reference takes them, on its own compartments and with its own matrix, whose
  /// quadrature is only good to 3e-8.
  @Test(arguments: cases)
  func onItsOwnCompartments(name: String) throws {
    let golden = try GoldenKernels.all.get()
    let run = try GoldenRun(name, vrest: golden.vrest_list, solver: .backwardEuler)
    let matrix = try #require(golden.cases["EI"]?.gauss_cylinder_matrix)
    let kernels = try run.engine(on: golden.discretizedCell(), matrix: matrix).kernels()
    try compare(kernels, run, try #require(golden.cases[name]), tolerance: 1e-9)
  }

  /// From the morphology: the reference rounds coordinates to 6 decimals of a section's length, which
  /// moves kernels by 1e-6.
  @Test(arguments: cases)
  func fromTheMorphology(name: String) throws {
    let golden = try GoldenKernels.all.get()
    let run = try GoldenRun(name, vrest: golden.vrest_list, solver: .backwardEuler)
    let kernels = try KernelEngine(run.network).kernels()
    try compare(kernels, run, try #require(golden.cases[name]), tolerance: 1e-5)
  }

  private func compare(
    _ kernels: [Kernel], _ run: GoldenRun, _ golden: GoldenKernels.Case, tolerance: Double
  ) throws {
    let lfp = try #require(kernels.first { $0.pre == run.pre && $0.probe == "lfp" })
    let dipole = try #require(kernels.first { $0.pre == run.pre && $0.probe == "dipole" })
    #expect(lfp.values.columns == golden.width)
    let ours = (0..<13).map { e in golden.columns.map { lfp.values[e, $0] } }
    let worst = relativeDifference(ours.flatMap { $0 }, golden.gauss_cylinder.flatMap { $0 })
    #expect(worst < tolerance)
    let z = golden.columns.map { dipole.values[2, $0] }
    let worstDipole = relativeDifference(z, golden.dipole_z)
    #expect(worstDipole < tolerance)
    #expect(dipole.values.row(0).allSatisfy { $0 == 0 })
    #expect(dipole.values.row(1).allSatisfy { $0 == 0 })
  }

  @Test(arguments: ["EI", "EE"])
  func everyIntermediate(name: String) throws {
    let golden = try GoldenKernels.all.get()
    let run = try GoldenRun(name, vrest: golden.vrest_list, solver: .backwardEuler)
    let expected = try #require(golden.cases[name])
    let cell = try run.cell(on: golden.discretizedCell())

    let multapses = cell.statistics.compactMap(\.multapseMean)
    let goldenMultapses = try #require(expected.multapse_mean)
    #expect(relativeDifference(multapses, goldenMultapses) < 1e-14)
    let goldenLeak = try #require(expected.g_pas)
    #expect(relativeDifference(cell.summary.effectiveLeak, goldenLeak) < 1e-13)

    let drive = try #require(cell.drives.first { $0.pre == run.pre }).drive
    let goldenWeights = try #require(expected.compartment_weight)
    #expect(relativeDifference(drive.weights[0], goldenWeights) < 1e-13)

    let goldenDelay = try #require(expected.delay)
    let center = (expected.width - 1) / 2
    guard case .grid(let filter) = drive.delay else {
      Issue.record("sampled delays are weights on the grid")
      return
    }
    var rest = filter.weights.reduce(0, +)
    for (column, value) in goldenDelay {
      let k = try #require(Int(column)) - center - filter.firstLag
      let own = filter.weights.indices.contains(k) ? filter.weights[k] : 0
      #expect(abs(own - value) < 1e-15)
      rest -= own
    }
    #expect(abs(rest) < 1e-15, "no weight where the reference has none")

    let probe = try GaussCylinderPotential(
      z: (0..<13).map { 1000 - 100 * Double($0) }, radius: 150, scale: 75)
    let matrix = try probe.transformationMatrix(for: cell.compartments)
    let goldenMatrix = try #require(expected.gauss_cylinder_matrix).flatMap { $0 }
    // The reference's quadrature errs by up to 3e-8; ours is compared with 30 digits elsewhere.
    #expect(relativeDifference(matrix.storage, goldenMatrix) < 5e-8)

    let solver = BackwardEulerSolver(cell.cables[0], outputs: matrix)
    let currents = solver.membraneCurrents(
      [SynapticDrive(weights: drive.weights[0], timeCourse: drive.timeCourse)],
      grid: LagGrid(dt: 0.0625, steps: 800))[0]
    let times = try #require(expected.imem_times)
    let ours = (0..<27).map { i in times.map { currents[i, $0] } }
    let goldenCurrents = try #require(expected.imem)
    #expect(relativeDifference(ours.flatMap { $0 }, goldenCurrents.flatMap { $0 }) < 1e-11)
  }
}
