"""Conditions proved from facts: inequalities over the reals and the integers, signs, equal conditions.

A fact is a condition known to hold; the domains of names count without saying. ``True`` and ``False`` are
proofs: false means that the condition fails wherever the facts hold.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from symderiv.equality.conditions_bounds import Bounds, natural_bounds
from symderiv.equality.conditions_definitions import definition
from symderiv.equality.conditions_polynomial import atoms_of
from symderiv.equality.conditions_relations import Alternatives, Relation, alternatives, combined
from symderiv.equality.conditions_signs import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    POSITIVE,
    ZERO_ONLY,
    Possible,
    branch_facts,
    possible_signs,
    range_facts,
    union,
)
from symderiv.equality.conditions_system import inconsistent
from symderiv.expression.build import negation
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Cases, Expr

Sign = Literal[-1, 0, 1, "nonneg", "nonpos"]
MAX_DEPTH = 6

_NAMES: dict[Possible, Sign] = {
    POSITIVE: 1,
    NEGATIVE: -1,
    ZERO_ONLY: 0,
    NONNEGATIVE: "nonneg",
    NONPOSITIVE: "nonpos",
}


def holds(condition: Expr, facts: tuple[Expr, ...] = ()) -> bool | None:
    """Whether the facts imply a condition: proved, proved to fail wherever they hold, or not known.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Number, Variable
    >>> n = Variable("n", SIZE)
    >>> holds(Apply("lt", (n, Apply("add", (n, Number(1)))))), holds(Apply("le", (n, ZERO)))
    (True, False)
    """
    known = knowledge(facts)
    if known.implies(condition):
        return True
    return False if known.implies(_opposite(condition)) else None


def sign(expr: Expr, facts: tuple[Expr, ...] = ()) -> Sign | None:
    """1, -1, 0, ``'nonneg'`` or ``'nonpos'`` where that is proved of the values of ``expr``."""
    return _NAMES.get(knowledge(facts).signs(expr))


def nonzero(expr: Expr, facts: tuple[Expr, ...] = ()) -> bool | None:
    """Whether ``expr`` is proved to vanish nowhere (true), or everywhere (false)."""
    signs = knowledge(facts).signs(expr)
    if 0 not in signs:
        return True
    if signs == ZERO_ONLY:
        return False
    return True if knowledge(facts).implies(Apply("ne", (expr, ZERO))) else None


@lru_cache(maxsize=128)
def knowledge(facts: tuple[Expr, ...]) -> Knowledge:
    """What follows from these facts, remembered from question to question."""
    return Knowledge(facts)


class Knowledge:
    """Facts, and the signs found from them so far."""

    def __init__(self, facts: tuple[Expr, ...], depth: int = 0) -> None:
        self.facts = tuple(part for fact in facts for part in _conjuncts(fact))
        self.depth = depth
        self._alternatives: Alternatives | None = None
        self._signs: dict[Expr, Possible] = {}
        self._busy: set[Expr] = set()
        self._cut = False

    def implies(self, condition: Expr) -> bool:
        """Whether a condition certainly holds wherever the facts do."""
        if condition == TRUE or condition in self.facts:
            return True
        if isinstance(condition, Apply) and condition.head == "and":
            return all(self.implies(part) for part in condition.args)
        quick = self._by_sign(condition)
        if quick is not None:
            return quick
        return self._impossible(alternatives(_opposite(condition)))

    def signs(self, expr: Expr) -> Possible:
        """The signs that ``expr`` may have, as far as it is known."""
        found = self._signs.get(expr)
        if found is not None:
            return found
        if expr in self._busy or len(self._busy) > 40:
            self._cut = True
            return ANY
        self._busy.add(expr)
        try:
            found = self._find_signs(expr)
        finally:
            self._busy.discard(expr)
        if not self._cut:  # found without leaving anything out
            self._signs[expr] = found
        self._cut = self._cut and bool(self._busy)
        return found

    def _find_signs(self, expr: Expr) -> Possible:
        found = self._structural(expr)
        if (
            found in (POSITIVE, NEGATIVE, ZERO_ONLY)
            or self.depth >= MAX_DEPTH
            or not self._worth_a_system(expr)
        ):
            return found
        for trial in (1, -1, 0):
            if trial in found and self._impossible(alternatives(_with_sign(trial, expr))):
                found = found - {trial}
        return found

    def _structural(self, expr: Expr) -> Possible:
        if isinstance(expr, Binder) and expr.kind in ("sum", "prod", "max", "min"):
            inner = Knowledge((*self.facts, *range_facts(expr)), self.depth + 1)
            return possible_signs(
                expr, lambda part: inner.signs(part) if part is expr.body else self.signs(part)
            )
        if isinstance(expr, Cases) and self.depth < MAX_DEPTH:
            return union(
                Knowledge((*self.facts, condition), self.depth + 1).signs(value)
                for condition, value in branch_facts(expr)
            )
        return possible_signs(expr, self.signs)

    def _worth_a_system(self, expr: Expr) -> bool:
        """A sum may have a sign that its parts don't show; anything may be spoken of by a fact."""
        return bool(self.facts) or (isinstance(expr, Apply) and expr.head == "add")

    def _by_sign(self, condition: Expr) -> bool | None:
        """Comparisons with zero, by the structure of the other side."""
        if (
            not isinstance(condition, Apply)
            or condition.head not in ("lt", "le", "ne")
            or ZERO not in condition.args
        ):
            return None
        a, b = condition.args
        signs = self.signs(a if b == ZERO else b)
        wanted = {"lt": NEGATIVE if b == ZERO else POSITIVE, "le": NONPOSITIVE if b == ZERO else NONNEGATIVE}
        return True if signs <= wanted.get(condition.head, frozenset((-1, 1))) else None

    def _impossible(self, cases: Alternatives) -> bool:
        """Whether none of the alternatives can hold together with the facts."""
        if self._alternatives is None:
            self._alternatives = combined(map(alternatives, self.facts))
        return all(self._contradiction(case, before) for case in cases for before in self._alternatives)

    def _contradiction(self, case: list[Relation], before: list[Relation]) -> bool:
        relations = [*case, *before]
        atoms = atoms_of(r.poly for r in relations)
        for extended in combined([[relations], *(definition(base) for base in atoms[:12])]):
            bounds: dict[Expr, Bounds] = {
                base: natural_bounds(base, self.signs) for base in atoms_of(r.poly for r in extended)
            }
            if not inconsistent(extended, bounds):
                return False
        return True


def _with_sign(trial: int, expr: Expr) -> Expr:
    """``expr`` has this sign."""
    return (
        Apply("eq", (expr, ZERO)) if trial == 0 else Apply("lt", (ZERO, expr) if trial > 0 else (expr, ZERO))
    )


def _conjuncts(fact: Expr) -> tuple[Expr, ...]:
    return fact.args if isinstance(fact, Apply) and fact.head == "and" else (fact,)


def _opposite(condition: Expr) -> Expr:
    if condition in (TRUE, FALSE):
        return FALSE if condition == TRUE else TRUE
    return negation(condition)
