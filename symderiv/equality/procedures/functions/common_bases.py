"""High powers of one base, which needn't be expanded: ``(a + b + c)²⁰ (a + b + c)²`` is ``(a + b + c)²²``.

What holds for every number in place of a base holds for the base. Whether the sides exist anywhere must not
hang on it, except for the zeros of denominators: ``-x² - 1`` is never positive, a letter may be.
"""

from __future__ import annotations

from collections import Counter

from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import Apply, Expr, Number, Variable, walk

HIGH = 5


def by_common_bases(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with a real letter for every sum that is raised to high powers, one that asks no exception."""
    found = Counter(base for side in (problem.a, problem.b) for base in _bases(side))
    bases = [base for base, count in found.items() if count > 1]
    if not bases:
        return None
    taken = {v.name for part in problem.expressions for v in contents(part).free}
    letters: dict[Expr, Expr] = {}
    for base in sorted(bases, key=lambda each: -contents(each).size):
        name = fresh("s", taken)
        taken.add(name)
        letters[base] = Variable(name)
    restated = problem.mapped(lambda part: substitute(part, letters))
    if any(
        _bounds(part, letters)
        for side in (restated.defined_a, restated.defined_b)
        for part in conjuncts(side)
    ):
        return None
    proof = prove(restated)
    return None if proof is None or proof.exceptions else proof.through("powers of the same")


def _bounds(part: Expr, letters: dict[Expr, Expr]) -> bool:
    """Does a condition of existence say more of a letter than that something isn't 0?"""
    is_pole = isinstance(part, Apply) and part.head == "ne"
    return not is_pole and not contents(part).free.isdisjoint(letters.values())


def _bases(side: Expr) -> list[Expr]:
    return [
        node.args[0]
        for node in walk(side)
        if isinstance(node, Apply) and node.head == "pow" and _is_high(node.args[1]) and _is_sum(node.args[0])
    ]


def _is_high(exponent: Expr) -> bool:
    return isinstance(exponent, Number) and not -HIGH < exponent.value < HIGH


def _is_sum(base: Expr) -> bool:
    return isinstance(base, Apply) and base.head == "add"
