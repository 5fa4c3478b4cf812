import Testing

@Suite struct KernelEngineTests {}
