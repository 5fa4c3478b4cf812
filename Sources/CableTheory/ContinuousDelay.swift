/// A distribution of delays whose convolution with a response is an integral: a density cut into
/// panels of a fraction of the grid's step, and atoms.
public struct ContinuousDelay: Sendable, Equatable {
  /// A single delay, ms, and its probability.
  public struct Atom: Sendable, Equatable {
    public var delay: Double
    public var probability: Double

    public init(delay: Double, probability: Double) {
      self.delay = delay
      self.probability = probability
    }
  }

  /// Panels per step of the grid.
  let panelsPerStep: Int

  /// Panel m holds delays m width ... (m + 1) width; these are the panels from `firstPanel` on.
  let firstPanel: Int
  let panels: [LegendreExpansion]
  let atoms: [Atom]

  /// ms.
  let panelWidth: Double

  /// Atoms alone.
  public init(atoms: [Atom]) {
    self.atoms = atoms
    panelsPerStep = 1
    firstPanel = 0
    panels = []
    panelWidth = 1
  }

  /// A density, resolved by as many panels per step as it needs.
  ///
  /// - Parameters:
  ///   - support: where the density is not negligible, ms, finite; it starts at 0 or later.
  ///   - dt: the grid's step, ms.
  ///   - density: 1/ms, smooth within the support.
  /// - Returns: nil when 4096 panels per step do not resolve the density.
  public init?(support: ClosedRange<Double>, dt: Double, density: (Double) -> Double) {
    atoms = []
    var perStep = 1
    while true {
      let width = dt / Double(perStep)
      let first = Int((support.lowerBound / width).rounded(.down))
      let last = max(first, Int((support.upperBound / width).rounded(.up)) - 1)
      let panels = (first...last).map { m in
        LegendreExpansion(
          from: max(Double(m) * width, support.lowerBound),
          to: min(Double(m + 1) * width, support.upperBound), density)
      }
      let error = panels.reduce(0) { max($0, $1.tail) } * width
      // The first panel may begin with a root or a pole of the density, which panels never resolve.
      let rest = panels.dropFirst().reduce(0) { max($0, $1.tail) } * width
      if error < 1e-11 || (perStep >= 64 && panels.count > 8 && rest < 1e-10) {
        self.panels = panels
        panelsPerStep = perStep
        firstPanel = first
        panelWidth = width
        return
      }
      if perStep >= 4096 || last - first > 200_000 { return nil }
      perStep *= 2
    }
  }

  /// The first panel beyond all delays.
  var endPanel: Int { firstPanel + panels.count }

  /// The latest delay, ms: factors on exponentials count time from there.
  var end: Double {
    panels.isEmpty ? atoms.reduce(0) { max($0, $1.delay) } : Double(endPanel) * panelWidth
  }

  /// Whether panel `index` (in `panels`) is cut by the support's ends.
  func isPartial(_ index: Int) -> Bool {
    let panel = panels[index]
    return panel.high - panel.low < panelWidth * (1 - 1e-9)
  }

  /// The integral of density × exp(z (end - delay)), for each z: the delay as a factor on
  /// exponentials whose time is counted from `end`.
  func factors(_ exponents: [Complex]) -> [Complex] {
    let rule = GaussLegendreRule.order12
    let weights = panels.map { $0.quadratureWeights(rule) }
    return exponents.map { z in
      var sum = Complex(0)
      for atom in atoms {
        sum = sum + atom.probability * ((end - atom.delay) * z).exponential
      }
      if panels.isEmpty { return sum }
      let step = (panelWidth * z).exponential
      let whole = rule.nodes.map { x in (0.5 * (1 - x) * panelWidth * z).exponential }
      for (index, panel) in panels.enumerated() {
        sum = sum * step
        let border = Double(firstPanel + index + 1) * panelWidth
        for (g, x) in rule.nodes.enumerated() {
          let power =
            isPartial(index) ? ((border - panel.position(x)) * z).exponential : whole[g]
          sum = sum + weights[index][g] * power
        }
      }
      return sum
    }
  }

  /// Windows of time (ms) before the first panel's length is over in which the response is needed as
  /// well: by moments at a window of no length, else by Gauss points in each window.
  func firstPanelWindows(_ index: Int) -> [ClosedRange<Double>] {
    let panel = panels[index]
    let border = Double(firstPanel + index + 1) * panelWidth
    let (low, high) = (border - panel.high, border - panel.low)
    if low <= 1e-7 * panelWidth { return [high...high] }
    var windows: [ClosedRange<Double>] = []
    var start = low
    while start < high * (1 - 1e-12) {
      let end = min(2 * start, high)
      windows.append(start...end)
      start = end
    }
    return windows
  }
}

extension LegendreExpansion {
  /// The argument at x in [-1, 1].
  func position(_ x: Double) -> Double { 0.5 * (low + high) + 0.5 * (high - low) * x }

  /// Weights × values at the rule's points.
  func quadratureWeights(_ rule: GaussLegendreRule) -> [Double] {
    zip(rule.nodes, rule.weights).map { 0.5 * (high - low) * $1 * self(position($0)) }
  }
}
