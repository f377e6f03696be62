"""Sums, products and maxima over ranges: closed forms, induction, ranges taken apart and put together."""
