import KernelFiles
import LFPKernels

/// Makes the networks of points one after another; what successive points share is not read again.
struct PointNetworks {
  private let sweep: Sweep
  private var variation: NetworkVariation
  private var values: [Double]
  private var slotValues: [Double]

  /// For each slot the index of the parameter that sets it.
  private let parameters: [Int]

  init(_ sweep: Sweep) {
    self.sweep = sweep
    var slots: [NumberSlot] = []
    var parameters: [Int] = []
    for (index, parameter) in sweep.parameters.enumerated() {
      slots += parameter.slots
      parameters += parameter.slots.map { _ in index }
    }
    self.parameters = parameters
    values = [Double](repeating: 0, count: sweep.parameters.count)
    slotValues = [Double](repeating: 0, count: slots.count)
    variation = NetworkVariation(sweep.template, replacing: slots)
  }

  /// The network at a point, and its identity.
  mutating func network(
    atPoint point: Int
  ) throws(DescriptionError) -> (network: Network, identity: [UInt8]) {
    sweep.setValues(ofPoint: point, &values)
    for (index, value) in values.enumerated() where !value.isFinite {
      throw DescriptionError([
        Diagnostic(
          file: sweep.template.file.fileName, line: nil, column: nil, path: "",
          message: "the parameter \(sweep.parameters[index].name) has no finite value")
      ])
    }
    for (slot, parameter) in parameters.enumerated() { slotValues[slot] = values[parameter] }
    try variation.set(slotValues)
    return (variation.network, variation.identity.digest)
  }
}
