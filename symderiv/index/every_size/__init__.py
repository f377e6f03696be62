"""What holds, or exists, at every size; and where to look for a size at which it doesn't."""
