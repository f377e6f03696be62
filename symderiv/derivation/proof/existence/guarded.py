"""Conditions that say what stands in their own premise: ``for all a: 0 <= i + a implies 0 <= i + a``."""

from __future__ import annotations

from symderiv.derivation.vocabulary import is_size
from symderiv.expression.build import add
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Apply, Binder, Expr, Number, Variable


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
            return is_sure(condition.body, kept | _said(filter_) | _from(condition))
        case Apply(head="and", args=parts):
            return all(is_sure(part, premises) for part in parts)
        case Apply(head="or", args=parts):
            denied = [part.children[0] for part in parts if _is_not(part)]
            assumed = premises.union(*map(_said, denied))
            return any(is_sure(part, assumed) for part in parts if not _is_not(part))
        case Apply(head="le", args=(Number(value=0), position)) if _is_not_negative(position, premises):
            return True
    return condition == TRUE or condition in premises


def _from(range_of: Binder) -> frozenset[Expr]:
    """What the beginning of a range says of its variable."""
    begins = isinstance(range_of.lower, Number) and range_of.lower.value >= 0
    return frozenset((Apply("le", (ZERO, range_of.variable)),) if begins else ())


def _is_not_negative(position: Expr, premises: frozenset[Expr]) -> bool:
    """Whether a position is made of indices from 0 on, sizes and numbers that are added and multiplied."""
    match position:
        case Number(value=value):
            return value >= 0
        case Variable(name=name):
            own = name[0] == "_" and name[1:].isdigit()  # of an array, from 0 on
            return own or is_size(position) or Apply("le", (ZERO, position)) in premises
        case Apply(head="add" | "mul", args=parts):
            return all(_is_not_negative(part, premises) for part in parts)
    return False


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
