"""What holds for letters holds for whatever stands in their place."""
