"""Divergences compared with 0: of two distributions ``Σ p log(p/q) = 0`` says that p and q are equal.

``w log r ≥ w (1 - 1/r)`` for w, r > 0, and only at r = 1 are they equal. So where ``Σ w (1 - 1/r)`` is not
negative, nor is ``Σ w log r``, and it is 0 only where every r is 1.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from symderiv.equality.conditions.spelled_out import spelled_out
from symderiv.equality.evaluate.conditions import is_condition
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.inequalities.totals import Facts, Total, total_of
from symderiv.equality.proof import Proof, Prove, with_sides_rewritten
from symderiv.expression.build import add, compare, function, mul, negation, power, subtract
from symderiv.expression.contents import contents
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr, Number, transform, walk


def by_divergences(problem: Problem, prove: Prove) -> Proof | None:
    """A proof of conditions that say of every quotient under a logarithm that it is 1."""
    sides = problem.a, problem.b
    if not all(map(is_condition, sides)) or not any(map(_shows_logarithms_in_sums, sides)):
        return None

    def said(node: Expr) -> Expr:
        return _said(node, problem, prove) or node

    def affirmed(told: Problem) -> Proof | None:
        """The same asked of what both sides deny."""
        match told.a, told.b:
            case Apply(head="not", args=(a,)), Apply(head="not", args=(b,)):
                return prove(replace(told, a=a, b=b))
        return prove(told)

    return with_sides_rewritten(problem, lambda side: transform(side, said), affirmed, "divergences")


def _shows_logarithms_in_sums(side: Expr) -> bool:
    return Binder in contents(side).classes and any(
        isinstance(node, Apply) and node.head == "log" for node in walk(side)
    )


def _said(node: Expr, problem: Problem, prove: Prove) -> Expr | None:
    match node:
        case Apply(head="eq" | "ne", args=(low, high)):
            gaps = subtract(high, low), subtract(low, high)
            found = next((said for gap in gaps if (said := _all_one(gap, problem, prove))), None)
        case Apply(head="le", args=(divergence, low)):  # at most 0, so 0
            found = _all_one(subtract(divergence, low), problem, prove)
        case Apply(head="lt", args=(low, divergence)):
            found = _all_one(subtract(divergence, low), problem, prove)
        case _:
            return None
    if found is None:
        return None
    return negation(found) if node.head in ("ne", "lt") else found


def _all_one(gap: Expr, problem: Problem, prove: Prove) -> Expr | None:
    """That all quotients are 1, if ``gap`` is a sum ``Σ w log r`` that is never negative."""
    total = _joined(gap, problem.facts)
    read = None if total is None else _weighted_logarithm(total.body)
    if total is None or read is None:
        return None
    weight, quotient = read
    if not (total.is_positive(weight, problem.facts) and total.is_positive(quotient, problem.facts)):
        return None
    turned = _quotient(weight, quotient)
    least = total.of(weight), total.of(turned)
    if not any(_holds(compare(head, *least[::-1]), problem, prove) for head in ("eq", "le")):
        return None
    body = spelled_out(compare("eq", weight, turned))
    for index, (lower, upper) in zip(reversed(total.indices), reversed(total.ends), strict=True):
        body = Binder("forall", body, index, lower, upper)
    return body


def _quotient(weight: Expr, quotient: Expr) -> Expr:
    """``w / r``, what stands in both told once: no factor of what is positive is 0."""
    exponents: Counter[Expr] = Counter()
    for factor in factors_of(weight):
        exponents.update(_powers(factor, 1))
    for factor in factors_of(quotient):
        exponents.update(_powers(factor, -1))
    return mul(*(power(base, Number(times)) for base, times in exponents.items() if times))


def _powers(factor: Expr, times: int) -> dict[Expr, int]:
    match factor:
        case Apply(head="pow", args=(Apply(head="mul", args=inside), Number(value=int() as value))):
            found: Counter[Expr] = Counter()
            for each in inside:
                found.update(_powers(each, times * value))
            return found
        case Apply(head="pow", args=(base, Number(value=int() as value))):
            return {base: times * value}
    return {factor: times}


def _holds(claim: Expr, problem: Problem, prove: Prove) -> bool:
    proof = prove(replace(problem, a=claim, b=TRUE, defined_a=TRUE, defined_b=TRUE))
    return proof is not None and not proof.exceptions


def _joined(gap: Expr, facts: Facts) -> Total | None:
    """One sum of all: of sums over the same box, and of a number c, ``Σ c w`` where ``Σ w = 1`` is given."""
    totals = [(factor, found) for term in terms_of(gap) for factor, found in _multiple(term)]
    if len(totals) < len(terms_of(gap)) - 1:
        return None
    boxes = {(found.indices, found.ends) for _, found in totals}
    if len(boxes) != 1:
        return None
    first = totals[0][1]
    bodies = [mul(factor, found.body) for factor, found in totals]
    for term in terms_of(gap):
        if not list(_multiple(term)):
            weight = next(
                (w for w in _of_sum_one(facts, first) if any(w in factors_of(b) for b in bodies)), None
            )
            if weight is None or Binder in contents(term).classes:
                return None
            bodies.append(mul(term, weight))
    return replace(first, body=add(*bodies))


def _multiple(term: Expr) -> list[tuple[Expr, Total]]:
    """A term as a number times a sum."""
    factors = factors_of(term)
    sums = [found for factor in factors if (found := total_of(factor)) is not None]
    others = [factor for factor in factors if total_of(factor) is None]
    plain = all(isinstance(factor, Number) for factor in others)
    return [(mul(*others), sums[0])] if len(sums) == 1 and plain else []


def _of_sum_one(facts: Facts, like: Total) -> list[Expr]:
    """What adds up to 1 over the box."""
    pairs = [fact.args for fact in facts if isinstance(fact, Apply) and fact.head == "eq"]
    found = [total_of(side) for pair in pairs for side, one in (pair, pair[::-1]) if one == ONE]
    return [each.body for each in found if each and (each.indices, each.ends) == (like.indices, like.ends)]


def _weighted_logarithm(body: Expr) -> tuple[Expr, Expr] | None:
    """``w`` and ``r`` of a sum of terms ``± k w log u`` and ``w c``, r their product and e^c."""
    weights: dict[Expr, None] = {}
    rest: list[Expr] = []
    parts: list[Expr] = []
    for term in terms_of(body):
        factors = factors_of(term)
        logarithms = [f for f in factors if isinstance(f, Apply) and f.head == "log"]
        if len(logarithms) != 1:
            rest.append(term)
            continue
        times = mul(*(f for f in factors if isinstance(f, Number)))
        weights[mul(*(f for f in factors if f is not logarithms[0] and not isinstance(f, Number)))] = None
        parts.append(power(logarithms[0].args[0], times))
    if len(weights) != 1:
        return None
    (weight,) = weights
    for term in rest:
        others = list(factors_of(term))
        if weight not in others:
            return None
        others.remove(weight)
        parts.append(function("exp", mul(*others)))
    return weight, mul(*parts)
