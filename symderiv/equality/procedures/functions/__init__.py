"""Functions by what is known of them as functions: derivatives, order, symmetry, logarithms."""
