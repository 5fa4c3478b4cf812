internal import CellMorphology

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension Compartments {
  /// The compartments rotated about the z axis by an angle in rad, and then moved.
  func rotated(aboutZ angle: Double, movedBy offset: SIMD3<Double>) -> Compartments {
    var result = self
    let (c, s) = (cos(angle), sin(angle))
    for i in 0..<count {
      result.startX[i] = c * startX[i] - s * startY[i] + offset.x
      result.startY[i] = s * startX[i] + c * startY[i] + offset.y
      result.startZ[i] = startZ[i] + offset.z
      result.endX[i] = c * endX[i] - s * endY[i] + offset.x
      result.endY[i] = s * endX[i] + c * endY[i] + offset.y
      result.endZ[i] = endZ[i] + offset.z
    }
    return result
  }
}
