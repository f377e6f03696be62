"""Activation functions, entry by entry and along an axis."""
