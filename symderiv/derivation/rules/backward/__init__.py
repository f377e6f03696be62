"""Backpropagation: what an operation sends back to each of its arguments."""
