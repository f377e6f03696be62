"""Expressions read as terms ``c · Π atom^power`` over a set of integer points."""
