import LFPKernels

// A stick of three compartments, 100 um long and 2 um thick, and ten contacts 50 um beside it.
let stick = Compartments(points: (0...3).map { SIMD3(0, 0, 100 * Double($0)) }, diameter: 2)
let contacts = (0..<10).map { SIMD3(50, 0, -75 + 50 * Double($0)) }

// Each compartment as a point source in a homogeneous medium of 0.3 S/m.
let probe = try PointSourcePotential(contacts: contacts, sigma: 0.3)
let matrix = probe.transformationMatrix(for: stick)  // 10 contacts x 3 compartments, mV/nA
let potential = try matrix.times([-1, 0, 1])  // mV, for these membrane currents in nA

for (contact, value) in zip(contacts, potential) { print("z = \(contact.z) um: \(value) mV") }
