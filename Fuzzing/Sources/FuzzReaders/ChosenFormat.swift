import CellMorphology
import Foundation

/// The reader that the environment variable READER names.
let format: MorphologyFormat = {
  let name = ProcessInfo.processInfo.environment["READER"] ?? ""
  guard let format = MorphologyFormat(rawValue: name) else {
    print(
      "READER must be one of", MorphologyFormat.allCases.map(\.rawValue).joined(separator: ", "))
    exit(2)
  }
  return format
}()
