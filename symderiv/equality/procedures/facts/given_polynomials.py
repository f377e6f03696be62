"""Polynomial equations that are given, at given sizes: ``A B = I`` says ``B A = I``, entry by entry.

A polynomial is replaced by what the ideal of the given ones leaves of it. Two systems of equations hold at
the same points where each has the other in its ideal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from symderiv.equality.normal_forms.ideals import Ideal, ideal, is_polynomial
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.equal import unless_known
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import subtract
from symderiv.expression.contents import contents
from symderiv.expression.expansion import terms
from symderiv.expression.instantiation import expand, refold
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import TRUE, Apply, Binder, Expr, Number, walk

MAX_TERMS = 1000  # of what is said for all values of an index


def by_given_polynomials(problem: Problem, prove: Prove) -> Proof | None:
    """A proof with the polynomials of both sides, and of where they exist, as what the given ones leave."""
    given = [gap for fact in problem.facts for gap in _gaps(fact) or ()]
    if not any(map(_multiplies, given)):
        return None
    found = ideal(given, _polynomials(problem.sides))
    if found is None:
        return None
    a, b, defined_a, defined_b = (_reduced(each, found) for each in problem.sides)
    restated = replace(problem, a=a, b=b, defined_a=defined_a, defined_b=defined_b)
    proof = None if restated.sides == problem.sides else prove(restated)
    return proof and proof.through("polynomials that are given")


def by_equal_ideals(problem: Problem) -> Proof | None:
    """A proof that two systems of polynomial equations, both without a condition, say the same."""
    if any(unless_known(each, problem.facts) != TRUE for each in (problem.defined_a, problem.defined_b)):
        return None
    ours, others = _gaps(problem.a), _gaps(problem.b)
    if not ours or not others or len(ours) + len(others) < 3:
        return None
    known = [gap for fact in problem.facts for gap in _gaps(fact) or ()]
    for given, asked in ((ours, others), (others, ours)):
        found = ideal((*given, *known), asked)
        if found is None or not all(map(found.contains, asked)):
            return None
    return Proof("ideals")


def _gaps(condition: Expr) -> list[Expr] | None:
    """What is zero where a condition holds, polynomials all of them; None where it says anything else."""
    if Binder in contents(condition).classes:
        if terms(condition) > MAX_TERMS:
            return None
        condition = expand(condition)
    parts = conjuncts(condition)
    equations = [part.args for part in parts if isinstance(part, Apply) and part.head == "eq"]
    gaps = [subtract(*sides) for sides in equations if all(map(is_polynomial, sides))]
    return gaps if len(gaps) == len(parts) else None


def _multiplies(gap: Expr) -> bool:
    """Is there a product of names? What is linear is put in elsewhere."""
    products = (node for node in walk(gap) if isinstance(node, Apply) and node.head in ("mul", "pow"))
    return any(node.head == "pow" or _names_in(node) > 1 for node in products)


def _names_in(product: Apply) -> int:
    return sum(not isinstance(factor, Number) for factor in product.args)


def _polynomials(sides: Iterable[Expr]) -> Iterator[Expr]:
    """The largest polynomials of which something is made."""
    for side in sides:
        if is_polynomial(side):
            yield side
        elif not isinstance(side, Binder):
            yield from _polynomials(side.children)


def _reduced(side: Expr, found: Ideal) -> Expr:
    """The expression with its largest polynomials as what is left of them."""
    if is_polynomial(side):
        return found.reduced(side)
    if isinstance(side, Binder) or not side.children:
        return side
    return refold(side, tuple([_reduced(child, found) for child in side.children]))
