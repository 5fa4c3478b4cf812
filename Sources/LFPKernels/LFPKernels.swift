@_exported import CableTheory
@_exported import CellMorphology
@_exported import Distributions
@_exported import ForwardModels
@_exported import KernelEngine
@_exported import LinearAlgebra
@_exported import SignalPrediction
