"""Conditions that hold at the same points, and products of factors."""
