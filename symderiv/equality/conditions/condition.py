"""Conditions proved from facts: inequalities over the reals and the integers, signs, equal conditions.

A fact is a condition known to hold; the domains of names count without saying. ``True`` and ``False`` are
proofs: false means that the condition fails wherever the facts hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from symderiv.equality.conditions.bounds import natural_bounds
from symderiv.equality.conditions.definitions import definition
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.polynomial import atoms_of
from symderiv.equality.conditions.relations import Alternatives, Relation, alternatives, combined
from symderiv.equality.conditions.signs import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    POSITIVE,
    ZERO_ONLY,
    Possible,
    SignOf,
    branch_facts,
    possible_signs,
    union,
)
from symderiv.equality.conditions.system import Budget, inconsistent
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.build import negation
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import FALSE, TRUE, ZERO, Apply, Binder, Call, Cases, Expr, Index, Variable

Sign = Literal[-1, 0, 1, "nonneg", "nonpos"]

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


def above_nought(fact: Expr) -> Expr:
    """``S != 0`` as ``0 < S``, where S is a sum over a range, or made of such, and never negative.

    >>> above_nought(Apply("ne", (Variable("x"), ZERO))).head
    'ne'
    """
    match fact:
        case Apply(head="ne", args=(total, zero)) if zero == ZERO and Binder in contents(total).classes:
            if knowledge(()).quick_signs(total) <= NONNEGATIVE:
                return Apply("lt", (ZERO, total))
    return fact


@lru_cache(maxsize=128)
def knowledge(facts: tuple[Expr, ...]) -> Knowledge:
    """What follows from these facts, remembered from question to question."""
    return Knowledge(facts)


class Knowledge:
    """Facts, and the signs found from them so far."""

    def __init__(self, facts: tuple[Expr, ...]) -> None:
        self.facts = tuple(part for fact in facts for part in conjuncts(fact))
        self._alternatives: Alternatives | None = None
        self._signs: dict[Expr, Possible] = {}
        self._stated: dict[Expr, Possible] = dict(_stated_signs(self.facts))
        self._quick: dict[Expr, Possible] = dict(self._stated)

    def implies(self, condition: Expr) -> bool:
        """Whether a condition certainly holds wherever the facts do."""
        if condition == TRUE or condition in self.facts:
            return True
        if isinstance(condition, Apply) and condition.head == "and":
            return all(self.implies(part) for part in condition.args)
        if isinstance(condition, Binder) and condition.kind == "forall":
            is_asked = condition.variable in free_variables(condition.body)
            return (not is_asked and self.implies(condition.body)) or self._under(condition).implies(
                condition.body
            )
        if not free_variables(condition):
            return evaluate(condition, {}) is True
        quick = self._by_sign(condition)
        if quick is not None:
            return quick
        return self._impossible(alternatives(_opposite(condition)))

    def signs(self, expr: Expr) -> Possible:
        """The signs that ``expr`` may have, as far as it is known."""
        found = self._signs.get(expr)
        if found is None:
            self._signs[expr] = ANY  # whoever asks again on the way gets no answer
            try:
                left = self._structural(expr, self.signs) & self._stated.get(expr, ANY)
                found = self._signs[expr] = self._by_system(expr, left)
            except BaseException:  # a cap met on the way says nothing: the next one asks anew
                del self._signs[expr]
                raise
        return found

    def quick_signs(self, expr: Expr) -> Possible:
        """The signs that the structure of ``expr`` leaves, no system solved."""
        found = self._quick.get(expr)
        if found is None:
            found = self._quick[expr] = self._structural(expr, self.quick_signs)
        return found

    def _by_system(self, expr: Expr, found: Possible) -> Possible:
        if len(found) == 1 or not self._worth_a_system(expr):
            return found
        for trial in (1, -1, 0):
            if trial in found and self._impossible(alternatives(_with_sign(trial, expr))):
                found = found - {trial}
        return found

    def _structural(self, expr: Expr, known: SignOf) -> Possible:
        if isinstance(expr, Binder) and expr.kind in ("sum", "prod", "max", "min"):
            inner = self._under(expr).quick_signs
            return possible_signs(expr, lambda part: inner(part) if part is expr.body else known(part))
        if isinstance(expr, Cases):
            return union(self._given(condition).quick_signs(value) for condition, value in branch_facts(expr))
        return possible_signs(expr, known)

    def _under(self, binder: Binder) -> Knowledge:
        """What is known inside of a binder: of a name spelt like its own nothing but its range."""
        return Knowledge(facts_inside(binder, self.facts))

    def _given(self, *more: Expr) -> Knowledge:
        """The same with more facts, signs of names among them noted."""
        return Knowledge((*self.facts, *more))

    def _worth_a_system(self, expr: Expr) -> bool:
        """A sum may have a sign that its parts don't show, and facts may speak of names."""
        if isinstance(expr, Apply):
            return expr.head == "add" or (expr.head in ("max", "min", "mul") and bool(self.facts))
        return bool(self.facts) and isinstance(expr, (Variable, Index, Call))

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
        budget = Budget()
        return all(
            self._contradiction([*case, *before], budget) for case in cases for before in self._alternatives
        )

    def _contradiction(self, relations: list[Relation], budget: Budget) -> bool:
        atoms = atoms_of(r.poly for r in relations)
        for extended in combined([[relations], *(definition(base, self.quick_signs) for base in atoms[:8])]):
            bounds = {
                base: natural_bounds(base, self.quick_signs) for base in atoms_of(r.poly for r in extended)
            }
            if not inconsistent(extended, bounds, budget):
                return False
        return True


def _stated_signs(facts: tuple[Expr, ...]) -> Iterator[tuple[Expr, Possible]]:
    """Facts that say nothing but a sign: ``0 < x``."""
    for fact in facts:
        if isinstance(fact, Apply) and fact.head in ("lt", "le", "ne") and ZERO in fact.args:
            a, b = fact.args
            other = a if b == ZERO else b
            stated = {
                "lt": NEGATIVE if b == ZERO else POSITIVE,
                "le": NONPOSITIVE if b == ZERO else NONNEGATIVE,
            }
            yield other, stated.get(fact.head, ANY - ZERO_ONLY) & possible_signs(other, lambda part: ANY)


def _with_sign(trial: int, expr: Expr) -> Expr:
    """``expr`` has this sign."""
    return (
        Apply("eq", (expr, ZERO)) if trial == 0 else Apply("lt", (ZERO, expr) if trial > 0 else (expr, ZERO))
    )


def _opposite(condition: Expr) -> Expr:
    if condition in (TRUE, FALSE):
        return FALSE if condition == TRUE else TRUE
    return negation(condition)
