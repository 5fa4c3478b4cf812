public import LFPKernels

/// Which levels of a bank of kernels are taken when: in each block of time some, with weights.
public struct LevelSchedule: Sendable, Equatable {
  /// A level and how much of it is taken.
  public struct Share: Sendable, Equatable {
    public var level: Int
    public var weight: Double

    public init(level: Int, weight: Double) {
      self.level = level
      self.weight = weight
    }
  }

  /// The number of levels.
  public let levels: Int

  /// The bin with which the first block begins, and the bins of a block.
  public let first: Int
  public let blockSteps: Int

  /// What is taken in each block; the first one holds for all bins before, the last for all after.
  public let blocks: [[Share]]

  /// One level for all times.
  public static let plain = LevelSchedule(
    levels: 1, first: 0, blockSteps: 1, blocks: [[Share(level: 0, weight: 1)]])

  public init(levels: Int, first: Int, blockSteps: Int, blocks: [[Share]]) {
    precondition(blockSteps > 0 && !blocks.isEmpty, "a schedule has blocks of one step at least")
    precondition(
      blocks.allSatisfy { $0.allSatisfy { (0..<levels).contains($0.level) } },
      "a schedule takes levels that there are")
    self.levels = levels
    self.first = first
    self.blockSteps = blockSteps
    self.blocks = blocks
  }

  /// The largest number of levels that are taken at a time.
  var mostShares: Int { blocks.reduce(1) { max($0, $1.count) } }

  /// Levels × bins.
  public func weights(_ bins: Range<Int>) -> Matrix {
    var result = Matrix(rows: levels, columns: bins.count)
    result.withUnsafeMutableEntries { entries in
      for (column, bin) in bins.enumerated() {
        let block = bin < first ? 0 : min((bin - first) / blockSteps, blocks.count - 1)
        for share in blocks[block] {
          entries[share.level * bins.count + column] = share.weight
        }
      }
    }
    return result
  }
}
