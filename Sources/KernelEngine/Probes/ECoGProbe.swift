public import ForwardModels

/// Potentials on the surface of the cortex, or in it, by the method of images.
public struct ECoGProbe: ContactProbe, Equatable {
  public var contacts: Contacts

  /// Height of the surface, um.
  public var surface: Double

  /// Conductivity of the tissue, S/m.
  public var tissue: Double

  /// Conductivity above the surface, S/m.
  public var above: Double

  /// How far the tissue reaches below the surface, um.
  public var depth: Double

  /// Conductivity below that, S/m; nil for that of the tissue.
  public var below: Double?

  /// Number of terms of the series of images.
  public var steps: Int

  public var source: CurrentSpread
  public var average: ProbeAverage

  public init(
    contacts: Contacts, surface: Double = 0, tissue: Double = 0.3, above: Double = 1.5,
    depth: Double = 10_000, below: Double? = nil, steps: Int = 20, source: CurrentSpread = .line,
    average: ProbeAverage = .standard
  ) {
    self.contacts = contacts
    self.surface = surface
    self.tissue = tissue
    self.above = above
    self.depth = depth
    self.below = below
    self.steps = steps
    self.source = source
    self.average = average
  }

  public var kind: String { "ecog" }

  public func cellModel(for somata: Somata) throws -> any ForwardModel {
    try ECoGPotential(
      contacts: contacts.positions, surface: surface, tissue: tissue, above: above,
      depth: depth, below: below, steps: steps, source: source.source,
      surfaces: contacts.contactSurfaces())
  }
}
