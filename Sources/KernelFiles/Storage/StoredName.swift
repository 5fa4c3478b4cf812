/// Names of populations and probes become names of groups and arrays in files.
public enum StoredName {
  /// Why a name cannot be stored, or nil if it can: it must not be empty, `.` or `..`, nor
  /// contain `/` (separates groups), `:` (separates the populations of a pathway) or control
  /// characters.
  public static func problem(with name: String) -> (problem: String, remedy: String)? {
    if name.isEmpty { return ("the name is empty", "give it a name") }
    if name == "." || name == ".." {
      return ("the name \"\(name)\" means a place in a tree", "give it another name")
    }
    if name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
      return ("the name \(name.debugDescription) has control characters", "remove them")
    }
    for separator in ["/", ":"] as [Character] where name.contains(separator) {
      let other = String(name.map { $0 == separator ? "_" : $0 })
      return (
        "the name \"\(name)\" contains \"\(separator)\", which separates names in files",
        "call it for example \"\(other)\""
      )
    }
    return nil
  }

  /// Throws `StorageError` of kind `invalidName` if a name cannot be stored.
  ///
  /// - Parameter what: what bears the name, such as `population`.
  public static func check(_ name: String, of what: String, file: String) throws(StorageError) {
    guard let found = problem(with: name) else { return }
    throw StorageError(
      .invalidName, file: file, object: what, problem: found.problem, remedy: found.remedy)
  }
}
