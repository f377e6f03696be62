"""Traces of inverses in other words: ``tr V = (n - tr V N)/c`` for the inverse V of ``c I + N``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.equality.procedures.matrices.reading import Reader
from symderiv.equality.procedures.matrices.words import (
    Combination,
    Letter,
    Scalar,
    Scalars,
    Term,
    closing,
    multiplied,
    size,
    term,
    total,
    trace,
)

Unit = tuple[Term, Fraction, Scalars]
"""A multiple of the identity, and what 1 over its factor is: a number, and powers of scalars."""


def without_traces(gap: Combination, reader: Reader) -> Combination:
    """The combination with traces of inverses told by what stands beside the identity in their matrices."""
    return total(part for each, c in gap.items() for part in _told(each, c, reader))


def _told(each: Term, coefficient: Fraction, reader: Reader) -> Iterator[tuple[Term, Fraction]]:
    for scalar, power in each.scalars:
        found = _matrix(scalar, reader) if power == 1 else None
        if found is not None:
            letter, of, (unit, over, below) = found
            left = tuple(pair for pair in each.scalars if pair[0] != scalar)
            for other, c in of.items():
                if other != unit:
                    closed = closing((letter, *other.word), multiplied((*other.scalars, *left, *below)))
                    yield term(each.word, closed.scalars), -coefficient * c * over
            yield term(each.word, (*left, *below, (size(letter.rows), 1))), coefficient * over
            return
    yield each, coefficient


def _matrix(scalar: Scalar, reader: Reader) -> tuple[Letter, Combination, Unit] | None:
    """The inverse of which this is the trace, and its matrix, if the identity stands in that."""
    if scalar.kind != "trace" or len(scalar.word) != 1 or scalar != trace(scalar.word):
        return None
    [letter] = scalar.word
    of = reader.inverse_of(letter)
    unit = None if of is None else _identity(of, reader)
    return None if of is None or unit is None else (letter, of, unit)


def _identity(of: Combination, reader: Reader) -> Unit | None:
    """The one multiple of the identity in a matrix, its factor not 0."""
    units = [each for each in of if not each.word]
    if len(units) != 1 or any(scalar not in reader.nonzero for scalar, _ in units[0].scalars):
        return None
    below = tuple((scalar, -power) for scalar, power in units[0].scalars)
    return units[0], 1 / of[units[0]], below
