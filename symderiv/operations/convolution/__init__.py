"""Convolutions as PyTorch means them: what they compute, their Jacobians, what they send back."""
