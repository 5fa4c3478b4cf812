import ArgumentParser
import Foundation
import KernelFiles
import LFPKernels
import ParameterSweeps

extension KernelBank.Interpolation: ExpressibleByArgument {}

/// Which kernels of a bank are taken.
struct BankOptions: ParsableArguments {
  @Option(help: "Length of the window in which rates are counted, ms (default: 100).")
  var window: Double?

  @Option(help: "Kernels between levels: interpolated, or of the nearest (default: linear).")
  var interpolation: KernelBank.Interpolation?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Value of a parameter at all times (needed where spikes do not tell it; may be repeated).",
      valueName: "name=value"))
  var level: [String] = []

  @Flag(help: "Take the outermost level beyond it.")
  var clamp = false

  func validate() throws {
    if let window, !(window > 0 && window.isFinite) {
      throw ValidationError("--window is \(window); it must be positive and finite")
    }
    _ = try options
  }

  var options: BankState.Options {
    get throws {
      var result = BankState.Options()
      if let window { result.window = window }
      if let interpolation { result.interpolation = interpolation }
      result.clamping = clamp
      for text in level {
        guard let equals = text.lastIndex(of: "="), equals > text.startIndex,
          let value = Double(text[text.index(after: equals)...]), value.isFinite
        else {
          throw ValidationError("--level \(text): a parameter and a number are needed, as in w=0.1")
        }
        result.fixed[String(text[..<equals])] = value
      }
      return result
    }
  }

  var isGiven: Bool { window != nil || interpolation != nil || clamp || !level.isEmpty }
}

/// Where `predict` has its kernels from: a file of kernels, or a bank.
struct KernelInput {
  let path: String

  /// The kernels, or those of one level of the bank.
  let contents: KernelFileContents
  private let bank: KernelBank?
  private let options: BankOptions

  init(path: String, _ options: BankOptions) throws {
    self.path = path
    self.options = options
    guard SweepResults.areThere(path) else {
      bank = nil
      try refuse([.signals, .spikes, .description], at: path, needed: "a file of kernels")
      contents = try KernelFile.read(path)
      if options.isGiven {
        throw InputError(
          "\(path): is no bank of kernels, which --window, --level and the like are for")
      }
      return
    }
    let results = try SweepResults(path: path)
    bank = try KernelBank(results)
    guard let point = try results.firstComplete() else {
      throw InputError("\(path): has no complete point")
    }
    contents = try results.contents(ofPoint: point)
  }

  /// The files that are read.
  var files: [String] { bank?.results.files ?? [path] }

  /// The file, with its digest; of several that of their digests.
  func source() throws -> SignalFileHeader.Source {
    guard let bank else { return .init(file: path, sha256: try sha256(ofFile: path)) }
    let digests = try bank.results.files.map { try sha256(ofFile: $0) }
    return .init(
      file: path, sha256: digests.count == 1 ? digests[0] : sha256(digests.joined(separator: " ")))
  }

  /// The prediction, and for a bank what was taken of it.
  func prediction(
    _ activity: PopulationActivity, _ signals: SignalOptions
  ) throws -> (FilePrediction, BankReport?) {
    guard let bank else {
      return (
        try signals.prediction([contents], .plain, file: path, activity), nil
      )
    }
    let state = try BankState(bank, activity, options.options)
    let levels = try state.points.map { try bank.results.contents(ofPoint: $0) }
    let prediction = try signals.prediction(levels, state.schedule, file: path, activity)
    return (prediction, BankReport(bank, state))
  }
}

/// What `predict` says about a bank.
struct BankReport: Encodable {
  struct Parameter: Encodable {
    let name: String
    let unit: String

    /// The least and the greatest value that was met.
    let from, to: Double
  }

  let parameters: [Parameter]

  /// Levels that are used.
  let levels: Int

  init(_ bank: KernelBank, _ state: BankState) {
    levels = state.points.count
    parameters = zip(bank.axes, state.ranges).map { axis, range in
      Parameter(
        name: axis.parameter, unit: axis.unit, from: range.lowerBound, to: range.upperBound)
    }
  }

  var text: String {
    let ranges = parameters.map {
      String(format: "%@ from %.4g to %.4g", $0.name, $0.from, $0.to)
    }
    return "\(levels) levels; " + ranges.joined(separator: ", ")
  }
}
