public import LinearAlgebra

/// Cells of one shape whose outputs add up, such as those of one population at several depths: each has
/// its own membrane and its own transformation matrix.
public struct CableEnsemble: Sendable {
  public struct Member: Sendable {
    public var cable: LinearCable

    /// Outputs × compartments, acting on membrane currents in nA; weights of the sum are part of it.
    public var outputs: Matrix

    public init(_ cable: LinearCable, outputs: Matrix) {
      precondition(outputs.columns == cable.compartmentCount, "a column per compartment")
      self.cable = cable
      self.outputs = outputs
    }
  }

  public let members: [Member]

  /// - Parameter members: at least one, with the same tree and as many outputs.
  public init(_ members: [Member]) {
    precondition(!members.isEmpty, "an ensemble has a member")
    precondition(
      members.allSatisfy {
        $0.cable.tree.nodeCount == members[0].cable.tree.nodeCount
          && $0.outputs.rows == members[0].outputs.rows
      }, "members of an ensemble have one shape")
    self.members = members
  }

  /// One cell.
  public init(_ cable: LinearCable, outputs: Matrix) {
    self.init([Member(cable, outputs: outputs)])
  }
}

/// One event of a presynaptic population on the cells of an ensemble.
public struct EnsembleDrive: Sendable, Equatable {
  /// For each member the peak current into each compartment, nA, positive inward.
  public var weights: [[Double]]
  public var timeCourse: SynapticTimeCourse
  public var delay: Delay

  public init(
    weights: [[Double]], timeCourse: SynapticTimeCourse, delay: Delay = .grid(.none)
  ) {
    self.weights = weights
    self.timeCourse = timeCourse
    self.delay = delay
  }

  /// For an ensemble of one.
  public init(_ drive: SynapticDrive) {
    self.init(weights: [drive.weights], timeCourse: drive.timeCourse, delay: drive.delay)
  }
}
