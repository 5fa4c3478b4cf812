import Testing

@Suite struct CellMorphologyTests {}
