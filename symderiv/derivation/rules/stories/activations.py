"""Activations that are products or have branches: the product rule for SiLU and GELU, cases for ELU."""

from __future__ import annotations

from symderiv.derivation.rules.problem import Problem, Rewriting
from symderiv.expression.tree import ONE, PI, ZERO, Apply, Cases, Expr, Number, Text
from symderiv.operations.activations.entrywise import CUBIC

TWO = Number(2)


def _diff(e: Expr, p: Problem) -> Expr:
    return Apply("diff", (e, p.x))


def _option(p: Problem, name: str, default: Expr) -> Expr:
    """An option as it was written, by name or in second place."""
    assert isinstance(p.e, Apply)
    return dict(p.e.options).get(name, p.e.args[1] if len(p.e.args) > 1 else default)


def softplus(p: Problem) -> tuple[Rewriting, ...]:
    """e^x / (1 + e^x)."""
    if not p.scalar:
        return ()
    rising = Apply("exp", (p.x,))
    share = Apply("div", (rising, Apply("add", (ONE, rising))))
    return (Rewriting(share, "(log u)' = u'/u with u = 1 + e^x", rule="chain rule"),)


def silu(p: Problem) -> tuple[Rewriting, ...]:
    """σ(x) + x σ'(x)."""
    return _by_product(p, Apply("sigmoid", (p.x,)), "(x σ(x))' = σ(x) + x σ'(x)")


def gelu(p: Problem) -> tuple[Rewriting, ...]:
    """Φ(x) + x Φ'(x), where Φ may be the approximate one."""
    if _option(p, "approximate", Text("none")) != Text("none"):
        return _approximate_gelu(p)
    share = Apply("erf", (Apply("div", (p.x, Apply("sqrt", (TWO,)))),))
    below = Apply("div", (Apply("add", (ONE, share)), TWO))
    return _by_product(
        p, below, "(x Φ(x))' = Φ(x) + x Φ'(x), and Φ' = φ is the density of the normal distribution"
    )


def _approximate_gelu(p: Problem) -> tuple[Rewriting, ...]:
    cubic = Apply("mul", (CUBIC, Apply("pow", (p.x, Number(3)))))
    scale = Apply("sqrt", (Apply("div", (TWO, PI)),))
    inner = Apply("mul", (scale, Apply("add", (p.x, cubic))))
    share = Apply("div", (Apply("add", (ONE, Apply("tanh", (inner,)))), TWO))
    return _by_product(
        p, share, "(x g(x))' = g(x) + x g'(x) for g(x) = (1 + tanh u)/2, with tanh' = 1 - tanh²"
    )


def _by_product(p: Problem, factor: Expr, reason: str) -> tuple[Rewriting, ...]:
    if not p.scalar:
        return ()
    after = Apply("add", (factor, Apply("mul", (p.x, _diff(factor, p)))))
    return (Rewriting(after, reason, rule="product rule"),)


def elu(p: Problem) -> tuple[Rewriting, ...]:
    """x' for x > 0, else (alpha (e^x - 1))'."""
    if not p.scalar:
        return ()
    falling = Apply("mul", (_option(p, "alpha", ONE), Apply("sub", (Apply("exp", (p.x,)), ONE))))
    branches = Cases(((Apply("gt", (p.x, ZERO)), _diff(p.x, p)),), _diff(falling, p))
    return (Rewriting(branches, "case by case, away from where the cases meet", rule="cases"),)


def heaviside(p: Problem) -> tuple[Rewriting, ...]:
    """Constant on both sides of the jump."""
    if not p.scalar:
        return ()
    sides = Cases(((Apply("gt", (p.x, ZERO)), ZERO), (Apply("lt", (p.x, ZERO)), ZERO)))
    return (
        Rewriting(
            sides, "constant on both sides of the jump at 0, where there is no derivative", rule="cases"
        ),
    )
