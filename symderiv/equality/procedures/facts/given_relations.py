"""Equations between sums of products of arrays: ``A B = B A``, ``A x = λ x``, ``Aᵀ A x = Aᵀ b``.

What is given is multiplied by whatever makes one of its contractions one of those that are asked about, or
that came of it. Each product is zero where the facts hold; so is the difference of two sides that is a
combination of them. Neither side of an equation is taken for the simpler one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.equality.problem import Problem
from symderiv.equality.procedures.facts.contractions import Combination, combination
from symderiv.equality.procedures.facts.multiples import multiples
from symderiv.equality.procedures.facts.relations import Relation, is_delta, of_roots_and_quotients, said_by
from symderiv.equality.procedures.facts.summands import Summand
from symderiv.equality.proof import Proof, Prove
from symderiv.expression.build import subtract
from symderiv.expression.contents import contents
from symderiv.expression.tree import INFINITY, Binder, Expr, walk

MAX_PRODUCTS = 120

Row = tuple[Summand, dict[Summand, Fraction]]


def by_given_relations(problem: Problem, prove: Prove) -> Proof | None:
    """A proof that the difference of both sides is a combination of products with what is given."""
    if all(Binder not in contents(side).classes for side in (problem.a, problem.b)):
        return None
    given = [found for fact in problem.facts if (found := said_by(fact)) and any(found.leading())]
    gap = combination(subtract(problem.a, problem.b)) if given else None
    if not gap or any(_is_beyond(factor) for summand in gap for factor in summand.factors):
        return None
    if not _spans(_products(gap, given, list(of_roots_and_quotients(gap))), gap):
        return None
    proof = prove(replace(problem, b=problem.a)) or prove(replace(problem, a=problem.b))
    return proof and proof.through("equations that are given, multiplied")


def _is_beyond(factor: Expr) -> bool:
    """Is there a delta, which knows of an index that no entry may read, or something infinite?"""
    return any(is_delta(node) or node == INFINITY for node in walk(factor))


def _products(
    gap: Combination, given: Sequence[Relation], roots: Sequence[Relation]
) -> Iterator[Combination]:
    """What is given times what makes it speak of the gap, or of what such a product speaks of."""
    relations = (*given, *roots)
    longest = max(len(each.factors) for terms in (gap, *(root.terms for root in roots)) for each in terms)
    waiting, met = list(gap), set(gap)
    count = 0
    while waiting:
        summand = waiting.pop(0)
        for found in (each for relation in relations for each in multiples(relation, summand)):
            yield found
            count += 1
            if count > MAX_PRODUCTS:
                return
            new = [each for each in found if each not in met and len(each.factors) <= longest]
            met.update(new)
            waiting.extend(new)


def _spans(products: Iterator[Combination], gap: Combination) -> bool:
    """Is the gap a combination of the products?"""
    rows: list[Row] = []
    for each in products:
        row = _reduced(each, rows)
        if row:
            rows.append((next(iter(row)), row))
    return not _reduced(gap, rows)


def _reduced(terms: Combination, rows: list[Row]) -> dict[Summand, Fraction]:
    """What the rows leave of a combination, whose leading contractions don't stand in those after them."""
    left = dict(terms)
    for leading, row in rows:
        if leading in left:
            times = left[leading] / row[leading]
            for summand, coefficient in row.items():
                left[summand] = left.get(summand, Fraction(0)) - times * coefficient
            left = {summand: c for summand, c in left.items() if c}
    return left
