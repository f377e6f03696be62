"""Cases inside sums by the sign of a real summand: ``Σ (x_j if x_j > 0 else 0) = Σ x_j H(x_j)``.

``B + (A − B) H(u)`` is what ``A if u > 0 else B`` is off the points where u = 0, and there too if A = B.
Over a range each summand may fail on a null set of its own: finitely many, so that their union is null.
A step says nothing of where its values exist, so values that may be undefined, and entries that are read in
one case only, are left alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from symderiv.equality.cells.generic import vanishes_rarely, zero_for_some
from symderiv.equality.cells.solving import solve
from symderiv.equality.normal_forms.plain import difference, is_zero
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof, Prove
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.expression.build import add, compare, conjunction, function, mul, negative, subtract
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Call, Cases, Expr, Number, Variable, walk
from symderiv.index.every_size.accesses import accessed
from symderiv.index.every_size.positivity import is_positive
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.integers import is_integer
from symderiv.index.normal import new_session

_DISCRETE = frozenset(("sum", "prod", "max", "min"))
_TOTAL = frozenset(
    """add mul exp sin cos sinh cosh tanh atan asinh erf abs sign heaviside max min floor delta
    lt le eq ne and or not""".split()
)


def by_steps_in_sums(problem: Problem, policy: Policy, prove: Prove) -> Proof | None:
    """A proof with cases as steps, where there are sums."""
    if not any(isinstance(node, Binder) for side in (problem.a, problem.b) for node in walk(side)):
        return None
    stepping = _Stepping(problem.facts)
    a, b = (stepping.within(side, ()) for side in (problem.a, problem.b))
    if (a, b) == (problem.a, problem.b) or (stepping.exceptions and policy != ALMOST_EVERYWHERE):
        return None
    if not _reads_alike((problem.a, problem.b), (a, b), problem.facts):
        return None
    proof = prove(replace(problem, a=a, b=b))
    return proof and proof.through("steps in sums", stepping.exceptions)


def _reads_alike(before: tuple[Expr, Expr], after: tuple[Expr, Expr], facts: tuple[Expr, ...]) -> bool:
    """Are the entries that are surely read the same, so that no index is taken to be in range?"""
    session = new_session((*before, *after), facts)
    outside = [
        reduce(isl.Set.intersect, (accessed(session, side) for side in sides)) for sides in (before, after)
    ]
    return bool(session.context.intersect(outside[0]).is_subset(outside[1]))


def _is_total(value: Expr) -> bool:
    """Does it exist at all points, as far as one can see?"""
    return all(map(_exists, walk(value)))


def _exists(node: Expr) -> bool:
    match node:
        case Apply(head="pow", args=(base, exponent)):
            whole = isinstance(exponent, Number) and isinstance(exponent.value, int) and exponent.value > 0
            return whole or is_positive(base, lambda binder: False)
        case Apply():
            return node.head in _TOTAL
        case Binder():
            return node.kind in ("sum", "prod")
        case Cases():
            return node.otherwise is not None
    return not isinstance(node, Call)


class _Stepping:
    """Writes cases as steps; ``exceptions`` are the equations of the null sets on which these differ."""

    def __init__(self, facts: tuple[Expr, ...]) -> None:
        self.facts = facts
        self.exceptions: dict[Expr, None] = {}

    def within(self, expr: Expr, around: tuple[Binder, ...]) -> Expr:
        """The expression with steps, which stands in the body of these binders, the outermost first."""
        if isinstance(expr, Binder) and expr.kind not in _DISCRETE:
            return expr
        expr = _filtered_inside(expr)
        inner = (*around, expr) if isinstance(expr, Binder) else around
        children = tuple(self.within(child, inner) for child in expr.children)
        rebuilt = expr.rebuild(children) if children else expr
        if not isinstance(rebuilt, Cases) or rebuilt.otherwise is None:
            return rebuilt
        return self._choice(rebuilt.branches, rebuilt.otherwise, around) or rebuilt

    def _choice(
        self, branches: tuple[tuple[Expr, Expr], ...], otherwise: Expr, around: tuple[Binder, ...]
    ) -> Expr | None:
        """The first of the branches whose condition holds, each told apart by a step."""
        result: Expr = otherwise
        for condition, value in reversed(branches):
            stepped = self._either(condition, value, result, around)
            if stepped is None:
                return None
            result = stepped
        return result

    def _either(self, condition: Expr, yes: Expr, no: Expr, around: tuple[Binder, ...]) -> Expr | None:
        if _is_of_integers(condition):
            return yes if yes == no else Cases(((condition, yes),), no)
        match condition:
            case Apply(head="and", args=parts):
                result: Expr | None = yes
                for part in reversed(parts):
                    result = None if result is None else self._either(part, result, no, around)
                return result
            case Apply(head="lt" | "le" as head, args=(Apply(head="abs", args=(value,)), bound)):
                sides = (Apply(head, (negative(bound), value)), Apply(head, (value, bound)))
                return self._either(Apply("and", sides), yes, no, around)
            case Apply(head="lt" | "le", args=(low, high)):
                return self._step(subtract(high, low), yes, no, around)
        return None

    def _step(self, height: Expr, yes: Expr, no: Expr, around: tuple[Binder, ...]) -> Expr | None:
        """``no + (yes − no) H(height)``."""
        if not all(map(_is_total, (height, yes, no))):
            return None
        jump = subtract(yes, no)
        if not _vanishes_with(jump, height):
            if not vanishes_rarely(height, self.facts):
                return None
            somewhere = reduce(_over, reversed(around), height)
            self.exceptions[compare("eq", somewhere, ZERO)] = None
        return add(no, mul(jump, function("heaviside", height)))


def _filtered_inside(expr: Expr) -> Expr:
    """``Σ_{i: x_i > 0} x_i`` as a sum over all i of what is 0 where the condition, one on reals, fails."""
    if not isinstance(expr, Binder) or expr.kind != "sum" or expr.condition == TRUE:
        return expr
    condition = expr.condition
    parts = conjuncts(condition)
    real = tuple(part for part in parts if not _is_of_integers(part))
    if not real:
        return expr
    body = Cases(((conjunction(*real), expr.body),), ZERO)
    whole = conjunction(*(part for part in parts if part not in real))
    return Binder("sum", body, expr.variable, expr.lower, expr.upper, whole)


def _is_of_integers(condition: Expr) -> bool:
    return all(is_integer(node) for node in walk(condition) if isinstance(node, Variable))


def _vanishes_with(jump: Expr, height: Expr) -> bool:
    """Is the jump zero wherever the height is?"""
    found = difference(height, ZERO)
    solution = None if found is None or found[1].den else solve(found[0], found[1].num)
    if solution is None or solution.never:
        return False
    return is_zero(substitute(jump, {solution.unknown: solution.value}))


def _over(value: Expr, around: Binder) -> Expr:
    """Zero where the value is, somewhere in the range that it stands in, whatever condition on this is."""
    return zero_for_some(value, Binder("prod", value, around.variable, around.lower, around.upper))
