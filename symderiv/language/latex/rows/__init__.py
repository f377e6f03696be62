"""Rows of pieces read into syntax: operands, products, powers, functions, brackets, derivatives."""
