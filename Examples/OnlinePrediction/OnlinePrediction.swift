import Foundation
import LFPKernels

// What one spike of E and of I does to two contacts, mV, at lags 0, 0.1, ... ms. Those of a network are
// try ImpulseResponses(KernelEngine(network).kernels(), probe: "lfp").
let dt = 0.1
func response(_ tau: Double, _ peaks: [Double]) -> Matrix {
  Matrix(
    peaks.map { peak in
      (0..<1500).map { k in
        let t = Double(k) * dt / tau
        return peak * t * exp(1 - t)
      }
    })
}
let responses = try ImpulseResponses(
  dt: dt, inputs: ["E", "I"], taps: [response(2, [1e-4, -2e-4]), response(9, [-3e-4, 5e-4])])

// A linear system of few states stands for the 1500 taps.
var predictor = try StreamingPredictor(responses)
print("\(predictor.order) states, error \(predictor.relativeError)")

// In the simulation's loop: the spikes of each population in a step go in, the signal at it comes out.
var signal = [0.0, 0.0]
for step in 0..<1000 {
  let spikes: [Double] = [step % 100 == 0 ? 3 : 0, step % 250 == 0 ? 1 : 0]
  try predictor.step(spikes, into: &signal)
  if step % 200 == 50 { print("\(step): \(signal[0]) \(signal[1])") }
}

// A checkpoint of the simulation keeps the state; from it the signal goes on bit for bit.
let checkpoint = predictor.state
try predictor.restore(checkpoint)
