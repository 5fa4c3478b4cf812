/// A gate of a channel: the channel conducts in proportion to the gate to its power.
public struct Gate: Sendable, Equatable {
  public var kinetics: GateKinetics
  public var power: Int

  public init(_ kinetics: GateKinetics, power: Int = 1) {
    self.kinetics = kinetics
    self.power = power
  }
}

/// An ion channel I = g p (V - E), with p the product of its gates' powers.
public struct IonChannel: Sendable, Equatable {
  public var name: String

  /// Reversal potential E, mV.
  public var reversal: Double
  public var gates: [Gate]

  /// A factor on p that does not depend on potential, such as that of a calcium concentration at rest.
  public var constantFactor: Double

  public init(name: String, reversal: Double, gates: [Gate], constantFactor: Double = 1) {
    self.name = name
    self.reversal = reversal
    self.gates = gates
    self.constantFactor = constantFactor
  }

  /// How a channel enters a linear membrane.
  public enum Approximation: String, Sendable, Equatable, CaseIterable {
    /// As its conductance at the potential of linearisation: gates stand still.
    case frozen

    /// To first order about that potential: each gate relaxes (Koch 1984, Biol Cybern 50: 15; Remme &
    /// Rinzel 2011, J Comput Neurosci 31: 13).
    case quasiActive = "quasi_active"
  }

  /// The admittance per unit of maximal conductance about a potential,
  ///
  ///     y(s) = conductance + sum_k amplitude_k / (1 + s timeConstant_k)
  public struct Linearization: Sendable, Equatable {
    public var conductance: Double

    /// A term per gate.
    public var relaxations: [(amplitude: Double, timeConstant: Double)]

    public static func == (a: Self, b: Self) -> Bool {
      a.conductance == b.conductance
        && a.relaxations.elementsEqual(b.relaxations, by: ==)
    }
  }

  /// p∞(V) and, for each gate, (V - E) (dp/dx) x∞'(V) with its time constant.
  public func linearized(at v: Double, _ approximation: Approximation) -> Linearization {
    let states = gates.map { $0.kinetics.state(at: v) }
    let openings = zip(gates, states).map { power($1.steadyState.value, $0.power) }
    let conductance = openings.reduce(constantFactor, *)
    guard approximation == .quasiActive else {
      return Linearization(conductance: conductance, relaxations: [])
    }
    let terms = gates.indices.map { k in
      let (gate, state) = (gates[k], states[k])
      var derivative =
        constantFactor * Double(gate.power) * power(state.steadyState.value, gate.power - 1)
      for (other, opening) in openings.enumerated() where other != k { derivative *= opening }
      return (
        amplitude: (v - reversal) * derivative * state.steadyState.slope,
        timeConstant: state.timeConstant
      )
    }
    return Linearization(conductance: conductance, relaxations: terms)
  }
}

private func power(_ x: Double, _ n: Int) -> Double {
  var result = 1.0
  for _ in 0..<max(n, 0) { result *= x }
  return result
}
