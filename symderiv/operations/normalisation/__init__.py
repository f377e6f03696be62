"""Normalisation: of batches, layers, groups, and to mean square 1."""
