"""Integer parts and remainders, and what is a whole number."""
