"""Exact values of an expression at a point: rationals, balls, or that there is none."""
