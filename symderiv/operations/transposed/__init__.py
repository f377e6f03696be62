"""Transposed convolutions: the transpose of a convolution's matrix."""
