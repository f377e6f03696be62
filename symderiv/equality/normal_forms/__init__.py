"""Expressions as rational functions over generators, a file a class of functions."""
