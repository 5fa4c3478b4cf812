import CellMorphology
import Foundation
import LinearAlgebra
import Testing

@testable import CableTheory

@Suite("Linearised channels")
struct ChannelTests {
  /// The admittance at a real rate s: currents that follow exp(s t) about the potential, from the full
  /// equations by central differences of steady state and gates.
  @Test(arguments: PublishedChannel.allCases)
  func admittanceIsTheDerivativeOfTheChannel(name: PublishedChannel) {
    let channel = name.channel()
    for v in stride(from: -90.0, through: -40, by: 2.5) {
      let linear = channel.linearized(at: v, .quasiActive)
      let states = channel.gates.map { $0.kinetics.state(at: v) }
      // A potential v + d exp(s t) moves each gate by x'(v) d exp(s t) / (1 + s tau).
      for s in [0, 0.01, 0.3, 5.0] {
        func current(_ d: Double) -> Double {
          var opening = channel.constantFactor
          for (gate, state) in zip(channel.gates, states) {
            // The steady state's change by the full kinetics, low-passed.
            let change =
              gate.kinetics.state(at: v + d).steadyState.value - state.steadyState.value
            let x = state.steadyState.value + change / (1 + s * state.timeConstant)
            opening *= pow(x, Double(gate.power))
          }
          return opening * (v + d - channel.reversal)
        }
        let d = 1e-3
        // Fourth order differences: errors of rounding 1e-13 and of truncation 1e-12.
        let derivative =
          (8 * (current(d) - current(-d)) - (current(2 * d) - current(-2 * d))) / (12 * d)
        let admittance = linear.relaxations.reduce(linear.conductance) {
          $0 + $1.amplitude / (1 + s * $1.timeConstant)
        }
        let scale = linear.relaxations.reduce(linear.conductance) { $0 + abs($1.amplitude) }
        #expect(abs(admittance - derivative) < 1e-7 * scale + 1e-13, "\(v) mV, \(s) / ms")
      }
      #expect(channel.linearized(at: v, .frozen).conductance == linear.conductance)
      #expect(channel.linearized(at: v, .frozen).relaxations.isEmpty)
    }
  }

  /// Steady states and time constants by the formulas as published, written out.
  @Test func kineticsAtOnePotential() {
    let v = -62.5
    let ih = PublishedGate.ihM.state(at: .potential(v))
    // Numbers of the reference's own mechanism.
    #expect(abs(ih.steadyState.value / 0.008563444213728408 - 1) < 1e-14)
    #expect(abs(ih.timeConstant / 33.94298792902392 - 1) < 1e-14)
    #expect(abs(ih.steadyState.slope / -0.0008783722329580648 - 1) < 1e-13)
    let m = PublishedGate.naTaM.state(at: .potential(v))
    let (a, b) = (
      0.182 * (v + 38) / (1 - exp(-(v + 38) / 6)), 0.124 * (-v - 38) / (1 - exp(-(-v - 38) / 6))
    )
    #expect(abs(m.steadyState.value / (a / (a + b)) - 1) < 1e-13)
    #expect(abs(m.timeConstant * (a + b) * pow(2.3, 1.3) - 1) < 1e-13)
    let nap = PublishedGate.napH.state(at: .potential(v))
    let (c, d) = (
      -2.88e-6 * (v + 17) / (1 - exp((v + 17) / 4.63)),
      6.94e-6 * (v + 64.4) / (1 - exp(-(v + 64.4) / 2.63))
    )
    #expect(abs(nap.timeConstant * (c + d) * pow(2.3, 1.3) - 1) < 1e-13)
    #expect(abs(nap.steadyState.value * (1 + exp((v + 48.8) / 10)) - 1) < 1e-13)
    let k = PublishedGate.kPstM.state(at: .potential(v))
    #expect(
      abs(k.timeConstant * pow(2.3, 1.3) / (1.25 + 175.03 * exp(0.026 * (v + 10))) - 1) < 1e-13)
    #expect(abs(PublishedChannel.caHVA.channel().reversal - 131.07) < 0.01)
  }

  /// No potential gives NaN, also where formulas read 0 / 0.
  @Test(arguments: PublishedGate.allCases)
  func kineticsAreFiniteEverywhere(gate: PublishedGate) {
    for v in [-200.0, -154.9, -66, -64.4, -60, -38, -32, -27, -17, 0, 100, 400]
      + Array(
        stride(from: -100.0, through: 60, by: 0.37))
    {
      let state = gate.state(at: .potential(v))
      #expect(state.steadyState.value >= 0 && state.steadyState.value <= 1, "\(v) mV")
      #expect(state.steadyState.slope.isFinite, "\(v) mV")
      #expect(state.timeConstant > 0 && state.timeConstant.isFinite, "\(v) mV")
    }
  }

  @Test func ownKinetics() {
    let v = -60.0
    let boltzmann = GateKinetics.boltzmann(midpoint: -50, scale: 5, timeConstant: 3).state(at: v)
    let expected = 1 / (1 + exp(2.0))
    #expect(abs(boltzmann.steadyState.value - expected) < 1e-15)
    #expect(abs(boltzmann.steadyState.slope - expected * (1 - expected) / 5) < 1e-15)
    let rates = GateKinetics.rates(
      opening: .exponential(rate: 1, midpoint: -60, scale: 10),
      closing: .sigmoid(rate: 2, midpoint: -60, scale: -4), speed: 2
    ).state(at: v)
    #expect(abs(rates.steadyState.value - 0.5) < 1e-15 && abs(rates.timeConstant - 0.25) < 1e-15)
    let linoid = RateFunction.linoid(rate: 3, midpoint: -60, scale: 5)
    #expect(abs(linoid(.potential(-60)).value - 3) < 1e-14)
    #expect(abs(linoid(.potential(-55)).value - 3 / (1 - exp(-1))) < 1e-13)
    let values = GateKinetics.values(steadyState: 0.3, slope: -0.02, timeConstant: 9).state(at: 0)
    #expect(values.steadyState == Dual(0.3, slope: -0.02) && values.timeConstant == 9)
  }
}

