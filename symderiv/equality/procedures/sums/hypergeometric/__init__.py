"""Sums of hypergeometric terms by recurrences that are proved: creative telescoping."""
