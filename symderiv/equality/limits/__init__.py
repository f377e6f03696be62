"""Limits, proved by series in a scale of exponentials, powers and logarithms."""
