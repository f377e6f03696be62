"""Proofs entry by entry: axes, rows, slices, and indices that meet."""