@Suite("Resonance and stability")
struct ResonanceTests {
  /// Two like compartments with a gate: leak g, amplitude a, time constant tau, per compartment.
  private func cable(_ g: Double, _ a: Double, _ tau: Double, resistance: Double = 40) throws
    -> LinearCable
  {
    try LinearCable(
      tree: CompartmentTree(parent: [-1, 0], resistance: [0, resistance], compartment: [0, 1]),
      capacitance: [5e-3, 5e-3], conductance: [g, g],
      relaxations: [Relaxation(timeConstant: tau, compartments: [0, 1], amplitudes: [a, a])])
  }

  /// A point neuron with one gate has |Z| at its peak where (1 + w^2 tau^2)^2 and the rest balance:
  /// w^2 tau^2 = -1 + sqrt(2 (tau a / C) (1 + ... )) in closed form (Hutcheon & Yarom 2000); found here
  /// by the derivative of |Y|^2 in u = w^2, a quadratic after division.
  @Test func impedancePeaksWhereTheClosedFormSays() throws {
    let (c, g, a, tau) = (5e-3, 2e-4, 8e-4, 40.0)
    // |Y|^2 = (g + a / (1 + x))^2 + u (c - a tau / (1 + x))^2 with x = u tau^2. Its derivative by u times
    // (1 + x)^2 is c^2 (1 + x)^2 - 2 a c tau - a (2 g + a) tau^2 ... = 0.
    let x = ((2 * a * c * tau + a * (2 * g + a) * tau * tau).squareRoot() / c) - 1
    let expected = x.squareRoot() / tau
    let single = try LinearCable(
      tree: CompartmentTree(parent: [-1], resistance: [0], compartment: [0]), capacitance: [c],
      conductance: [g],
      relaxations: [Relaxation(timeConstant: tau, compartments: [0], amplitudes: [a])])
    func admittance(_ w: Double) -> Double {
      let y = TreeSweep(single).pivots(at: Complex(0, w))[0]
      return (y.re * y.re + y.im * y.im).squareRoot()
    }
    // The least |Y| by golden section.
    var (low, high) = (expected / 3, expected * 3)
    let ratio = 0.5 * (5.0.squareRoot() - 1)
    for _ in 0..<200 {
      let (p, q) = (high - ratio * (high - low), low + ratio * (high - low))
      if admittance(p) < admittance(q) { high = q } else { low = p }
    }
    #expect(abs(low / expected - 1) < 1e-6)
  }

