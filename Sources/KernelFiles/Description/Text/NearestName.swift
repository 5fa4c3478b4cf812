/// The name among `names` that is most like `name`, where one is like it at all: at most a third of
/// its characters (and always one) wrong, missing, too many or swapped.
func nearestName(to name: String, among names: [String]) -> String? {
  var best: (name: String, distance: Int)?
  for candidate in names where candidate != name {
    let distance = editDistance(Array(name.lowercased().prefix(64)), Array(candidate.lowercased()))
    if distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(1, best.name.count / 3) else { return nil }
  return best.name
}

/// `; did you mean 'probability'?` where a name is near, else nothing.
func suggestion(for name: String, among names: [String]) -> String {
  nearestName(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
}

/// Number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`
/// (optimal string alignment).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    row.reserveCapacity(b.count + 1)
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      var value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        value = min(value, beforeLast[j - 2] + 1)
      }
      row.append(value)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
