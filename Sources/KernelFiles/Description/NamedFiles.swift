import Foundation

extension DescriptionFile {
  /// The key path at which a description names a file, such as a morphology or a head model; nil where it
  /// does not. The description itself is no such file.
  ///
  /// - Parameter path: the file, which need not exist.
  package func keyPath(namingFile path: String) -> String? {
    let directory = URL(fileURLWithPath: fileName).deletingLastPathComponent()
    // Of all texts only few end like the file's name: those are looked up.
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return root.texts.first { text in
      text.value.hasSuffix(name)
        && isSameFile(
          text.value.hasPrefix("/") ? text.value : directory.path + "/" + text.value, path)
    }?.keyPath
  }
}

extension DescriptionNode {
  /// All texts within, with their key paths.
  fileprivate var texts: [(keyPath: String, value: String)] {
    var result: [(keyPath: String, value: String)] = []
    gather(at: "", into: &result)
    return result
  }

  private func gather(at path: String, into result: inout [(keyPath: String, value: String)]) {
    switch content {
    case .scalar(let text, _): result.append((path, text))
    case .sequence(let elements):
      for (index, element) in elements.enumerated() {
        element.gather(at: "\(path)[\(index)]", into: &result)
      }
    case .mapping(let entries):
      for entry in entries {
        entry.value.gather(at: path.isEmpty ? entry.key : "\(path).\(entry.key)", into: &result)
      }
    }
  }
}
