import CellMorphology
import Foundation

/// Reads the bytes, with options that the first byte chooses, and cuts what comes out: neither may
/// crash or hang, and a cell must have finite, positive measures.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let choice = Int(data[0])
  let bytes = Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
  let options = ImportOptions(
    axon: AxonImport.allCases[choice % 3], scale: choice & 8 == 0 ? 1 : 0.5,
    swapsYAndZ: choice & 16 != 0, turnsUpright: choice & 32 != 0, centresSoma: choice & 64 != 0)
  _ = MorphologyFormat.guess(bytes)
  do {
    let file = try MorphologyFile(
      reading: bytes, format: format, soma: SWCSoma.allCases[choice / 3 % 3], options: options)
    let count = file.morphology.sections.count
    precondition(file.settings.count == count)
    let cell = try DiscretizedCell(
      file.morphology, rule: .counts([:], otherwise: 3),
      axialResistivity: Array(repeating: 100, count: count),
      capacitance: Array(repeating: 1, count: count))
    let compartments = cell.compartments
    precondition(compartments.area.allSatisfy { $0.isFinite && $0 >= 0 })
    precondition(compartments.diameter.allSatisfy { $0.isFinite && $0 > 0 })
    precondition(compartments.length.allSatisfy { $0.isFinite && $0 > 0 })
    precondition(cell.tree.resistance.allSatisfy { $0.isFinite && $0 >= 0 })
  } catch {}
  return 0
}
