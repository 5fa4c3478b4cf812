// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: Bool = false) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies,
    resources: resources ? [.copy("Fixtures")] : [], swiftSettings: strict)
}

/// The modules that LFPKernels re-exports. Targets that import LFPKernels name them, too: SwiftPM
/// compiles a target anew when a dependency changes, but not when what that one re-exports does.
let modules: [Target.Dependency] = [
  "LinearAlgebra", "Distributions", "CellMorphology", "CableTheory", "ForwardModels",
  "KernelEngine", "SignalPrediction",
]
let library = modules + ["LFPKernels"]

func example(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: library, path: "Examples/\(name)", swiftSettings: strict)
}

let package = Package(
  name: "LFPKernels",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "LFPKernels", targets: ["LFPKernels"]),
    .library(name: "KernelFiles", targets: ["KernelFiles"]),
    .library(name: "ParameterSweeps", targets: ["ParameterSweeps"]),
    .executable(name: "lfpkernels", targets: ["CommandLineTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CBLAS", path: "CBLAS", pkgConfig: "openblas lapacke",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CHDF5", path: "SystemLibraries/CHDF5", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),
    .systemLibrary(
      name: "CCairo", path: "SystemLibraries/CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CZip", path: "SystemLibraries/CZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .systemLibrary(
      name: "CZlib", path: "SystemLibraries/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CSodium", path: "SystemLibraries/CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
    .target(name: "CVectorMath"),
    target("LinearAlgebra", ["CBLAS"]),
    target("Distributions", []),
    target("CellMorphology", []),
    target("CableTheory", ["LinearAlgebra", "CellMorphology", "CVectorMath"]),
    target(
      "ForwardModels", ["LinearAlgebra", "Distributions", "CellMorphology", "CVectorMath"]),
    target(
      "KernelEngine",
      ["LinearAlgebra", "Distributions", "CellMorphology", "CableTheory", "ForwardModels"]),
    target("SignalPrediction", ["LinearAlgebra", "CVectorMath"]),
    target("LFPKernels", modules),
    target(
      "KernelFiles",
      library + ["CHDF5", "CZip", "CZlib", "CSodium", .product(name: "Yams", package: "Yams")]),
    target("ParameterSweeps", library + ["KernelFiles"]),
    target("Pictures", ["CCairo"]),
    .executableTarget(
      name: "CommandLineTool",
      dependencies: library + [
        "KernelFiles", "ParameterSweeps", "Pictures",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "Benchmark",
      dependencies: library + [
        "KernelFiles", "ParameterSweeps",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    example("StickNeuron"),
    example("FirstKernel"),
    example("OwnProbe"),
    example("OnlinePrediction"),
    tests("LinearAlgebra", []),
    tests("Distributions", [], resources: true),
    tests("CellMorphology", [], resources: true),
    tests("CableTheory", []),
    tests("ForwardModels", ["Distributions"], resources: true),
    tests("KernelEngine", [], resources: true),
    tests("SignalPrediction", ["LinearAlgebra", "CVectorMath"]),
    tests("LFPKernels", modules),
    tests("KernelFiles", library),
    tests("ParameterSweeps", library + ["KernelFiles"]),
    tests("Pictures", []),
    tests("CommandLineTool", library + ["KernelFiles"]),
    .testTarget(
      name: "ExamplesTests",
      dependencies: library + [
        "KernelFiles", "ParameterSweeps", "CommandLineTool", "StickNeuron", "FirstKernel",
        "OwnProbe", "OnlinePrediction",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
