"""The pairs of the benchmark: softmax and batch-norm entries, activations, max and abs, long expansions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb


@dataclass(frozen=True)
class Pair:
    name: str
    a: str
    b: str
    equal: bool
    given: tuple[str, ...] = ()


def softmax(n: int, *, right: bool) -> Pair:
    """∂s₀/∂x₀ = s₀(1 − s₀) against its form shifted by the last logit."""
    names = [f"x{i}" for i in range(n)]
    total = "+".join(f"exp({x})" for x in names)
    a = f"exp(x0)/({total})*(1-exp(x0)/({total}))"
    shifted = [f"exp({x}-{names[-1]})" for x in names]
    below, sign = f"({'+'.join(shifted)})", "-" if right else "+"
    b = f"{shifted[0]}/{below}{sign}{shifted[0]}^2/{below}^2"
    return Pair(f"softmax n={n}, shifted, {'right' if right else 'wrong sign'}", a, b, right)


def batch_norm(n: int, *, right: bool) -> Pair:
    """(x₀ − μ)/√(σ² + ε) with σ² as a mean of squares, and as E[x²] − μ²."""
    names = [f"x{i}" for i in range(n)]
    mean = f"({'+'.join(names)})/{n}"
    spread = f"({'+'.join(f'({x}-{mean})^2' for x in names)})/{n}"
    moments = f"({'+'.join(f'{x}^2' for x in names)})/{n}{'-' if right else '+'}({mean})^2"
    a, b = (f"(x0-{mean})/sqrt({variance}+eps)" for variance in (spread, moments))
    return Pair(f"batch norm n={n}, {'right' if right else 'wrong sign'}", a, b, right, ("eps: positive",))


def batch_norm_gradient(n: int, *, right: bool) -> Pair:
    """∂y₀/∂x₀ = (1 − 1/n − y₀²/n)/s by the quotient rule; s from the mean of squares, and from E[x²] − μ²."""
    names = [f"x{i}" for i in range(n)]
    mean = f"({'+'.join(names)})/{n}"
    gap = f"(x0-{mean})"
    spread = f"sqrt(({'+'.join(f'({x}-{mean})^2' for x in names)})/{n}+eps)"
    moments = f"sqrt(({'+'.join(f'{x}^2' for x in names)})/{n}-({mean})^2+eps)"
    a = f"((1-1/{n})*{moments}-{gap}*{gap}/({n}*{moments}))/{moments}^2"
    b = f"(1-1/{n}{'-' if right else '+'}({gap}/{spread})^2/{n})/{spread}"
    name = f"batch norm n={n}, gradient, {'right' if right else 'wrong sign'}"
    return Pair(name, a, b, right, ("eps: positive",))


IDENTITIES = (
    ("sigmoid'", "sigmoid(x)*(1-sigmoid(x))", "1/(2+2*cosh(x))"),
    ("tanh by sigmoid", "tanh(x)", "2*sigmoid(2*x)-1"),
    ("swish'", "sigmoid(x)+x*sigmoid(x)*(1-sigmoid(x))", "x*sigmoid(x)+sigmoid(x)*(1-x*sigmoid(x))"),
    ("GELU by tanh", "x/2*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))", "x*sigmoid(2*sqrt(2/pi)*(x+0.044715*x^3))"),
    ("softplus", "log(1+exp(x))", "max(x,0)+log(1+exp(-abs(x)))"),
    ("asinh", "asinh(x)", "log(x+sqrt(x^2+1))"),
    ("max by abs", "max(0,x)", "(x+abs(x))/2"),
    ("|x²−4|", "abs(x^2-4)", "abs(x-2)*abs(x+2)"),
    ("x/|x|", "x/abs(x)", "sign(x)"),
    ("exp of max", "exp(max(x,y))", "max(exp(x),exp(y))"),
    ("max·max", "max(x,0)*max(-x,0)", "0"),
)


def pairs() -> Iterator[Pair]:
    for n in (4, 16, 64):
        yield softmax(n, right=True)
        yield softmax(n, right=False)
    for n in (4, 8):
        yield batch_norm(n, right=True)
        yield batch_norm(n, right=False)
        yield batch_norm_gradient(n, right=True)
        yield batch_norm_gradient(n, right=False)
    for name, a, b in IDENTITIES:
        yield Pair(name, a, b, True)
    expanded = "+".join(f"{comb(100, k)}*x^{k}" for k in range(101))
    yield Pair("(x+1)^100 expanded", "(x+1)^100", expanded, True)
    yield Pair("(x+1)^100, one off", "(x+1)^100", f"{expanded}+x", False)
