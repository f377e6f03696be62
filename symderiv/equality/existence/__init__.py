"""Where integrals, limits and infinite sums have a value."""
