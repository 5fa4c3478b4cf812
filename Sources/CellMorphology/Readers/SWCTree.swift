/// The points of an SWC file as a tree, in the order in which sections are made of them.
///
/// The order is that of ids where every parent has a smaller id than its children, which NEURON
/// demands; otherwise from the root to the tips, branch after branch, by id where paths part.
struct SWCTree {
  private(set) var type: [Int] = []
  private(set) var points: [MorphologyPoint] = []

  /// Place of each point's parent; -1 for the first point, which is the root.
  private(set) var parent: [Int] = []

  /// Whether a point is the root of a further tree, hung on the root (as NEURON does).
  private(set) var isFurtherRoot: [Bool] = []
  private(set) var line: [Int] = []
  private(set) var warnings: WarningList

  var count: Int { points.count }

  init(_ table: SWCTable) throws(MorphologyFileError) {
    warnings = table.warnings
    let rows = try Self.sortedById(table.rows, &warnings)
    let parents = try Self.parents(rows, &warnings)
    let order = try Self.order(rows, parents)
    var place = [Int](repeating: 0, count: rows.count)
    for (index, row) in order.enumerated() { place[row] = index }
    reserve(rows.count)
    for (index, row) in order.enumerated() {
      let parentRow = parents[row]
      let isRoot = parentRow < 0
      type.append(rows[row].type)
      points.append(rows[row].point)
      line.append(rows[row].line)
      parent.append(isRoot ? (index == 0 ? -1 : 0) : place[parentRow])
      isFurtherRoot.append(isRoot && index > 0)
      if isRoot && index > 0 {
        warnings.add(
          .severalRoots, line: rows[row].line,
          "point \(rows[row].id) has no parent although the tree has a root: it was connected to "
            + "the root")
      }
    }
    mendDiameters()
  }

  private mutating func reserve(_ count: Int) {
    type.reserveCapacity(count)
    points.reserveCapacity(count)
    parent.reserveCapacity(count)
    isFurtherRoot.reserveCapacity(count)
    line.reserveCapacity(count)
  }

  private static func sortedById(
    _ rows: [SWCTable.Row], _ warnings: inout WarningList
  ) throws(MorphologyFileError) -> [SWCTable.Row] {
    var sorted = rows
    if !rows.indices.dropFirst().allSatisfy({ rows[$0 - 1].id < rows[$0].id }) {
      sorted.sort { ($0.id, $0.line) < ($1.id, $1.line) }
    }
    var result: [SWCTable.Row] = []
    result.reserveCapacity(sorted.count)
    for row in sorted {
      guard let last = result.last, last.id == row.id else {
        result.append(row)
        continue
      }
      guard last.type == row.type, last.point == row.point, last.parent == row.parent else {
        throw SWCReader.error(
          row.line, "id \(row.id) is taken by line \(last.line) already", "each id may occur once")
      }
      warnings.add(
        .repeatedRow, line: row.line, "point \(row.id) repeats line \(last.line): it was ignored")
    }
    return result
  }

  /// Index of each row's parent; -1 for roots.
  private static func parents(
    _ rows: [SWCTable.Row], _ warnings: inout WarningList
  ) throws(MorphologyFileError) -> [Int] {
    func find(_ id: Int) -> Int? {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle].id < id { low = middle + 1 } else { high = middle }
      }
      return low < rows.count && rows[low].id == id ? low : nil
    }
    var result: [Int] = []
    result.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      guard let id = row.parent else {
        result.append(-1)
        continue
      }
      // Mostly, the parent is the row before.
      if index > 0, rows[index - 1].id == id {
        result.append(index - 1)
      } else if id == row.id {
        throw SWCReader.error(
          row.line, "point \(id) is its own parent", "the root's parent is -1")
      } else if let parent = find(id) {
        result.append(parent)
      } else if id == 0 {
        warnings.add(
          .rootParent, line: row.line,
          "point \(row.id) has parent 0, which does not exist: it was "
            + "read as a root, which is written -1")
        result.append(-1)
      } else {
        throw SWCReader.error(
          row.line, "the parent \(id) of point \(row.id) does not exist",
          "the parent must be the id of a row, or -1 for the root")
      }
    }
    return result
  }

  private static func order(
    _ rows: [SWCTable.Row], _ parents: [Int]
  ) throws(MorphologyFileError) -> [Int] {
    if rows.indices.allSatisfy({ parents[$0] < $0 }) { return Array(rows.indices) }
    // Children by id as linked lists: a row's first child, and its next sibling.
    var firstChild = [Int](repeating: -1, count: rows.count)
    var sibling = firstChild
    var roots = -1
    for row in rows.indices.reversed() {
      if parents[row] < 0 {
        (sibling[row], roots) = (roots, row)
      } else {
        (sibling[row], firstChild[parents[row]]) = (firstChild[parents[row]], row)
      }
    }
    var order: [Int] = []
    order.reserveCapacity(rows.count)
    var stack = roots < 0 ? [] : [roots]
    while let row = stack.popLast() {
      order.append(row)
      if sibling[row] >= 0 { stack.append(sibling[row]) }
      if firstChild[row] >= 0 { stack.append(firstChild[row]) }
    }
    guard order.count == rows.count else {
      let line = lineInCycle(rows, parents, reached: order)
      throw SWCReader.error(
        line, "the parents of this point form a cycle", "following the parents must lead to a root")
    }
    return order
  }

  /// The first line of a cycle among the rows that no root leads to.
  private static func lineInCycle(
    _ rows: [SWCTable.Row], _ parents: [Int], reached: [Int]
  ) -> Int? {
    var isReached = [Bool](repeating: false, count: rows.count)
    for row in reached { isReached[row] = true }
    guard var row = isReached.firstIndex(of: false) else { return nil }
    for _ in rows.indices { row = parents[row] }  // surely in the cycle now
    var line = rows[row].line
    for _ in rows.indices {
      row = parents[row]
      line = min(line, rows[row].line)
    }
    return line
  }

  /// Gives points without a positive diameter that of their parents, or of the first point that
  /// has one.
  private mutating func mendDiameters() {
    let first = points.first { $0.diameter >= MorphologyValue.smallestDiameter }?.diameter
    guard let first else { return }
    for index in points.indices where points[index].diameter < MorphologyValue.smallestDiameter {
      let replacement = parent[index] >= 0 ? points[parent[index]].diameter : first
      warnings.add(
        .diameter, line: line[index],
        "the radius \(points[index].diameter / 2) um is not positive: \(replacement / 2) um was "
          + "taken" + (parent[index] >= 0 ? ", its parent's" : ", the next point's"))
      points[index].diameter = replacement
    }
  }
}
