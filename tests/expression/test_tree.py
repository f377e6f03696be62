"""Nodes: what makes two of them equal."""

from __future__ import annotations

from fractions import Fraction

from symderiv.expression.tree import Number


def test_a_number_is_what_it_counts() -> None:
    assert (Number(3), Number(2)) == (3, 2) and hash(Number(3)) == hash(3)
    assert Number(Fraction(1, 2)) == Fraction(1, 2)
    assert Number(1) != True and Number(2) != 2.0  # noqa: E712
    assert repr(Number(3)) == "3"
