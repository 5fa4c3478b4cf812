import Testing

@Suite struct DistributionsTests {}
