"""A witness found for another form of two answers, evaluated in the form that was given.

With sizes put in, sums are written out and numbers fold: ``0 · (x[0] + x[1])`` is 0 then, also where x has
one entry. With a value put in for a name, what else has that value may have got another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from flint import fmpq

from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.point import Point
from symderiv.equality.evaluate.precision import PRECISIONS, precision
from symderiv.equality.evaluate.values import NotAsked, NotDecided, NoValue
from symderiv.equality.rationals import exact, fraction, is_rational
from symderiv.equality.refute.atoms import atoms
from symderiv.equality.refute.coordinates import variable_of
from symderiv.equality.refute.separate import Pair, separated
from symderiv.equality.refute.witness import witness_at
from symderiv.equality.verdict import Witness
from symderiv.expression.tree import Expr, Index, Number

_ENTRY = re.compile(r"(.+)\[([\d, ]+)\]")


def confirmed(pair: Pair, witness: Witness) -> Witness | None:
    """The witness as the pair shows it, ``None`` where its values agree there, or a fact or a domain fails.

    What names a concrete function, or can't be evaluated as it was given, is left as it is; an index that
    ends nowhere tells nothing where it lies past the end of an array.
    """
    values = dict(_coordinates(pair, witness))
    if len(values) < len(witness.point):
        return witness
    if not all(_is_allowed(atom, number) for atom, number in values.items()):
        return None
    if any(_fails(fact, values) for fact in pair.facts):
        return None
    for bits in PRECISIONS:
        point = Point(values, pattern=0)
        with precision(bits), suppress(NotDecided):
            try:
                left, right = pair.outcomes(pair.evaluator(point))
            except NotAsked:
                return None
            there = {**values, **point.reads}
            if not separated(left, right) or any(_fails(fact, there) for fact in pair.facts):
                return None
            return _with_coordinates(witness_at(pair, point, left, right), witness)
    return witness


def _with_coordinates(found: Witness, before: Witness) -> Witness:
    """The witness with all coordinates of the one before: facts may hold for those that no side reads."""
    return Witness(tuple({**dict(found.point), **dict(before.point)}.items()), found.left, found.right)


def _is_allowed(atom: Expr, number: fmpq) -> bool:
    """Does the number lie in the domain of its name?"""
    return variable_of(atom).kind.domain.contains(fraction(number))


def _fails(fact: Expr, values: dict[Expr, fmpq]) -> bool:
    """Is a fact surely false? One that names what the witness doesn't is passed over."""
    with precision(PRECISIONS[0]), suppress(NotDecided, NoValue):
        return not Evaluator(Point(values)).truth(fact)
    return False


def _coordinates(pair: Pair, witness: Witness) -> Iterator[tuple[Expr, fmpq]]:
    """What the texts of a witness name: scalars, entries of arrays, the entry that is looked at."""
    found = atoms(pair.all)
    scalars = {variable.name: variable for variable in (*found.integers, *found.reals)}
    arrays = {array.name: array for array in found.arrays}
    for name, text in witness.point:
        if not is_rational(text):
            continue
        entry = _ENTRY.fullmatch(name)
        if name in scalars:
            yield scalars[name], exact(Fraction(text))
        elif entry and entry[1] in arrays:
            position = tuple(Number(int(k)) for k in entry[2].split(","))
            yield Index(arrays[entry[1]], position), exact(Fraction(text))
