import Testing

@Suite struct LinearAlgebraTests {}
