import Foundation
import KernelFiles
import LFPKernels
import Testing

/// A directory of its own for one test, removed when it goes.
final class ScratchDirectory: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "storage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// The names of all files, hidden ones too.
  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(Array(bytes)).write(to: URL(filePath: self(name)))
    return self(name)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: self(name))))
  }
}

/// The error that `body` throws, which must be one of storage.
func storageError(_ body: () throws -> Void) throws -> StorageError {
  try #require(throws: StorageError.self, performing: body)
}

/// Runs a program, giving its exit status (negative: the signal) and what it printed.
func run(
  _ arguments: [String], environment: [String: String] = [:]
) throws -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let status =
    process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  return (status, String(decoding: output, as: UTF8.self))
}

/// A Python with h5py and NumPy, by `LFPKERNELS_PYTHON` or in PATH; nil without one.
let python: String? = {
  let candidates = [ProcessInfo.processInfo.environment["LFPKERNELS_PYTHON"], "python3"]
  return candidates.compactMap { $0 }.first {
    (try? run([$0, "-c", "import h5py, numpy"]))?.status == 0
  }
}()

/// Runs a script with the arguments as `sys.argv[1:]`; it must exit with 0.
func runPython(_ script: String, _ arguments: String...) throws {
  let result = try run([try #require(python), "-c", script] + arguments)
  #expect(result.status == 0, "\(result.output)")
}

extension KernelFileContents {
  /// Kernels of E and I onto E and I, for an LFP probe and a dipole.
  static func sample(outputs: Int = 3, lags: Int = 5) -> KernelFileContents {
    var kernels: [Kernel] = []
    for (index, pathway) in [("E", "E"), ("E", "I"), ("I", "E"), ("I", "I")].enumerated() {
      for (probe, rows) in [("lfp", outputs), ("dipole", 3)] {
        let values = Matrix(
          rows: rows, columns: lags,
          storage: (0..<rows * lags).map { sin(Double($0 + index)) / 3 })
        kernels.append(
          Kernel(
            postsynaptic: pathway.0, presynaptic: pathway.1, probe: probe, values: values,
            dt: 0.0625, firstLag: -50, errorEstimate: index == 1 ? 1e-9 : nil))
      }
    }
    return KernelFileContents(
      kernels: kernels,
      probes: [
        Probe(
          name: "lfp", kind: "gauss_cylinder", unit: "mV",
          positions: (0..<outputs).map { SIMD3(0, 1.5, 1000 - 100 * Double($0)) }),
        Probe(
          name: "dipole", kind: "population_dipole", unit: "nA um",
          outputNames: ["Px", "Py", "Pz"]),
      ],
      description: "time: {dt: 0.0625}  # µs? no: ms\npopulations: {}\n",
      descriptionSHA256: sha256("something"), programVersion: "1.2.3")
  }
}
