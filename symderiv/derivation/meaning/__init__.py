"""What a tree means: shape, entry formula, and where it exists."""
