/// The electrical tree of a cell: a node for each compartment's centre, and nodes without
/// membrane (junctions) at ends of sections where children begin.
///
/// Node 0 is the root and belongs to a compartment; each parent has a smaller index than its
/// children.
public struct CompartmentTree: Sendable, Equatable {
  /// Index of each node's parent; -1 for the root.
  public private(set) var parent: [Int] = []

  /// Resistance between a node and its parent, MOhm; 0 for the root.
  public private(set) var resistance: [Double] = []

  /// Compartment of each node; -1 for junctions.
  public private(set) var compartment: [Int] = []

  public var nodeCount: Int { parent.count }

  init() {}

  /// A tree from its columns, as documented at the properties.
  ///
  /// Parents must come before children, and node 0 must be a compartment without parent.
  public init(parent: [Int], resistance: [Double], compartment: [Int]) {
    precondition(parent.count == resistance.count && parent.count == compartment.count)
    precondition(parent.first == -1 && compartment.first != -1)
    precondition(parent.indices.dropFirst().allSatisfy { parent[$0] >= 0 && parent[$0] < $0 })
    self.parent = parent
    self.resistance = resistance
    self.compartment = compartment
  }

  mutating func reserveCapacity(_ count: Int) {
    parent.reserveCapacity(count)
    resistance.reserveCapacity(count)
    compartment.reserveCapacity(count)
  }

  @discardableResult
  mutating func append(parent: Int, resistance: Double, compartment: Int = -1) -> Int {
    self.parent.append(parent)
    self.resistance.append(resistance)
    self.compartment.append(compartment)
    return self.parent.count - 1
  }
}
