"""Proofs by an argument of their own, asked where normal forms decide nothing."""
