"""Kronecker deltas that normal forms leave: of products, of factors."""
