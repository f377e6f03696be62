"""Affine forms ``3 i - j + n + 1`` over integer variables: what indices and bounds are made of."""

from __future__ import annotations

from collections.abc import Mapping as Map
from fractions import Fraction
from math import lcm

from symderiv.expression.build import add, mul
from symderiv.expression.tree import Exact, Expr, Number, Variable


def ratio(a: Exact, b: Exact) -> Exact:
    """``a / b``, a whole number where it is one: these are much quicker."""
    return whole(Fraction(a, b) if isinstance(a, int) and isinstance(b, int) else Fraction(a) / Fraction(b))


def whole(value: Exact) -> Exact:
    """The same number, as an integer if it is one."""
    return value.numerator if value.denominator == 1 else value


class Affine:
    """``Σ coefficient · variable + constant``, with exact coefficients and no zero ones.

    >>> i, n = Variable("i"), Variable("n")
    >>> str(Affine({n: 1}, 1) - Affine({i: 1}))
    'n - i + 1'
    """

    __slots__ = ("constant", "terms")

    def __init__(self, terms: Map[Variable, Exact] | None = None, constant: Exact = 0) -> None:
        self.terms: dict[Variable, Exact] = {v: c for v, c in (terms or {}).items() if c != 0}
        self.constant: Exact = constant

    def __add__(self, other: Affine) -> Affine:
        terms = dict(self.terms)
        for variable, coefficient in other.terms.items():
            terms[variable] = terms.get(variable, 0) + coefficient
        return Affine(terms, self.constant + other.constant)

    def scaled(self, factor: Exact) -> Affine:
        return Affine({v: factor * c for v, c in self.terms.items()}, factor * self.constant)

    def __neg__(self) -> Affine:
        return self.scaled(-1)

    def __sub__(self, other: Affine) -> Affine:
        return self + -other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Affine) and (self.terms, self.constant) == (other.terms, other.constant)

    def __hash__(self) -> int:
        return hash((frozenset(self.terms.items()), self.constant))

    def __str__(self) -> str:
        text = ""
        for variable, c in self.ordered():
            size = "" if abs(c) == 1 else f"{abs(c)}*"
            text += f"{' - ' if c < 0 else ' + '}{size}{variable.name}"
        if self.constant or not text:
            text += f"{' - ' if self.constant < 0 else ' + '}{abs(self.constant)}"
        return text[3:] if text.startswith(" + ") else "-" + text[3:]

    def ordered(self) -> list[tuple[Variable, Exact]]:
        """The terms, positive ones first, by name."""
        return sorted(self.terms.items(), key=lambda term: (term[1] < 0, term[0].name))

    def coefficient(self, variable: Variable) -> Exact:
        return self.terms.get(variable, 0)

    def put(self, values: Map[Variable, Affine]) -> Affine:
        """The form with affine forms put in for variables, at once."""
        if not any(variable in values for variable in self.terms):
            return self
        result = Affine({v: c for v, c in self.terms.items() if v not in values}, self.constant)
        for variable, c in self.terms.items():
            if variable in values:
                result = result + values[variable].scaled(c)
        return result

    @property
    def denominator(self) -> int:
        """The least common denominator of its numbers."""
        return lcm(*(c.denominator for c in (*self.terms.values(), self.constant)))

    def is_integral(self) -> bool:
        return self.constant.denominator == 1 and all(c.denominator == 1 for c in self.terms.values())

    def to_expr(self) -> Expr:
        parts = [mul(Number(c), variable) for variable, c in self.ordered()]
        return add(*parts, Number(self.constant))


def variable_form(variable: Variable) -> Affine:
    return Affine({variable: 1})


def solve(forms: list[Affine], unknowns: list[Variable]) -> dict[Variable, Affine] | None:
    """The unknowns for which all ``forms`` vanish, or None if they aren't determined (Gauss)."""
    rows = list(forms)
    solved: dict[Variable, Affine] = {}
    for unknown in unknowns:
        pivot = next((row for row in rows if row.coefficient(unknown) != 0), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        c = pivot.coefficient(unknown)
        value = {unknown: (pivot - Affine({unknown: c})).scaled(ratio(-1, c))}
        rows = [row.put(value) for row in rows]
        solved = {v: form.put(value) for v, form in solved.items()} | value
    return solved
