import KernelFiles
import LFPKernels
import Testing

@Suite struct CanonicalDescriptionTests {
  private func read(_ text: String) throws -> Network {
    try DescriptionFile.read(text: text, fileName: "net.yaml").network
  }

  @Test func ofTheSmallDescription() throws {
    let text = canonicalDescription(of: try read(SmallDescription.text))
    #expect(
      text == """
        {"time": {"dt": 0.0625,"tau": 50,"solver": "exact","delays": "sampled","lags": "full",\
        "tolerance": 1e-09,"average": "joint","average_tolerance": 1e-06},\
        "cells": {"ball": {"sections": {"soma": {"points": \
        [[0,0,-10,20],[0,0,10,20]]},"dend": {"points": [[0,0,10,2],[0,0,200,2]],"parent": \
        "soma(1.0)"}},"discretization": {"lambda_f": 100,"d_lambda": 0.1},"Ra": 100,"cm": 1,\
        "membrane": [{"passive": {"g": 0.0003}}],"vrest": -65,"rotation": {"x": 0,"y": 0,"z": 0}}},\
        "populations": {"E": {"size": 100,"rate": 2,"cell": "ball","somata": {"radius": 100,\
        "depth": {"norm": {"loc": 0,"scale": 50}}},"effective_leak": true,"external": []},\
        "I": {"size": 25}},"connections": [{"pre": "I","post": "E","probability": 0.1,\
        "multapses": {"constant": {"value": 1}},"delay": {"constant": {"value": 1.5}},\
        "synapse": {"exp2": {"weight": 0.001,"tau1": 0.1,"tau2": 9,"e": -80}},"placement": \
        {"frame": "tissue","depth": [],"z_min": -.inf,"z_max": .inf}}],"probes": {"dipole": \
        {"population_dipole": {}}}}

        """)
  }

  @Test(arguments: [
    SmallDescription.text, DescriptionExample.yaml,
    SmallDescription.replacing(
      "    membrane:",
      with: "    cm: {otherwise: 1, dend: 2}\n    vrest: [-65, -70.1]\n    "
        + "discretization: {counts: {dend: 3}}\n    membrane:"),
    SmallDescription.replacing(
      "{population_dipole: {}}", with: "{line_source: {x: 1, y: 2, z: [3, 4]}}"),
    SmallDescription.replacing(
      "delay: 1.5", with: "delay: {truncnorm: {a: -2, loc: 5, scale: 0.1}}"),
    SmallDescription.replacing("e: -80}", with: "e: -80}, current: false"),
    SmallDescription.replacing("dipole:", with: "\"d\\\"\\\\\\u2028é\":"),
  ])
  func readsAsTheSameNetwork(_ text: String) throws {
    let network = try read(text)
    let canonical = canonicalDescription(of: network)
    let again = try read(canonical)
    #expect(again.settings == network.settings)
    #expect(again.cells == network.cells)
    #expect(again.connections == network.connections)
    #expect(again.probes.map(\.name) == network.probes.map(\.name).sorted())
    #expect(canonicalDescription(of: again) == canonical)
  }

  @Test func orderSpellingAndDefaultsDoNotMatter() throws {
    let a = canonicalDescription(of: try read(DescriptionExample.yaml))
    let b = canonicalDescription(of: try read(DescriptionExample.json))
    #expect(a == b)
  }

  @Test func theDefaultOfTheEffectiveLeakIsFilledIn() throws {
    let current = SmallDescription.replacing(", e: -80}", with: "}, current: true")
    #expect(canonicalDescription(of: try read(current)).contains("\"effective_leak\": false"))
    #expect(
      canonicalDescription(of: try read(SmallDescription.text)).contains("\"effective_leak\": true")
    )
  }

  @Test func valuesMatter() throws {
    let small = canonicalDescription(of: try read(SmallDescription.text))
    for (old, new) in [("rate: 2", "rate: 2.0000000000000004"), ("tau2: 9", "tau2: 9.1")] {
      let other = SmallDescription.replacing(old, with: new)
      #expect(canonicalDescription(of: try read(other)) != small)
    }
  }
}
