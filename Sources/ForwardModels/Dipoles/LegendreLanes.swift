/// Eight electrodes of one layer on their way through the series.
struct LegendreLanes {
  typealias Lanes = SIMD8<Double>
  let layer: Int

  /// 1 - |x| and |x|, with x the cosine.
  private let complement: Lanes
  private let cosine: Lanes

  /// By which the powers of A and B grow per term; the cosine's sign is in them.
  private let growth: Lanes
  private let decay: Lanes

  /// What bounds the terms: `majorant` × n × ratio^(n - 1).
  private let ratio: Lanes
  private let majorant: Lanes

  /// The square of the angle's sine.
  private let sine2: Lanes

  /// ratio^n, n being how many terms were added.
  private var ratioPower = Lanes(repeating: 1)

  private var growingPower: Lanes
  private var decayingPower: Lanes

  /// Of the next term: P_n(|x|), P_n(|x|) - P_(n-1)(|x|), and P_n'(|x|).
  private var legendre: Lanes
  private var step: Lanes
  private var derivative: Lanes

  private(set) var radial = Lanes.zero

  /// To be multiplied by the cosine's sign.
  private(set) var tangential = Lanes.zero
  let sign: Lanes

  /// - Parameters:
  ///   - lanes: one to eight electrodes of one layer.
  ///   - inner: the inner radius of the layer, um.
  init(_ lanes: [SphereLane], inner: Double, radii: [Double]) {
    precondition((1...8).contains(lanes.count), "one to eight electrodes go together")
    func spread(_ value: (SphereLane) -> Double) -> Lanes {
      var result = Lanes()
      for i in 0..<8 { result[i] = value(lanes[min(i, lanes.count - 1)]) }
      return result
    }
    let layer = lanes[0].layer
    self.layer = layer
    sign = spread { $0.sign }
    complement = spread { $0.complement }
    cosine = 1 - complement
    let outward = spread { $0.radius / radii[layer] }
    // In the innermost layer B counts for nothing.
    let inward = layer == 0 ? .zero : spread { inner / $0.radius }
    growth = sign * outward
    decay = sign * inward
    growingPower = growth
    decayingPower = decay * inward
    ratio = spread { $0.ratio }
    majorant =
      layer == 0
      ? 2 * outward
      : spread { lane in
        let relative = radii[0] / lane.radius
        return (0...layer).reduce(relative * relative) { product, _ in 3 * product }
      }
    sine2 = complement * (1 + cosine)
    legendre = cosine
    step = -complement
    derivative = Lanes(repeating: 1)
  }

  /// Adds the terms from `first` on.
  mutating func add(
    _ first: Double, _ growing: UnsafePointer<Double>, _ decaying: UnsafePointer<Double>,
    count: Int
  ) {
    var (p, q) = (growingPower, decayingPower)
    var (value, change, slope) = (legendre, step, derivative)
    var (radial, tangential) = (self.radial, self.tangential)
    for k in 0..<count {
      let n = first + Double(k)
      let c = growing[k] * p + decaying[k] * q
      radial += (n * c) * value
      tangential += c * slope
      p *= growth
      q *= decay
      slope = cosine * slope + (n + 1) * value
      // (n + 1) (P_(n+1) - P_n) = n (P_n - P_(n-1)) - (2 n + 1) (1 - x) P_n
      change = (n * change - ((2 * n + 1) * complement) * value) * (1 / (n + 1))
      value += change
    }
    (growingPower, decayingPower) = (p, q)
    (legendre, step, derivative) = (value, change, slope)
    (self.radial, self.tangential) = (radial, tangential)
  }

  /// Whether all terms beyond `n`, up to which all were added, are together below 1e-14 of the sums.
  ///
  /// |A| in the innermost layer is at most 2 (r_z / r_1)^(n-1), and with each sphere outwards a
  /// potential falls at least as (r(j-1) / r(j))^(n+1), but for a factor of 3; |P_n| is at most 1, and
  /// sin |P_n'| at most n. So the terms are below majorant × n × ratio^(n-1), whose sum is known.
  mutating func isDone(after n: Double, count: Int) -> Bool {
    for _ in 0..<count { ratioPower *= ratio }
    let rest = 1 - ratio
    let bound = majorant * ratioPower * ((n + 1) - n * ratio) / (rest * rest)
    let size2 = radial * radial + sine2 * tangential * tangential
    return !any(bound * bound .> 1e-28 * size2)
  }
}
