/// The name among `names` that is most like `name`, where one is like it at all: at most a third of
/// its characters (and always one) wrong, missing, too many or swapped.
package func nearestName(to name: String, among names: [String]) -> String? {
  var best: (name: String, distance: Int)?
  let wanted = Array(name.prefix(64).lowercased())
  for candidate in names.prefix(1000) where candidate != name {
    let distance = editDistance(wanted, Array(candidate.prefix(64).lowercased()))
    if distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(1, max(name.count, best.name.count) / 3),
    best.distance < max(name.count, best.name.count)
  else { return nil }
  return best.name
}

/// What to say after a name that is not known: `; did you mean 'probability'? Known are pre, ...`.
package func advice(for name: String, among names: [String], called what: String = "known")
  -> String
{
  if names.isEmpty { return "; there are none" }
  let names = names.filter { !$0.isEmpty }
  let list = "\(what) \(names.count == 1 ? "is" : "are") \(listing(names.limited, last: "and"))"
  guard let near = nearestName(to: name, among: names) else { return "; \(list)" }
  return "; did you mean '\(near)'? " + list.prefix(1).uppercased() + list.dropFirst()
}

extension [String] {
  /// At most thirty, for messages.
  package var limited: [String] { count <= 30 ? self : Array(prefix(29)) + ["\(count - 29) more"] }
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
