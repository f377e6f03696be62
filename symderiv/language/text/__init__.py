"""The text language: from characters to syntax."""
