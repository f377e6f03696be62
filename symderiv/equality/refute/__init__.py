"""The search for a point at which two answers provably differ."""
