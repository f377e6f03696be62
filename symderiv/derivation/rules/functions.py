"""Functions of one number, known by heart or only by name; of vectors entry by entry."""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import (
    D,
    Problem,
    Rewriting,
    derivative_of,
    diagonal,
    entrywise,
    plus,
    shape,
    times,
)
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import ONE, PI, Apply, Call, Expr, Index, Number, Variable, transform, walk
from symderiv.operations.declaring.shapes import same_shape


def _square(a: Expr) -> Expr:
    return Apply("hadamard", (a, a)) if shape(a) else Apply("pow", (a, Number(2)))


_BELL = Apply("div", (Number(2), Apply("sqrt", (PI,))))
"""2/√π, in the derivative of erf."""

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
    "sigmoid": lambda u: entrywise(Apply("sigmoid", (u,)), Apply("sub", (ONE, Apply("sigmoid", (u,))))),
    "relu": lambda u: Apply("heaviside", (u,)),
    "softplus": lambda u: Apply("sigmoid", (u,)),
    "abs": lambda u: Apply("sign", (u,)),
    "atan": lambda u: Apply("div", (ONE, plus(ONE, _square(u)))),
    "asin": lambda u: Apply("div", (ONE, Apply("sqrt", (Apply("sub", (ONE, _square(u))),)))),
    "acos": lambda u: Apply("neg", (Apply("div", (ONE, Apply("sqrt", (Apply("sub", (ONE, _square(u))),)))),)),
    "asinh": lambda u: Apply("div", (ONE, Apply("sqrt", (plus(ONE, _square(u)),)))),
    "atanh": lambda u: Apply("div", (ONE, Apply("sub", (ONE, _square(u))))),
    "erf": lambda u: times(_BELL, Apply("exp", (Apply("neg", (_square(u),)),))),
    "erfc": lambda u: Apply("neg", (times(_BELL, Apply("exp", (Apply("neg", (_square(u),)),))),)),
    "log1p": lambda u: Apply("div", (ONE, plus(ONE, u))),
    "expm1": lambda u: Apply("exp", (u,)),
    "log2": lambda u: Apply("div", (ONE, times(Apply("log", (Number(2),)), u))),
    "log10": lambda u: Apply("div", (ONE, times(Apply("log", (Number(10),)), u))),
}
"""The derivative of a function of one number, as it is learnt by heart."""


_NAMES = {
    "abs": "|u|' = sign u where u ≠ 0",
    "relu": "ReLU' = Heaviside where u ≠ 0 (at 0 the one-sided derivatives are 0 and 1)",
}


def inside(e: Apply) -> tuple[Expr, Expr, str] | None:
    """u, f'(u) and what is said of it, where e = f(u) is known by heart; log σ(u) is one function."""
    if len(e.args) != 1 or e.options:
        return None
    u = e.args[0]
    match e:
        case Apply(head="log", args=(Apply(head="sigmoid", args=(v,)),)):
            return v, Apply("sub", (ONE, u)), "(log σ)' = σ'/σ = 1 - σ"
        case Apply(head="log", args=(Apply(head="sub", args=(Number(value=1), Apply(head="sigmoid") as s)),)):
            return s.args[0], Apply("neg", (s,)), "(log (1 - σ))' = -σ'/(1 - σ) = -σ"
    rule = _SCALAR.get(e.head)
    return None if rule is None else (u, rule(u), _NAMES.get(e.head, f"the derivative of {e.head}"))


def by_heart(p: Problem) -> Rewriting | None:
    """f(u)' = f'(u) u' of numbers; diag(f'(u)) ∂u/∂x of vectors."""
    known = inside(p.e) if isinstance(p.e, Apply) else None
    return None if known is None else _elementwise(p, *known)


