import Foundation
import KernelFiles
import Testing

@testable import CommandLineTool

/// Damaged descriptions: whatever the bytes are, reading them gives a network or problems.
@Suite struct DescriptionFuzzTests {
  private static let bytes = Array(ExampleDescription.readme.text.utf8)

  /// Reads bytes as text and checks that problems say something.
  private func read(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(DescriptionError) {
      let network = try DescriptionFile.read(text: text, fileName: "net.yaml").network
      #expect(!canonicalDescription(of: network).isEmpty)
    } catch {
      #expect(!error.diagnostics.isEmpty)
      let lines = 1 + bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      for diagnostic in error.diagnostics {
        #expect(!diagnostic.message.isEmpty)
        #expect((diagnostic.line ?? 1) <= lines + 2)
      }
    }
  }

  @Test func truncated() {
    for count in stride(from: 0, to: Self.bytes.count, by: 3) { read(Array(Self.bytes[..<count])) }
  }

  @Test(arguments: 1...4)
  func mutated(_ seed: UInt64) {
    var random = SplitMix64(state: seed)
    let telling = Array("{}[]:,-&*!|>'\"%@`#?<0.e\n\t ~\u{0}é".utf8)
    for _ in 0..<600 {
      var bytes = Self.bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        let byte = telling[Int.random(in: telling.indices, using: &random)]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = byte
        case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(byte, at: index)
        default: bytes.remove(at: index)
        }
      }
      read(bytes)
    }
  }

  @Test(arguments: 1...2)
  func linesAndWordsMoved(_ seed: UInt64) {
    var random = SplitMix64(state: 1000 + seed)
    let separators: [Character] = ["\n", " "]
    for round in 0..<500 {
      let separator = separators[round % 2]
      var pieces = ExampleDescription.readme.text.split(
        separator: separator, omittingEmptySubsequences: false)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let from = Int.random(in: pieces.indices, using: &random)
        let to = Int.random(in: pieces.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: pieces.swapAt(from, to)
        case 1: pieces.insert(pieces[from], at: to)
        default: pieces.remove(at: from)
        }
      }
      read(Array(pieces.joined(separator: String(separator)).utf8))
    }
  }
}

/// A generator with a seed (Steele, Lea and Flood 2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
