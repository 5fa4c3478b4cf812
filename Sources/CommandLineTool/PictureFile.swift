import KernelFiles
import Pictures

/// A picture that is to be written; that it can be is checked when it is made.
struct PictureFile {
  let path: String
  let format: PictureFormat
  let overwrite: Bool

  init(path: String, overwrite: Bool) throws {
    format = try PictureFormat(fileName: path)
    try checkWritable(path, overwrite: overwrite)
    self.path = path
    self.overwrite = overwrite
  }

  func write(_ figure: Figure) throws {
    try writeAtomically(figure.rendered(as: format), to: path, overwrite: overwrite)
    StandardError.progress("wrote the picture \(path)")
  }
}
