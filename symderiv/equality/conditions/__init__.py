"""Conditions: when they hold at the same points, and what follows from them."""
