import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite struct DescriptionTextTests {
  @Test func aliasesAndMerges() throws {
    let text = SmallDescription.replacing("somata: {", with: "somata: &where {")
      .replacingOccurrences(
        of: "  I: {size: 25}",
        with: """
            I: &i {size: 25, cell: ball, somata: *where}
            J: {<<: *i, size: 10}
            K: {rate: 3, <<: [{rate: 1, size: 7}, *i]}
          """)
    let network = try DescriptionFile.read(text: text, fileName: "net.yaml").network
    let populations = Dictionary(uniqueKeysWithValues: network.populations.map { ($0.name, $0) })
    #expect(populations["I"]?.postsynaptic == populations["E"]?.postsynaptic)
    #expect(populations["J"]?.size == 10)
    #expect(populations["J"]?.postsynaptic == populations["I"]?.postsynaptic)
    #expect(populations["K"]?.rate == 3)
    #expect(populations["K"]?.size == 7)
    #expect(populations["K"]?.postsynaptic != nil)
  }

  @Test func namesMayHaveBracketsBesideAliases() throws {
    let text = SmallDescription.replacing("dend: {points: [", with: "dend[0]: {points: &p [")
      .replacingOccurrences(
        of: "    membrane:", with: "      dend[1]: {points: *p, parent: \"dend[0]\"}\n    membrane:"
      )
    let network = try DescriptionFile.read(text: text, fileName: "net.yaml").network
    #expect(
      network.cells["ball"]?.morphology.sections.map(\.name) == ["soma", "dend[0]", "dend[1]"])
  }

  @Test func namesAreTextWhateverTheyLookLike() throws {
    let text = SmallDescription.text.replacingOccurrences(of: "  I: {", with: "  no: {")
      .replacingOccurrences(of: "pre: I", with: "pre: no")
      .replacingOccurrences(of: "  dipole: {", with: "  12: {")
    let network = try DescriptionFile.read(text: text, fileName: "net.yaml").network
    #expect(network.populations[1].name == "no")
    #expect(network.probes[0].name == "12")
  }

  @Test func keysGivenTwiceAreAllFound() {
    let text = SmallDescription.replacing("    rate: 2\n", with: "    rate: 2\n    \"rate\": 3\n")
      .replacingOccurrences(of: "tau2: 9, e: -80", with: "tau2: 9, tau2: 8, e: -80 mS")
    #expect(
      problems(of: text) == """
        net.yaml:12: populations.E.rate: is given twice, first in line 11; keep one of them
        net.yaml:21: connections[0].synapse.exp2.tau2: is given twice, first in line 21; \
        keep one of them
        net.yaml:21: connections[0].synapse.exp2.e: '-80 mS' is a conductance; a voltage is \
        needed, in mV, uV or V
        """)
  }

  @Test func expandingAliasesAreRefused() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    #expect(problems(of: text).hasSuffix("its aliases expand to far more than the file itself"))
  }

  @Test func aliasesWithinKeysAreRefused() {
    let refusal = "net.yaml:2: aliases cannot be used together with keys that are not plain names"
    #expect(problems(of: "a: &a [x]\n*a : 1\n") == refusal)
    #expect(problems(of: "a: &a [x]\n? [*a]\n: 1\n") == refusal)
    #expect(problems(of: "a: &a [x]\n[*a, *a]: 1\n") == refusal)
  }

  @Test func longChainsOfAliasesAreRefused() {
    var text = "- &a0 [x]\n"
    for level in 1...100_000 { text += "- &a\(level) [*a\(level - 1)]\n" }
    #expect(
      problems(of: text)
        == "net.yaml:100002: has 100001 anchors, which is too many for a text nested this deeply")
  }

  @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "[{a: ", "? - "])
  func deepNestingIsRefused(_ piece: String) {
    for count in [150, 250, 5000, 200_000] {
      #expect(problems(of: String(repeating: piece, count: count)) != "")
    }
  }

  @Test func deepIndentationIsRefused() {
    let lines = (0..<2000).map { String(repeating: " ", count: $0) + "a:" }
    #expect(
      problems(of: lines.joined(separator: "\n")) == "net.yaml:202: is nested too deeply here")
  }

  @Test func quotesAndCommentsDoNotMatter() throws {
    let text =
      "# it's [not, {a bracket *nor \"an &anchor? [1]: x\n"
      + SmallDescription.replacing("dipole:", with: "\"di'[p\\\"o&le\":")
      + "   # '[[["
    let network = try DescriptionFile.read(text: text, fileName: "net.yaml").network
    #expect(network.probes[0].name == "di'[p\"o&le")
  }

  @Test(arguments: [
    "a: \u{0}", "a: \u{7F}", "a: \"\\ud800\"", "a: \"\\q\"", "a: 'x", "a: !!float x",
    "%YAML 9.9\n---\na: 1",
    "a: |\n  text\n b", "\t", "---", "...", "&a", "*a", "!", "!!", "a: !<x", "? ", ":", "-",
    "a: >9\n x",
    "a: @b", "a: `b`", "%", "\u{FEFF}", "\u{FFFE}", "a: &a *a", "<<: <<",
  ])
  func strangeTextsHaveProblems(_ text: String) {
    #expect(problems(of: text) != "")
  }
}
