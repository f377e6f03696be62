"""Integer parts and integer unknowns: normal forms, remainders, unit cells."""