def larger_of_two(p: Problem) -> Rewriting | None:
    """max(u, v)' = H(u - v) u', for a v that doesn't move; entry by entry."""
    if (
        not p.shape
        or not isinstance(p.e, Apply)
        or p.e.head not in ("max", "min")
        or len(p.e.args) != 2
        or p.e.options
    ):
        return None
    moving = [a for a in p.e.args if depends(a, p.x)]
    if len(moving) != 1 or not same_shape(shape(moving[0]), p.shape):
        return None
    (u,) = moving
    v = p.e.args[0] if p.e.args[1] == u else p.e.args[1]
    lead = (u, v) if p.e.head == "max" else (v, u)
    wins = Apply("heaviside", (u if lead == (u, Number(0)) else Apply("sub", lead),))
    return _elementwise(p, u, wins, f"{p.e.head}(u, v)' = u' where u is it, 0 where v is; none where u = v")


def log_of_softmax(p: Problem) -> Rewriting | None:
    """log softmax(z) is log_softmax(z), entry by entry; a cross-entropy of softmax(z) is one of logits z."""
    found = {node: plain for node in walk(p.e) if (plain := _plain_log(node)) is not None}
    if p.wrt:
        found |= {node: plain for node in walk(p.e) if (plain := _log_of_one_more(node)) is not None}
    if not found:
        return None
    lemma = tuple(dict.fromkeys(_of_letters(node, plain) for node, plain in found.items()))
    reason = next(said for node in found if (said := _why(node)))
    after = transform(p.e, lambda node: found.get(node, node))
    return Rewriting(derivative_of(after, p.x), reason, lemma=lemma)


def _why(node: Expr) -> str:
    match node:
        case Apply(head="binary_cross_entropy"):
            return "t log σ(z) + (1 - t) log (1 - σ(z)) = t z - log (1 + e^z)"
        case Apply(head="log", args=(Apply(head="add"),)):
            return "log (1 + e^u) is softplus(u)"
    return "log softmax: log (e^(z_i)/Σ_k e^(z_k)) = z_i - log Σ_k e^(z_k)"


def _of_letters(node: Expr, plain: Expr) -> tuple[Expr, Expr]:
    """The two sides with a letter for what the functions are taken of: equal functions, equal derivatives."""
    inner = plain.base if isinstance(plain, Index) else plain
    u = inner.children[0]
    letter = Variable("·u", Kind(shape=tuple(shape(u))))
    return substitute(node, {u: letter}), substitute(plain, {u: letter})


def _log_of_one_more(node: Expr) -> Expr | None:
    """softplus(u) for log (1 + e^u)."""
    match node:
        case Apply(head="log", args=(Apply(head="add", args=(a, b)),)):
            for one, power in ((a, b), (b, a)):
                if one == ONE and isinstance(power, Apply) and power.head == "exp":
                    return Apply("softplus", power.args)
    return None


def _plain_log(node: Expr) -> Expr | None:
    match node:
        case Apply(head="log", args=(Apply(head="softmax", args=args, options=options),), options=()):
            return Apply("log_softmax", args, options)
        case Apply(head="log", args=(Index(base=Apply(head="softmax") as p) as entry,), options=()):
            return Index(Apply("log_softmax", p.args, p.options), entry.indices, entry.origin)
        case Apply(head="categorical_cross_entropy", args=(Apply(head="softmax", args=(z,)) as p, *t)):
            return None if p.options else Apply("cross_entropy", (z, *t), node.options)
        case Apply(head="binary_cross_entropy", args=(Apply(head="sigmoid", args=(z,)), *t)):
            return Apply("binary_cross_entropy_with_logits", (z, *t), node.options)
    return None


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
    if p.shape and p.wrt:
        inner = () if u == p.x else (D(u, p.x),)
        said = f"{chain}{name}, entry by entry: a diagonal matrix"
        return Rewriting(times(diagonal(outer), *inner), said, lemma=_of_entries(p, u, outer))
    if not p.shape and p.wrt:
        return Rewriting(times(outer, D(u, p.x)), chain + name)
    return None


def _of_entries(p: Problem, u: Expr, outer: Expr) -> tuple[tuple[Expr, Expr], ...]:
    """∂f(a)/∂a = diag(f'(a)) for a letter in the place of u; of a matrix as arrays of four axes."""
    if len(p.shape) > 2 or (u == p.x and len(p.shape) == 1):
        return ()
    letter = Variable("·u", Kind(shape=tuple(shape(u))))
    slope = substitute(outer, {u: letter})
    return ((derivative_of(substitute(p.e, {u: letter}), letter), diagonal(slope)),)
