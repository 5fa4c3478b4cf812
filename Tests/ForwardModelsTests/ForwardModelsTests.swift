import Testing

@Suite struct ForwardModelsTests {}
