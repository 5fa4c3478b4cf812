public import LFPKernels

/// The file of the New York head, `sa_nyhead.mat` (Huang et al. 2016): MATLAB's format 7.3, which is
/// HDF5. It is not part of this package; its authors give it to whoever asks for it.
///
/// Vertices of the cortex and electrodes are in mm in the file and in um here.
public struct NewYorkHeadFile: Sendable {
  private let file: HDF5File

  /// The vertices of the cortex, um.
  public let vertices: [SIMD3<Double>]

  /// The electrodes, um.
  public let electrodes: [SIMD3<Double>]

  private static let vertexPath = ["sa", "cortex75K", "vc"]
  private static let normalPath = ["sa", "cortex75K", "normals"]
  private static let fieldPath = ["sa", "cortex75K", "V_fem"]
  private static let electrodePath = ["sa", "locs_3D"]

  /// Opens a file and reads where vertices and electrodes are; lead fields are read when asked for.
  ///
  /// - Throws: `StorageError` if the file cannot be read, a part is missing, or shapes do not fit.
  public init(path: String) throws(StorageError) {
    file = try HDF5File(reading: path)
    let vertexShape = try file.shape(of: Self.vertexPath)
    guard vertexShape.count == 2, vertexShape[0] == 3, vertexShape[1] > 0 else {
      throw Self.wrongShape(file, Self.vertexPath, vertexShape, "3 × vertices")
    }
    let fieldShape = try file.shape(of: Self.fieldPath)
    guard fieldShape.count == 3, fieldShape[0] == 3, fieldShape[1] == vertexShape[1],
      fieldShape[2] > 0
    else {
      throw Self.wrongShape(
        file, Self.fieldPath, fieldShape, "3 × \(vertexShape[1]) vertices × electrodes")
    }
    let normalShape = try file.shape(of: Self.normalPath)
    guard normalShape == vertexShape else {
      throw Self.wrongShape(file, Self.normalPath, normalShape, "3 × \(vertexShape[1]) vertices")
    }
    let electrodeShape = try file.shape(of: Self.electrodePath)
    guard electrodeShape.count == 2, electrodeShape[0] >= 3, electrodeShape[1] == fieldShape[2]
    else {
      throw Self.wrongShape(
        file, Self.electrodePath, electrodeShape, "at least 3 × \(fieldShape[2]) electrodes")
    }
    vertices = try Self.places(file, Self.vertexPath)
    electrodes = try Self.places(file, Self.electrodePath)
  }

  private static func wrongShape(
    _ file: HDF5File, _ path: [String], _ shape: [Int], _ expected: String
  ) -> StorageError {
    HDF5Context(file: file.name, path: path)
      .error(.wrongShape, "has the shape \(shape)", "it should be \(expected)")
  }

  /// The first three rows as places, in um.
  private static func places(
    _ file: HDF5File, _ path: [String]
  ) throws(StorageError) -> [SIMD3<Double>] {
    let array = try file.read(path, as: Double.self, rank: 2)
    let count = array.shape[1]
    guard array.values.prefix(3 * count).allSatisfy(\.isFinite) else {
      throw HDF5Context(file: file.name, path: path)
        .error(.invalidValue, "has a coordinate that is not finite")
    }
    return (0..<count).map { i in
      1e3 * SIMD3(array.values[i], array.values[count + i], array.values[2 * count + i])
    }
  }

  /// The vertex nearest to a place, and how far it is, um.
  public func nearestVertex(to place: SIMD3<Double>) -> (index: Int, distance: Double) {
    var (best, least) = (0, Double.infinity)
    for (index, vertex) in vertices.enumerated() {
      let d = vertex - place
      let squared = (d * d).sum()
      if squared < least { (best, least) = (index, squared) }
    }
    return (best, least.squareRoot())
  }

  /// The lead field of the vertex nearest to a place.
  ///
  /// - Parameters:
  ///   - place: um, in the head's coordinates.
  ///   - tolerance: how far the vertex may be from it, um.
  /// - Throws: `StorageError` if there is none so near or the file cannot be read.
  public func model(
    near place: SIMD3<Double>, within tolerance: Double = 2000
  ) throws -> NewYorkHeadModel {
    let (index, distance) = nearestVertex(to: place)
    guard distance <= tolerance else {
      let vertex = vertices[index]
      throw StorageError(
        .invalidValue, file: file.name, object: "/" + Self.vertexPath.joined(separator: "/"),
        problem:
          "the place (\(place.x), \(place.y), \(place.z)) um is \(distance.inMessage) um from the nearest "
          + "vertex, more than \(tolerance) um",
        remedy: "that is the one at (\(vertex.x), \(vertex.y), \(vertex.z)) um")
    }
    return try model(ofVertex: index)
  }

  /// The lead field of a vertex, from 0.
  ///
  /// - Throws: `StorageError` if there is no such vertex or the file cannot be read;
  ///   `ForwardModelError` if its numbers are not finite or its normal has no direction.
  public func model(ofVertex index: Int) throws -> NewYorkHeadModel {
    guard vertices.indices.contains(index) else {
      throw StorageError(
        .invalidValue, file: file.name, object: "/" + Self.vertexPath.joined(separator: "/"),
        problem: "there is no vertex \(index)", remedy: "they are 0 to \(vertices.count - 1)")
    }
    let count = electrodes.count
    let field = try file.readSlab(
      Self.fieldPath, start: [0, index, 0], count: [3, 1, count])
    let normal = try file.readSlab(Self.normalPath, start: [0, index], count: [3, 1])
    return try NewYorkHeadModel(
      leadField: Matrix(rows: 3, columns: count, storage: field).transposed,
      vertex: vertices[index], normal: SIMD3(normal[0], normal[1], normal[2]),
      electrodes: electrodes)
  }
}
