"""The rules of differentiation on trees: each takes ∂e/∂x and gives what stands instead, or declines."""
