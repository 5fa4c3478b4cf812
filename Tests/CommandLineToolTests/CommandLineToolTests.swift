import Testing

@Suite struct CommandLineToolTests {}
