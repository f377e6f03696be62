"""Operations that are written out by hand, read as what they are: ``exp(x)/sum(exp(x))`` is softmax(x).

Equal functions have equal derivatives: the two sides are proved equal for a letter in the place of x.
"""

from __future__ import annotations

from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, shape
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Constant, Expr, Index, Number, Variable, transform, walk

Known = tuple[Expr, tuple[Expr, ...], str]
"""The operation, the parts that any letters could stand for, and what is said."""


def by_hand(p: Problem) -> Rewriting | None:
    """∂e/∂x, by an array x, with operations in the place of their definitions."""
    if not p.wrt:
        return None
    found = {node: known for node in walk(p.e) if (known := _known(node)) is not None}
    if not found:
        return None
    lemma = tuple(dict.fromkeys(_of_letters(node, known) for node, known in found.items()))
    said = "; ".join(dict.fromkeys(reason for _, _, reason in found.values()))
    after = transform(p.e, _read)
    return Rewriting(derivative_of(after, p.x), said, lemma=lemma)


def _read(node: Expr) -> Expr:
    known = _known(node)
    return node if known is None else known[0]


def _of_letters(node: Expr, known: Known) -> tuple[Expr, Expr]:
    operation, parts, _ = known
    letters: dict[Expr, Expr] = {
        part: Variable(f"·{k}", Kind(shape=tuple(shape(part))))
        for k, part in enumerate(parts)
        if not isinstance(part, (Number, Constant))
    }
    return substitute(node, letters), substitute(operation, letters)


def _known(node: Expr) -> Known | None:
    match node:
        case Apply(head="div", args=(above, below), options=()):
            return _softmax(above, below) or _normalised(above, below) or _sigmoid(above, below)
        case Apply(head="log", args=(inner,), options=()):
            return _logarithm(inner)
    return None


def _softmax(above: Expr, below: Expr) -> Known | None:
    """e^u/Σ e^u, and one entry of it."""
    z = _exponents(below)
    if z is None:
        return None
    said = "e^(z_i)/Σ_k e^(z_k) is softmax(z)"
    p = Apply("softmax", (z,))
    match above:
        case Apply(head="exp", args=(u,)) if u == z:
            return p, (z,), said
        case Apply(head="exp", args=(Index(base=base) as entry,)) if base == z and not shape(entry):
            return Index(p, entry.indices, entry.origin), (z,), said
    return None


def _exponents(total: Expr) -> Expr | None:
    """z of ``sum(exp(z))`` and ``ones(n).T*exp(z)``."""
    match total:
        case Apply(head="sum", args=(Apply(head="exp", args=(z,)),), options=()):
            return z if len(shape(z)) == 1 else None
        case Apply(
            head="mul" | "matmul",
            args=(Apply(head="transpose", args=(Apply(head="ones"),)), Apply(head="exp", args=(z,))),
        ):
            return z if len(shape(z)) == 1 else None
    return None


def _sigmoid(above: Expr, below: Expr) -> Known | None:
    """1/(1 + e^(-u)) of an array, or of a number that is computed from arrays."""
    match (above, below):
        case Number(value=1), Apply(head="add", args=(Number(value=1), Apply(head="exp", args=(a,)))):
            u = a.args[0] if isinstance(a, Apply) and a.head == "neg" else Apply("neg", (a,))
            return Apply("sigmoid", (u,)), (u,), "1/(1 + e^(-u)) is sigmoid(u)"
    return None


def _logarithm(inner: Expr) -> Known | None:
    """log Σ e^z is logsumexp(z); log (e^a/b) is a - log b; log (p/q) of two softmaxes."""
    z = _exponents(inner)
    if z is not None:
        return Apply("logsumexp", (z,)), (z,), "log Σ_k e^(z_k) is logsumexp(z)"
    match inner:
        case Apply(head="exp", args=(a,)):
            return a, (a,), "log e^a = a"
        case Apply(head="div", args=(Apply(head="exp", args=(a,)), b)) if shape(a) == shape(b) == ():
            return Apply("sub", (a, Apply("log", (b,)))), (a, b), "log (e^a/b) = a - log b"
        case Apply(head="div", args=(Apply(head="softmax", args=(a,)), Apply(head="softmax", args=(b,)))):
            logs = tuple(Apply("log_softmax", (z,)) for z in (a, b))
            return Apply("sub", logs), (a, b), "log (p/q) = log p - log q of positive p, q"
    return None


def _normalised(above: Expr, below: Expr) -> Known | None:
    """(x - mean x)/√(var x + ε) is layer_norm(x), x/√(mean x² + ε) is rms_norm(x)."""
    match above:
        case Apply(head="hadamard", args=(gamma, centred)):
            found = _normalised(centred, below)
            if found is None or shape(gamma) != shape(centred):
                return None
            return Apply("hadamard", (gamma, found[0])), (gamma, *found[1]), found[2]
        case Apply(head="sub", args=(x, Apply(head="mean", args=(y,), options=()))) if x == y:
            eps = _added(below, Apply("var", (x,))) or (Number(0) if below == Apply("std", (x,)) else None)
            said = "(x - mean x)/√(var x + ε) is layer_norm(x)"
            return None if eps is None else _normal("layer_norm", x, eps, said)
        case _ if len(shape(above)) == 1:
            eps = _added(below, Apply("mean", (Apply("hadamard", (above, above)),)))
            return None if eps is None else _normal("rms_norm", above, eps, "x/√(mean x² + ε) is rms_norm(x)")
    return None


def _normal(head: str, x: Expr, eps: Expr, said: str) -> Known | None:
    if len(shape(x)) != 1:
        return None
    options = () if eps == Number(0) else (("eps", eps),)
    return Apply(head, (x,), options), (x, eps), said


def _added(root: Expr, square: Expr) -> Expr | None:
    """ε of ``sqrt(square + eps)``, 0 of ``sqrt(square)``."""
    match root:
        case Apply(head="sqrt", args=(inner,)) if inner == square:
            return Number(0)
        case Apply(head="sqrt", args=(Apply(head="add", args=(a, b)),)):
            return b if a == square else a if b == square else None
    return None
