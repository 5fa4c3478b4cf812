/// How the soma of an SWC file is meant.
public enum SWCSoma: String, Sendable, CaseIterable {
  /// As NEURON 9's Import3d understands it.
  ///
  /// - One point is a cylinder along x through that point, as long as wide.
  /// - So are three points, of which two hang on the first with the same radius and together one
  ///   diameter away from it: NeuroMorpho.org's form.
  /// - Other points of soma type are a cable, or several where they branch.
  /// - Dendrites that begin at its ends begin at these points; others are connected to the middle,
  ///   and keep their distance from it without resistance.
  case neuron

  /// As NeuroMorpho.org defines it (neuromorpho.org/SomaFormat.html): whatever the
  /// points of the soma are, it is one cylinder as long as wide, and all dendrites are connected to
  /// its middle.
  ///
  /// Of three points that hang together as above, the cylinder goes through all three; of one point
  /// it is along y; of others, it is along y through their mean, with their mean distance to it as
  /// radius.
  case neuromorpho

  /// As Arbor's `load_swc_arbor` understands it: each point and its parent are the ends of a
  /// truncated cone of the point's type, in the soma as elsewhere, and nothing is moved. A soma of
  /// one point is refused.
  case arbor
}
