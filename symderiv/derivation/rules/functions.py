"""Functions of one number, known by heart or only by name; of vectors entry by entry."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.rules.problem import D, Problem, Rewriting, diagonal, plus, shape, times
from symderiv.expression.tree import ONE, Apply, Call, Expr, Number


def _entrywise(a: Expr, b: Expr) -> Expr:
    """a b of numbers, a ⊙ b of arrays."""
    return Apply("hadamard", (a, b)) if shape(a) else times(a, b)


def _square(a: Expr) -> Expr:
    return Apply("hadamard", (a, a)) if shape(a) else Apply("pow", (a, Number(2)))


_SCALAR: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda u: Apply("exp", (u,)),
    "log": lambda u: Apply("div", (ONE, u)),
    "sqrt": lambda u: Apply("div", (ONE, times(Number(2), Apply("sqrt", (u,))))),
    "sin": lambda u: Apply("cos", (u,)),
    "cos": lambda u: Apply("neg", (Apply("sin", (u,)),)),
    "tan": lambda u: plus(ONE, _square(Apply("tan", (u,)))),
    "tanh": lambda u: Apply("sub", (ONE, _square(Apply("tanh", (u,))))),
    "sinh": lambda u: Apply("cosh", (u,)),
    "cosh": lambda u: Apply("sinh", (u,)),
    "sigmoid": lambda u: _entrywise(Apply("sigmoid", (u,)), Apply("sub", (ONE, Apply("sigmoid", (u,))))),
    "relu": lambda u: Apply("heaviside", (u,)),
    "softplus": lambda u: Apply("sigmoid", (u,)),
    "abs": lambda u: Apply("sign", (u,)),
    "atan": lambda u: Apply("div", (ONE, plus(ONE, _square(u)))),
}
"""The derivative of a function of one number, as it is learnt by heart."""


_NAMES = {
    "abs": "|u|' = sign u where u ≠ 0",
    "relu": "ReLU' = Heaviside where u ≠ 0 (at 0 the one-sided derivatives are 0 and 1)",
}


def derivative_by_heart(e: Apply) -> Expr | None:
    """f'(u) of e = f(u); None for a function that nobody knows by heart."""
    rule = _SCALAR.get(e.head)
    return None if rule is None or len(e.args) != 1 or e.options else rule(e.args[0])


def by_heart(p: Problem) -> Rewriting | None:
    """f(u)' = f'(u) u' of numbers; diag(f'(u)) ∂u/∂x of vectors."""
    if not isinstance(p.e, Apply) or p.e.head not in _SCALAR or len(p.e.args) != 1:
        return None
    u = p.e.args[0]
    return _elementwise(p, u, _SCALAR[p.e.head](u), _NAMES.get(p.e.head, f"the derivative of {p.e.head}"))


def named_function(p: Problem) -> Rewriting | None:
    """f(u)' = f'(u) u' for a function that is only a name."""
    if not isinstance(p.e, Call) or len(p.e.args) != 1:
        return None
    u = p.e.args[0]
    outer = Call(p.e.function, (u,), (p.e.orders[0] + 1,))
    return _elementwise(p, u, outer, f"the derivative of {p.e.function.name}")


def _elementwise(p: Problem, u: Expr, outer: Expr, name: str) -> Rewriting | None:
    chain = "" if u == p.x else "the chain rule, with "
    if p.scalar:
        return Rewriting(times(outer, *(() if u == p.x else (D(u, p.x),))), chain + name)
    if len(p.shape) == 1 and p.wrt:
        inner = () if u == p.x else (D(u, p.x),)
        return Rewriting(times(diagonal(outer), *inner), f"{chain}{name}, entry by entry: a diagonal matrix")
    if not p.shape and p.wrt:
        return Rewriting(times(outer, D(u, p.x)), chain + name)
    return None
