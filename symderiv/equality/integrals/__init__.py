"""Integrals, proved by antiderivatives that are verified by differentiation."""
