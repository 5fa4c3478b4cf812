// CableTheory
