"""Pooling, and what sends a gradient back through it."""
