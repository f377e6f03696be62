"""Enclosures of constants (π, log 2, √(1 + e)): a generator over constants is a constant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flint

from symderiv.equality.normal_forms.generators import Field, Poly, terms

Ball = Callable[[], Any]


def ball_of(field: Field, poly: Poly) -> Ball | None:
    """An enclosure of a polynomial all of whose unknowns are constants, at the precision that is set."""
    balls = {generator.position: generator.ball for generator in field.used(poly)}
    if any(ball is None for ball in balls.values()):
        return None

    def value() -> Any:
        values = {position: ball() for position, ball in balls.items() if ball is not None}
        total = flint.arb(0)
        for exponents, coefficient in terms(poly):
            term = flint.arb(coefficient)
            for position, exponent in exponents:
                term *= values[position] ** exponent
            total += term
        return total

    return value


def then(ball: Ball | None, function: Callable[[Any], Any]) -> Ball | None:
    """The enclosure of ``f(c)`` from that of c."""
    return None if ball is None else lambda: function(ball())
