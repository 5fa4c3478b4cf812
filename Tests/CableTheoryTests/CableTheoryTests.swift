import Testing

@Suite struct CableTheoryTests {}
