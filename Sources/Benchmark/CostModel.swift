import CableTheory

/// Floating-point operations (a multiplication or an addition each) and bytes that kernels need, by
/// formula. Exponentials, densities and other functions are left out: where they matter, the rate
/// that is reached looks low.
struct CostModel: Codable {
  /// Solves of the cable equation on the tree.
  private(set) var solves = 0.0

  /// Outputs × nodes times nodes × frequencies.
  private(set) var projection = 0.0

  /// Sums over frequencies at each lag, and convolution with delays.
  private(set) var evaluation = 0.0

  /// Written or read outside of the inner loops, bytes.
  private(set) var bytes = 0.0

  var operations: Double { solves + projection + evaluation }

  init(_ work: [SolverWork]) {
    for cell in work { add(cell) }
  }

  private mutating func add(_ work: SolverWork) {
    // Cells at all depths.
    let (nodes, outputs) = (Double(work.nodes * work.members), Double(work.outputs))
    let (frequencies, perWindow) = (Double(work.frequencies), Double(work.nodesPerWindow))
    // Of each frequency and node: admittance 3, 1 + y r 3, its reciprocal 6, the parent's sum 8.
    solves += frequencies * nodes * 20
    bytes += 8 * outputs * nodes
    for drive in work.drives {
      let (taps, early, late) = (Double(drive.taps), Double(drive.early), Double(drive.late))
      // Towards the root 8, back: current 14, potential 4.
      solves += frequencies * nodes * 26
      projection += 4 * frequencies * nodes * outputs
      // A window's sum at `lags` lags: powers, coefficients per block of 64 lags, product. On average
      // about 6 in 10 terms have not decayed.
      func sum(_ lags: Double, _ terms: Double) -> Double {
        6 * perWindow * 64 + (lags / 64).rounded(.up) * 6 * outputs * terms
          + 4 * lags * outputs * terms
      }
      let terms = 0.6 * perWindow
      evaluation += sum(late, terms) + 7 * taps * perWindow + 6 * outputs * perWindow
      evaluation += sum(early, terms) + Double(work.windows - 1) * 6 * perWindow * 64
      evaluation += 2 * outputs * early * min(taps + 63, early)
      // Currents: written and read. Response and kernel: written, read, and written in their layout.
      bytes += 8 * (2 * 2 * frequencies * nodes + 4 * outputs * (early + late))
    }
  }
}
