"""The slope of the logarithm of a product, ``(log Π_k u_k)' = Σ_k u_k'/u_k``: no other factors are in it."""

from __future__ import annotations

from typing import Protocol

from symderiv.expression.build import add, divide, mul
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, walk


class Rules(Protocol):
    """What differentiates: by which name, and one expression after the other."""

    def of(self, expr: Expr) -> Expr: ...
    def occurs(self, expr: Expr) -> bool: ...
    def renamed(self, expr: Binder) -> Binder: ...


def has_product(expr: Expr) -> bool:
    return any(isinstance(node, Binder) and node.kind == "prod" for node in walk(expr))


def log_slope(rules: Rules, expr: Expr) -> Expr:
    """(log |u|)' = u'/u, factor by factor; where a product isn't 0, none of its factors is."""
    if not rules.occurs(expr):
        return ZERO
    match expr:
        case Apply(head="mul", args=factors):
            return add(*(log_slope(rules, factor) for factor in factors))
        case Apply(head="pow", args=(base, exponent)) if not rules.occurs(exponent):
            return mul(exponent, log_slope(rules, base))
        case Binder(kind="prod", lower=lower, upper=upper) if not any(
            end is not None and rules.occurs(end) for end in (lower, upper)
        ):
            each = rules.renamed(expr)
            slope = log_slope(rules, each.body)
            return Binder("sum", slope, each.variable, each.lower, each.upper, each.condition)
    return divide(rules.of(expr), expr)
