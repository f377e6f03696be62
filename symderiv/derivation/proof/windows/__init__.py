"""Sums over windows, told by the places of the arrays that they read."""
