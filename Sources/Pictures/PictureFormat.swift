import Foundation

/// The kinds of picture file.
public enum PictureFormat: String, CaseIterable, Sendable {
  case png
  case svg
  case pdf

  /// The endings of file names, in the order in which they are told to users: `.png`, `.svg`,
  /// `.pdf`.
  public static var endings: [String] { allCases.map { "." + $0.rawValue } }

  /// The format that the ending of a file name or path asks for, whatever its case.
  ///
  /// - Throws: `PictureError.unknownEnding` for any other ending, or none.
  public init(fileName: String) throws(PictureError) {
    let ending = (fileName as NSString).pathExtension.lowercased()
    guard let format = PictureFormat(rawValue: ending) else {
      throw .unknownEnding(fileName: fileName, allowed: PictureFormat.endings)
    }
    self = format
  }
}