  /// Damped oscillations: poles off the real axis. The difference of both potentials obeys a system of
  /// second order, whose response to a decaying exponential is a sum of three exponentials.
  @Test(arguments: [(50.0, 0.01), (200, 0.02), (20, 0.2), (100, 0.004)], [20.0, 100, 400])
  func exactWithPolesOffTheAxis(gate: (tau: Double, amplitude: Double), duration: Double) throws {
    let (c, g, r) = (5e-3, 5e-5, 4000.0)
    let (tau, a) = gate
    let cable = try cable(g, a, tau, resistance: r)
    let drive = SynapticDrive(weights: [1, -1], timeCourse: .exp(tau: 2))
    let steps = Int(duration / 0.125)
    // Sharp resonances over many cycles want more nodes than the solver takes: it says so.
    let isBeyond = tau == 20 || (a >= 0.01 && duration > 100)
    let solver = ExactSolver(cable, outputs: .identity(2), groups: [0..<2])
    if isBeyond {
      let error = #expect(throws: CableError.resonant) {
        try solver.responses(to: [drive], grid: LagGrid(dt: 0.125, steps: steps))
      }
      #expect(try #require(error).description.contains("resonate too sharply"))
      return
    }
    let values =
      try solver
      .responses(to: [drive], grid: LagGrid(dt: 0.125, steps: steps))[0]
    // Fine steps of a scheme of fourth order for d' = (2 I - k d - a s) / c, s' = (d - s) / tau.
    let k = g + 2 / r
    func slope(_ t: Double, _ d: Double, _ s: Double) -> (Double, Double) {
      ((2 * exp(-t / 2) - k * d - a * s) / c, (d - s) / tau)
    }
    var (d, s) = (0.0, 0.0)
    let fine = 16
    let h = 0.125 / Double(fine)
    var worst = 0.0
    for n in 0..<steps * fine {
      let t = Double(n) * h
      let k1 = slope(t, d, s)
      let k2 = slope(t + h / 2, d + h / 2 * k1.0, s + h / 2 * k1.1)
      let k3 = slope(t + h / 2, d + h / 2 * k2.0, s + h / 2 * k2.1)
      let k4 = slope(t + h, d + h * k3.0, s + h * k3.1)
      d += h / 6 * (k1.0 + 2 * k2.0 + 2 * k3.0 + k4.0)
      s += h / 6 * (k1.1 + 2 * k2.1 + 2 * k3.1 + k4.1)
      if (n + 1) % fine == 0 {
        worst = largest(worst, abs(values.values[1, (n + 1) / fine] - d / r))
      }
    }
    #expect(worst < 2e-9 * values.values.maximumMagnitude)
  }

  /// Backward Euler steps with gates converge to the exact solution, in first order.
  @Test func stepsConverge() throws {
    let cable = try cable(2e-4, 8e-4, 30)
    let drive = SynapticDrive(weights: [1, 0], timeCourse: .exp2(tau1: 0.5, tau2: 3))
    var errors: [Double] = []
    for level in 1..<4 {
      let dt = 0.0625 / pow(2, Double(level))
      let grid = LagGrid(dt: dt, steps: Int(60 / dt))
      let exact = try ExactSolver(cable, outputs: .identity(2), groups: [0..<2])
        .responses(to: [drive], grid: grid)[0].values
      let steps = BackwardEulerSolver(cable, outputs: .identity(2))
        .membraneCurrents([drive], grid: grid)[0]
      let lags = stride(from: 1.0, through: 60, by: 1).map { Int($0 / dt) }
      errors.append(
        lags.reduce(0) { largest($0, abs(exact[1, $1] - steps[1, $1])) } / exact.maximumMagnitude)
    }
    #expect(abs(log2(errors[0] / errors[1]) - 1) < 0.1)
    #expect(abs(log2(errors[1] / errors[2]) - 1) < 0.1)
  }

  /// A point neuron is unstable where g + a < 0 (growth), or where the trace is positive: a gate that
  /// follows slowly cannot hold a negative conductance... here checked against the roots themselves.
  @Test func stabilityAgreesWithTheRoots() throws {
    var generator = SeededGenerator(17)
    var unstable = 0
    for _ in 0..<400 {
      let c = generator.logUniform(1e-3, 1e-1)
      let g = generator.logUniform(1e-5, 1e-2)
      let (tau1, tau2) = (generator.logUniform(0.1, 10), generator.logUniform(10, 300))
      let a1 = -generator.logUniform(1e-5, 3e-2)
      let a2 = generator.logUniform(1e-5, 3e-2)
      let cable = try LinearCable(
        tree: CompartmentTree(parent: [-1], resistance: [0], compartment: [0]), capacitance: [c],
        conductance: [g],
        relaxations: [
          Relaxation(timeConstant: tau1, compartments: [0], amplitudes: [a1]),
          Relaxation(timeConstant: tau2, compartments: [0], amplitudes: [a2]),
        ])
      // (s c + g)(1 + s t1)(1 + s t2) + a1 (1 + s t2) + a2 (1 + s t1): Routh-Hurwitz of third order.
      let p3 = c * tau1 * tau2
      let p2 = c * (tau1 + tau2) + g * tau1 * tau2
      let p1 = c + g * (tau1 + tau2) + a1 * tau2 + a2 * tau1
      let p0 = g + a1 + a2
      let stable = p1 > 0 && p0 > 0 && p2 * p1 > p3 * p0
      let margin = min(abs(p0) / g, abs(p2 * p1 - p3 * p0) / (p2 * abs(p1) + p3 * abs(p0)))
      if margin < 0.02 { continue }
      if !stable { unstable += 1 }
      #expect(cable.isStable() == stable)
    }
    #expect(unstable > 50)
  }

  /// Coupling makes the difference: a compartment that would grow alone is held by its neighbours.
  @Test func neighboursHoldACompartment() throws {
    func cable(_ resistance: Double) throws -> LinearCable {
      try LinearCable(
        tree: CompartmentTree(parent: [-1, 0], resistance: [0, resistance], compartment: [0, 1]),
        capacitance: [5e-3, 5e-3], conductance: [1e-3, 1e-3],
        relaxations: [Relaxation(timeConstant: 1, compartments: [0], amplitudes: [-1.5e-3])])
    }
    #expect(try cable(10).isStable())
    #expect(try !cable(1e5).isStable())
  }
}

