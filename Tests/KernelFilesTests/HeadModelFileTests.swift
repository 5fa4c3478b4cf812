import Foundation
import KernelFiles
import LFPKernels
import Testing

@Suite("The file of the New York head")
struct HeadModelFileTests {
  /// The layout of the real file, with four vertices and five electrodes.
  struct Layout {
    var vertices: [Double] = [0, 10, 20, 30, 1, 11, 21, 31, 2, 12, 22, 32]
    var normals: [Double] = [0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, -1]
    var shape = [3, 4]
    var fieldShape = [3, 4, 5]
    var electrodeShape = [6, 5]
    var leaveOut: String?

    /// Component c, vertex v, electrode e: 100 c + 10 v + e.
    var field: [Double] {
      let count = fieldShape.reduce(1, *)
      return (0..<count).map { i in
        let (c, v, e) = (
          i / (fieldShape[1] * fieldShape[2]), i / fieldShape[2] % fieldShape[1],
          i % fieldShape[2]
        )
        return Double(100 * c + 10 * v + e)
      }
    }

    func write(_ directory: ScratchDirectory, userBlock: Bool = false) throws -> String {
      let file = try HDF5File(inMemoryFor: "head.mat")
      func put(_ name: String, _ path: [String], _ shape: [Int], _ values: [Double]) throws {
        if name == leaveOut { return }
        try file.write(
          StoredArray(shape: shape, values: values), to: path, layout: .deflated(level: 1))
      }
      try put("vc", ["sa", "cortex75K", "vc"], shape, vertices)
      try put("normals", ["sa", "cortex75K", "normals"], [3, normals.count / 3], normals)
      try put("V_fem", ["sa", "cortex75K", "V_fem"], fieldShape, field)
      let places = (0..<electrodeShape.reduce(1, *)).map { Double($0) }
      try put("locs_3D", ["sa", "locs_3D"], electrodeShape, places)
      // MATLAB puts 512 bytes of its own before HDF5's.
      let title = Array("MATLAB 7.3 MAT-file".utf8)
      let block = userBlock ? title + Array(repeating: 32, count: 512 - title.count) : []
      return try directory.write(block + file.bytes(), to: "head.mat")
    }
  }

  @Test(arguments: [false, true]) func reading(userBlock: Bool) throws {
    let directory = try ScratchDirectory()
    let head = try NewYorkHeadFile(path: Layout().write(directory, userBlock: userBlock))
    #expect(head.vertices[1] == SIMD3(10_000, 11_000, 12_000))
    #expect(head.electrodes.count == 5 && head.electrodes[1] == SIMD3(1000, 6000, 11_000))
    let (index, distance) = head.nearestVertex(to: SIMD3(20_000, 21_000, 22_500))
    #expect(index == 2 && distance == 500)
    let model = try head.model(near: SIMD3(20_000, 21_000, 22_500))
    #expect(model.vertex == SIMD3(20_000, 21_000, 22_000) && model.normal == SIMD3(0, 1, 0))
    #expect(model.positions == head.electrodes)
    #expect(model.leadField == Matrix((0..<5).map { e in [20, 120, 220].map { $0 + Double(e) } }))
    #expect(try model.dipoleMatrix(at: model.vertex)[3, 2] == 1e-9 * 223)
    // The normal of the last vertex is opposite to the axis.
    let last = try head.model(ofVertex: 3)
    let turn = try last.orientation()
    #expect(turn(SIMD3(0, 0, 1)) == SIMD3(0, 0, -1))
    let (x, y) = (turn(SIMD3(1, 0, 0)), turn(SIMD3(0, 1, 0)))
    #expect(x.x * y.y - x.y * y.x == -1)
  }

  @Test func refused() throws {
    let directory = try ScratchDirectory()
    func expect(_ parts: String..., change: (inout Layout) -> Void) throws {
      var layout = Layout()
      change(&layout)
      let path = try layout.write(directory)
      let error = try storageError { _ = try NewYorkHeadFile(path: path) }
      for part in parts + ["head.mat"] { #expect("\(error)".contains(part), "\(error)") }
    }
    for name in ["vc", "normals", "V_fem", "locs_3D"] {
      try expect(name, "does not exist", "holds") { $0.leaveOut = name }
    }
    try expect("/sa/cortex75K/vc", "[4, 3]", "3 × vertices") { $0.shape = [4, 3] }
    try expect("V_fem", "[3, 5, 4]", "3 × 4 vertices") { $0.fieldShape = [3, 5, 4] }
    try expect("V_fem", "[2, 4, 5]") { $0.fieldShape = [2, 4, 5] }
    try expect("locs_3D", "[2, 5]", "at least 3") { $0.electrodeShape = [2, 5] }
    try expect("locs_3D", "[3, 4]", "5 electrodes") { $0.electrodeShape = [3, 4] }
    try expect("normals", "[3, 3]") { $0.normals.removeLast(3) }
    try expect("vc", "not finite") { $0.vertices[4] = .nan }
  }

  @Test func placesThatAreNot() throws {
    let directory = try ScratchDirectory()
    var layout = Layout()
    layout.normals = Array(repeating: 0, count: 12)
    let head = try NewYorkHeadFile(path: layout.write(directory))
    let far = try storageError { _ = try head.model(near: SIMD3(20_000, 21_000, 25_000)) }
    #expect("\(far)".contains("3000.0 um from the nearest vertex"))
    let none = try storageError { _ = try head.model(ofVertex: 4) }
    #expect("\(none)".contains("they are 0 to 3"))
    #expect(throws: ForwardModelError.self) { try head.model(ofVertex: 0) }
    let text = try directory.write("not HDF5".utf8, to: "text.mat")
    #expect(try storageError { _ = try NewYorkHeadFile(path: text) }.kind == .wrongFormat)
    #expect(
      try storageError { _ = try NewYorkHeadFile(path: directory("none")) }.kind == .missingFile)
  }
}
