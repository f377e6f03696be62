"""LaTeX as people write it, read against the names in scope."""
