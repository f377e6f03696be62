"""What runs, and how far: sums, extrema, integrals, limits, index sets, intervals."""
