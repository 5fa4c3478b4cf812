public import ForwardModels

/// Potentials in a slice of tissue, or on an electrode array below it, by the method of images.
public struct SliceProbe: ContactProbe, Equatable {
  public var contacts: Contacts

  /// Height of the tissue's lower face, um.
  public var bottom: Double

  /// um
  public var thickness: Double

  /// Conductivity of the tissue, S/m.
  public var tissue: Double

  /// Conductivity above the tissue, S/m.
  public var above: Double

  /// Conductivity below the tissue, S/m; 0 for glass.
  public var below: Double

  /// Number of terms of the series of images.
  public var steps: Int

  public var source: CurrentSpread

  /// Where given, how far heights are moved towards that of the soma: 0 not at all, 1 entirely.
  public var squeeze: Double?
  public var average: ProbeAverage

  public init(
    contacts: Contacts, bottom: Double = 0, thickness: Double = 300, tissue: Double = 0.3,
    above: Double = 1.5, below: Double = 0, steps: Int = 20, source: CurrentSpread = .line,
    squeeze: Double? = nil, average: ProbeAverage = .standard
  ) {
    self.contacts = contacts
    self.bottom = bottom
    self.thickness = thickness
    self.tissue = tissue
    self.above = above
    self.below = below
    self.steps = steps
    self.source = source
    self.squeeze = squeeze
    self.average = average
  }

  public var kind: String { "slice" }

  public func cellModel(for somata: Somata) throws -> any ForwardModel {
    let slice = try TissueSlice(
      bottom: bottom, thickness: thickness, tissue: tissue, above: above, below: below,
      steps: steps)
    return try SlicePotential(
      contacts: contacts.positions, slice: slice, source: source.source,
      surfaces: contacts.contactSurfaces(), squeeze: squeeze)
  }
}
