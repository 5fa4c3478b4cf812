/// Something that the user gave is wrong: the tool says so on standard error and ends with status 1.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