@Suite("Poles that a contour could leave out")
struct OffAxisPoleTests {
  /// A soma and a dendrite of compartments with a gate of given strength: resonances that a contour
  /// without a bound on poles left out, and its check as well.
  @Test(arguments: [
    (0.0189, 0.11734, 0.5, 10.0), (0.0265, 0.2294, 0.5, 50.0), (0.004, 1.0, 0.25, 20),
  ])
  func nothingIsSilentlyLeftOut(amplitude: Double, tau: Double, dt: Double, duration: Double) throws
  {
    let count = 12
    let base = try ClosedFormTests.cable(count: count, diameter: 2, length: 500)
    let area = base.capacitance.map { $0 / 1e-5 }
    let cable = try LinearCable(
      tree: base.tree, capacitance: base.capacitance, conductance: base.conductance,
      relaxations: [
        Relaxation(
          timeConstant: tau, compartments: Array(0..<count),
          amplitudes: area.map { 25 * amplitude * $0 * 1e-2 })
      ])
    var weights = [Double](repeating: 0, count: count)
    weights[2] = 1
    let drive = SynapticDrive(weights: weights, timeCourse: .exp2(tau1: 0.2, tau2: 1.8))
    let outputs = Matrix(rows: 1, columns: count, storage: (0..<count).map { Double($0) })
    let steps = Int(duration / dt)
    let fine = 64
    do throws(CableError) {
      let coarse = try ExactSolver(cable, outputs: outputs, groups: [0..<1])
        .responses(to: [drive], grid: LagGrid(dt: dt, steps: steps))[0].values
      // The same lags as part of a fine grid, whose windows and contours are others.
      let other = try ExactSolver(cable, outputs: outputs, groups: [0..<1])
        .responses(to: [drive], grid: LagGrid(dt: dt / Double(fine), steps: fine * steps))[0].values
      for n in 0...steps {
        #expect(abs(coarse[0, n] - other[0, fine * n]) < 2e-9 * coarse.maximumMagnitude)
      }
    } catch {
      #expect(error == .resonant)
    }
  }
}
