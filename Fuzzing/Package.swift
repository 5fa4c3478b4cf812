// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets stand in a package of their own: without the fuzzer's main function they do not link.
let package = Package(
  name: "Fuzzing",
  targets: [
    // The sources of the module under test, built with the fuzzer's instrumentation; a link in
    // Sources keeps the libraries that the whole project needs out of this package.
    .target(name: "CellMorphology"),
    // Two files, none of them main.swift: so the compiler looks for no code at top level.
    .executableTarget(name: "FuzzReaders", dependencies: ["CellMorphology"]),
  ],
  swiftLanguageModes: [.v6])
