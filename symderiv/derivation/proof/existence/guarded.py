"""Conditions that say what stands in their own premise: ``for all a: 0 <= i + a implies 0 <= i + a``."""

from __future__ import annotations

from symderiv.expression.build import add
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, Apply, Binder, Expr


def is_sure(condition: Expr, premises: frozenset[Expr] = frozenset()) -> bool:
    """Whether a condition follows from premises by nothing but what they say.

    >>> from symderiv.expression.tree import Number, Variable
    >>> i = Variable("i")
    >>> at_most, below = Apply("le", (i, Number(1))), Apply("lt", (i, Number(2)))
    >>> is_sure(Apply("or", (Apply("not", (at_most,)), below))), is_sure(below)
    (True, False)
    """
    match condition:
        case Binder(kind="forall", condition=filter_):
            kept = frozenset(p for p in premises if condition.variable not in free_variables(p))
            return is_sure(condition.body, kept | _said(filter_))
        case Apply(head="and", args=parts):
            return all(is_sure(part, premises) for part in parts)
        case Apply(head="or", args=parts):
            denied = [part.children[0] for part in parts if _is_not(part)]
            assumed = premises.union(*map(_said, denied))
            return any(is_sure(part, assumed) for part in parts if not _is_not(part))
    return condition == TRUE or condition in premises


def _is_not(part: Expr) -> bool:
    return isinstance(part, Apply) and part.head == "not"


def _said(premise: Expr) -> frozenset[Expr]:
    """What a premise says, and ``a < n`` of ``a <= n - 1``."""
    parts = conjuncts(premise)
    below = (
        Apply("lt", (part.args[0], add(part.args[1], ONE)))
        for part in parts
        if isinstance(part, Apply) and part.head == "le"
    )
    return frozenset((*parts, *below))
