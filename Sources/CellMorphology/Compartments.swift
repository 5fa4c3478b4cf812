/// The compartments of a cell as forward models see them: straight pieces of cable, each with
/// a start, an end, a diameter and an area, in contiguous columns. Index i of every column
/// belongs to compartment i. Lengths in um, areas in um2.
public struct Compartments: Sendable, Equatable {
  public var startX, startY, startZ: [Double]
  public var endX, endY, endZ: [Double]

  /// Mean diameters, um.
  public var diameter: [Double]

  /// Membrane areas, um2.
  public var area: [Double]

  /// Arc lengths, um; at least the distance from start to end.
  public var length: [Double]

  /// Index of the section of each compartment in `sectionNames`.
  public var section: [Int]

  /// Names of the sections, such as `apic[0]`.
  public var sectionNames: [String]

  public init(
    startX: [Double], startY: [Double], startZ: [Double], endX: [Double], endY: [Double],
    endZ: [Double], diameter: [Double], area: [Double], length: [Double], section: [Int],
    sectionNames: [String]
  ) {
    let columns = [startX, startY, startZ, endX, endY, endZ, diameter, area, length]
    precondition(
      columns.allSatisfy { $0.count == section.count }, "columns of compartments differ in length")
    precondition(
      section.allSatisfy { sectionNames.indices.contains($0) }, "a compartment has no section")
    self.startX = startX
    self.startY = startY
    self.startZ = startZ
    self.endX = endX
    self.endY = endY
    self.endZ = endZ
    self.diameter = diameter
    self.area = area
    self.length = length
    self.section = section
    self.sectionNames = sectionNames
  }

  public var count: Int { section.count }

  /// Depth of a compartment's midpoint, um.
  public func midpointZ(_ index: Int) -> Double { 0.5 * (startZ[index] + endZ[index]) }

  /// Midpoint of a compartment, um.
  public func midpoint(_ index: Int) -> SIMD3<Double> { 0.5 * (start(index) + end(index)) }

  /// Start of a compartment, um.
  public func start(_ index: Int) -> SIMD3<Double> {
    SIMD3(startX[index], startY[index], startZ[index])
  }

  /// End of a compartment, um.
  public func end(_ index: Int) -> SIMD3<Double> { SIMD3(endX[index], endY[index], endZ[index]) }
}
