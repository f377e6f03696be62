"""Conditions: when they hold at the same points, undone functions, signs, products of factors."""
