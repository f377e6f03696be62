"""Geometric sums whose ratio is an expression: ``Σ_{i=L}^{U} u(i) = (u(U+1) − u(L))/(r − 1)``.

With ``r = u(i + 1)/u(i)`` it holds where r ≠ 1 and L ≤ U + 1; the ratio 1 is looked at by itself, or named.
A polynomial before it telescopes likewise: ``Σ p(i) u(i) = q(U+1) u(U+1) − q(L) u(L)`` where
``r q(i + 1) − q(i) = p(i)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.equality.cells.null_sets import is_zero_set_null
from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.cells.solving import Solution, solve
from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.normal_forms.plain import difference, irreducible_factors
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.sums.telescoping import separated, telescoped, value_at
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.expression.build import add, compare, function, mul, power, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    FALSE,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Variable,
    walk,
)

Facts = tuple[Expr, ...]


def by_geometric_sums(problem: Problem, policy: Policy, prove: Prove) -> Proof | None:
    """A proof with geometric sums in closed form, if there are any."""
    closing = _Closing()
    a, b = (closing.closed(side, problem.facts) for side in (problem.a, problem.b))
    if not closing.ratios:
        return None
    apart = tuple(compare("ne", ratio, ONE) for ratio in closing.ratios)
    if FALSE in apart:
        return None
    proof = prove(replace(problem, a=a, b=b, facts=(*problem.facts, *apart)))
    if proof is None:
        return None
    exceptions: dict[Expr, None] = {}
    for equation in (equation for ratio in closing.ratios for equation in _where_one(ratio)):
        if _is_excluded(problem, equation) or _agrees_at(problem, equation, prove):
            continue
        if policy != ALMOST_EVERYWHERE or not _is_null(equation, problem.facts):
            return None
        exceptions[equation] = None
    return proof.through("geometric sums", exceptions)


def _where_one(ratio: Expr) -> Iterator[Apply]:
    """The equations under one of which the ratio is 1, each solved for a variable if it can be."""
    sides = (ratio.args[0], ZERO) if isinstance(ratio, Apply) and ratio.head == "exp" else (ratio, ONE)
    found = difference(*sides)
    if found is None:
        yield Apply("eq", sides)
        return
    field, gap = found
    for factor in irreducible_factors(field, gap.num) or (() if gap.num.is_constant() else (gap.num,)):
        solution = solve(field, factor)
        if solution is None:
            yield Apply("eq", (to_expr(field, factor), ZERO))
        elif not solution.never:
            yield Apply("eq", (solution.unknown, solution.value))


def _is_excluded(problem: Problem, equation: Apply) -> bool:
    """Whether the facts leave the equation out: ``r < 1`` where it says that r is 1."""
    unknown, value = equation.args
    return isinstance(unknown, Variable) and FALSE in problem.mapped(Solution(unknown, value).put_in).facts


def _agrees_at(problem: Problem, equation: Apply, prove: Prove) -> bool:
    """Whether the sums as they were written agree where a variable has its exceptional value."""
    unknown, value = equation.args
    if not isinstance(unknown, Variable):
        return False
    there = problem.mapped(Solution(unknown, value).put_in)
    proof = prove(there)
    return proof is not None and proof.live and not proof.exceptions


def _is_null(equation: Apply, facts: tuple[Expr, ...]) -> bool:
    """Whether an equation holds on a null set only: its sides are analytic in real variables, and differ."""
    if not all(map(leaves_room, facts)) or any(isinstance(node, (Index, Binder)) for node in walk(equation)):
        return False
    left, right = equation.args
    return is_zero_set_null(left, right, facts)


class _Closing:
    """Puts closed forms for sums; ``ratios`` must not be 1."""

    def __init__(self) -> None:
        self.ratios: dict[Expr, None] = {}

    def closed(self, expr: Expr, facts: Facts) -> Expr:
        """The expression with its sums closed, those inside first; they know the range of the outer one.

        What is closed inside stays as it was where a ratio hangs on the outer index: it may be 1 for some.
        """
        if Binder not in contents(expr).classes:
            return expr
        if not isinstance(expr, Binder):
            return expr.rebuild(tuple([self.closed(child, facts) for child in expr.children]))
        own, met = expr.variable, dict(self.ratios)
        body = self.closed(expr.body, facts_inside(expr, facts))
        if any(own in free_variables(ratio) for ratio in self.ratios):
            self.ratios, body = met, expr.body
        others = [self.closed(child, facts) for child in expr.children[1:]]
        return self.rule(expr.rebuild((body, *others)), knowledge(facts))

    def rule(self, node: Expr, known: Knowledge) -> Expr:
        if not isinstance(node, Binder) or node.kind != "sum" or node.condition != TRUE:
            return node
        lower, upper, i = node.lower, node.upper, node.variable
        if lower is None or upper is None or i in free_variables(lower) | free_variables(upper):
            return node
        terms = _terms(node.body, i)
        if len(terms) > 1:
            closed = [self.rule(Binder("sum", term, i, lower, upper), known) for term in terms]
            return add(*closed)
        polynomial, rest = separated(node.body, i)
        found = _ratio(rest, i)
        if polynomial is None or found is None or found[0] == ONE:
            return node
        if not known.implies(compare("le", lower, add(upper, ONE))):
            return node
        ratio, rises = found
        first, last = (lower, add(upper, ONE)) if rises else (upper, subtract(lower, ONE))
        self.ratios[ratio] = None
        before = telescoped(polynomial, ratio, 1 if rises else -1)
        ends = [mul(value_at(before, end), instantiate(rest, {i: end})) for end in (last, first)]
        return subtract(*ends)


def _terms(body: Expr, i: Variable) -> tuple[Expr, ...]:
    """The terms of a sum, times what stands before it: what is left where a sum inside was closed."""
    factors = factors_of(body)
    moving = [factor for factor in factors if i in free_variables(factor)]
    sums = [factor for factor in moving if len(terms_of(factor)) > 1]
    if len(sums) != 1:
        return (body,)
    others = [factor for factor in factors if factor is not sums[0]]
    return tuple(mul(*others, term) for term in terms_of(sums[0]))


def _ratio(body: Expr, i: Variable) -> tuple[Expr, bool] | None:
    """``u(i + 1)/u(i)`` of a product in which i stands in exponents only, and whether these rise.

    Where they fall the sum is taken from its end, with the ratio ``u(i − 1)/u(i)``, so that no power lower
    than those of the sum appears: these may not exist.
    """
    factors = factors_of(body)
    ratios, rising = [], set()
    for factor in factors:
        if i not in free_variables(factor):
            continue
        match factor:
            case Apply(head="exp", args=(exponent,)):
                step = _step(exponent, i)
                if step is None:
                    return None
                ratios.append(function("exp", step))
            case Apply(head="pow", args=(base, exponent)) if i not in free_variables(base):
                step = _step(exponent, i)
                if not isinstance(step, Number) or not (
                    is_integer_valued(step) and is_integer_valued(exponent)
                ):
                    return None
                ratios.append(power(base, step))
                rising.add(step.value > 0)
            case _:
                return None
    if not ratios or len(rising) > 1:
        return None
    rises = rising != {False}
    return mul(*(ratios if rises else (power(ratio, MINUS_ONE) for ratio in ratios))), rises


def _step(expr: Expr, i: Variable) -> Expr | None:
    """``e(i + 1) − e(i)`` of an expression that is affine in i."""
    if i not in free_variables(expr):
        return ZERO
    if expr == i:
        return ONE
    if not isinstance(expr, Apply):
        return None
    if expr.head == "add":
        steps = [_step(arg, i) for arg in expr.args]
        known = [step for step in steps if step is not None]
        return add(*known) if len(known) == len(steps) else None
    moving = [k for k, arg in enumerate(expr.args) if i in free_variables(arg)]
    if expr.head != "mul" or len(moving) != 1:
        return None
    (k,) = moving
    inner = _step(expr.args[k], i)
    return None if inner is None else mul(*expr.args[:k], inner, *expr.args[k + 1 :])
