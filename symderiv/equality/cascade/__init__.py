"""The procedures in their order, and what of their proofs counts."""
