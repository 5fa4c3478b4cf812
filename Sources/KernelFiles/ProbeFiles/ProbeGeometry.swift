public import LFPKernels

/// Where a probe's contacts are, how large they are and which way they face, in um.
public struct ProbeGeometry: Sendable, Equatable {
  /// The surface of a contact, um.
  public enum Shape: Sendable, Equatable {
    case circle(radius: Double)
    case square(side: Double)

    /// The width is along the first axis of the contact's frame, the height along the second.
    case rect(width: Double, height: Double)
  }

  /// How a contact lies: two directions of length 1 in its plane, at right angles.
  public struct Frame: Sendable, Equatable {
    public var first: SIMD3<Double>
    public var second: SIMD3<Double>

    public init(first: SIMD3<Double>, second: SIMD3<Double>) {
      self.first = first
      self.second = second
    }

    /// first × second, of length 1.
    public var normal: SIMD3<Double> {
      let (a, b) = (first, second)
      return SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
  }

  /// Centres of the contacts, um.
  public var contacts: [SIMD3<Double>]

  /// How each contact lies; nil where the file does not tell.
  public var frames: [Frame]?

  /// The surface of each contact; nil for a point.
  public var shapes: [Shape?]

  /// What the contacts are called, each differently.
  public var names: [String]

  /// What the file holds that was not used or looks odd.
  public var warnings: [Diagnostic]

  /// Contacts that are points with the names 0, 1, ..., unless said otherwise.
  public init(
    contacts: [SIMD3<Double>], frames: [Frame]? = nil, shapes: [Shape?]? = nil,
    names: [String]? = nil, warnings: [Diagnostic] = []
  ) {
    let count = contacts.count
    precondition(
      [frames?.count, shapes?.count, names?.count].allSatisfy { $0 ?? count == count },
      "there are as many frames, shapes and names as contacts")
    self.contacts = contacts
    self.frames = frames
    self.shapes = shapes ?? Array(repeating: nil, count: count)
    self.names = names ?? (0..<count).map(String.init)
    self.warnings = warnings
  }

  /// Contacts on a line, as laminar probes have them.
  ///
  /// - Parameters:
  ///   - count: at least 0.
  ///   - spacing: from one contact to the next, um.
  ///   - direction: where the next contact is, of length 1; by default deeper, along -z.
  ///   - start: the first contact, um.
  public static func linear(
    count: Int, spacing: Double, direction: SIMD3<Double> = SIMD3(0, 0, -1),
    start: SIMD3<Double> = .zero
  ) -> ProbeGeometry {
    ProbeGeometry(
      contacts: (0..<max(count, 0)).map { start + Double($0) * spacing * direction })
  }

  /// Directions of length 1 in which the contacts face; nil where the file does not tell.
  public var normals: [SIMD3<Double>]? { frames?.map(\.normal) }

  /// The probe turned about its origin and then moved.
  ///
  /// - Parameters:
  ///   - rotation: successive rotations about the fixed axes x, y, z, rad.
  ///   - position: where the probe's origin is put, um.
  public func placed(
    rotation: Rotation = .none, at position: SIMD3<Double> = .zero
  ) -> ProbeGeometry {
    let turn = RotationMatrix(rotation)
    var result = self
    result.contacts = contacts.map { turn($0) + position }
    result.frames = frames?.map { Frame(first: turn($0.first), second: turn($0.second)) }
    return result
  }
}

/// A plane through the origin along two axes, in which probes with two coordinates lie.
public enum ProbePlane: String, Sendable, Equatable, CaseIterable {
  case xy, xz, yz

  /// The directions of the first and of the second coordinate.
  public var frame: ProbeGeometry.Frame {
    let (x, y, z) = (SIMD3<Double>(1, 0, 0), SIMD3<Double>(0, 1, 0), SIMD3<Double>(0, 0, 1))
    return switch self {
    case .xy: ProbeGeometry.Frame(first: x, second: y)
    case .xz: ProbeGeometry.Frame(first: x, second: z)
    case .yz: ProbeGeometry.Frame(first: y, second: z)
    }
  }

  /// The axis across the plane.
  var across: SIMD3<Double> {
    switch self {
    case .xy: SIMD3(0, 0, 1)
    case .xz: SIMD3(0, 1, 0)
    case .yz: SIMD3(1, 0, 0)
    }
  }

  /// A point of the plane in space.
  func point(_ first: Double, _ second: Double) -> SIMD3<Double> {
    first * frame.first + second * frame.second
  }
}
