"""Backpropagation: δ of a name from the δ of the names that are computed from it.

    ∂L/∂x = Σ_u (∂u/∂x)ᵀ ∂L/∂u        over the names u whose definitions mention x

Each definition sends its δ = ∂L/∂u back as a textbook writes it: ``δ vᵀ`` for the weights of W v + b,
``Wᵀ δ`` for its input, ``δ ⊙ σ'(z)`` through a function that is taken entry by entry.
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends, mentions, paths
from symderiv.derivation.rules.functions import inside
from symderiv.derivation.rules.problem import (
    D,
    Problem,
    Rewriting,
    derivative_of,
    plus,
    shape,
    times,
    transposed,
)
from symderiv.expression.display import readable
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Call, Expr, Variable, walk
from symderiv.operations import OPERATIONS


def backward(p: Problem) -> Rewriting | None:
    """∂L/∂x = Σ_u what u sends back to x."""
    if p.shape or not p.wrt or mentions(p.e, p.x):
        return None
    names = consumers(p.e, p.x)
    if not names or any(u.definition is None or paths(u.definition, p.x) for u in names):
        return None
    if not all(is_plain(u.definition, p.x) for u in names if u.definition is not None):
        return None
    upstream = {u: Variable(f"_to_{u.name}", Kind(shape=tuple(shape(u)))) for u in names}
    terms = [_sent(u, p.x, upstream[u]) for u in names]
    kept = [term for term in terms if term is not None]
    if len(kept) < len(terms):
        return None
    sent = plus(*kept)
    weighed = plus(*(_weighed(upstream[u], u.definition) for u in names if u.definition is not None))
    after = substitute(sent, {upstream[u]: D(p.e, u) for u in names})
    said = ", ".join(u.name for u in names)
    return Rewriting(
        after,
        f"the chain rule through {said}",
        tuple((u.name, u.definition) for u in names if u.definition is not None),
        lemma=(derivative_of(weighed, p.x), sent),
    )


def _weighed(upstream: Expr, u: Expr) -> Expr:
    """Σ G ⊙ u, the number whose derivative is what u sends back for G."""
    return Apply("sum", (Apply("hadamard", (upstream, u)),)) if shape(u) else times(upstream, u)


def consumers(e: Expr, x: Variable) -> tuple[Variable, ...]:
    """The names behind ``e`` whose definitions mention x, the ones that come later left to them."""
    found: set[Variable] = set()
    open_names = list(paths(e, x))
    seen: set[Variable] = set()
    while open_names:
        u = open_names.pop()
        if u in seen or u.definition is None:
            continue
        seen.add(u)
        if mentions(u.definition, x):
            found.add(u)
        open_names += [v for v in paths(u.definition, x) if v not in seen]
    return tuple(sorted(found, key=lambda v: v.name))


def _sent(u: Variable, x: Variable, G: Variable) -> Expr | None:
    """What u sends back to x for G = ∂L/∂u."""
    if u.definition is None:
        return None
    return sent_to(u.definition, x, G) if shape(u) else times(G, D(u.definition, x))


def sent_to(e: Expr, x: Variable, G: Expr) -> Expr | None:
    """(∂e/∂x)ᵀ G in the shape of x, part by part; None where a part has no such form."""
    if e == x:
        return G
    if isinstance(e, Call) or (isinstance(e, Apply) and inside(e) is not None):
        return _through_function(e, x, G)
    if isinstance(e, Apply) and _states_vjp(e):
        return _through_operation(e, x, G)
    if not isinstance(e, Apply) or e.options:
        return None
    if e.head == "transpose" and len(shape(e.args[0])) == 2:
        return sent_to(e.args[0], x, transposed(G))
    if e.head in ("add", "sub", "neg"):
        return _through_sum(e, x, G)
    if e.head in ("mul", "matmul"):
        return _through_product(e, x, G)
    if e.head == "hadamard":
        return _through_entrywise(e, x, G)
    if e.head == "div" and not shape(e.args[1]) and not depends(e.args[1], x):
        return sent_to(e.args[0], x, Apply("div", (G, e.args[1])))
    return None


def is_plain(e: Expr, x: Variable) -> bool:
    """Whether e is made of products, sums and functions known by heart alone."""
    calls = (node for node in walk(e) if isinstance(node, Apply) and depends(node, x))
    return not any(_states_vjp(node) and inside(node) is None for node in calls)


def _states_vjp(node: Apply) -> bool:
    operation = OPERATIONS.get(node.head)
    return operation is not None and bool(operation.vjps)


def _through_function(e: Call | Apply, x: Variable, G: Expr) -> Expr | None:
    if isinstance(e, Call):
        if len(e.args) != 1:
            return None
        u: Expr = e.args[0]
        slope: Expr = Call(e.function, (u,), (e.orders[0] + 1,))
    else:
        known = inside(e)
        if known is None:
            return None
        u, slope, _ = known
    return sent_to(u, x, Apply("hadamard", (G, slope)))


def _through_operation(e: Apply, x: Variable, G: Expr) -> Expr | None:
    """What an operation at compound arguments sends back to each of them, and these to x."""
    operation = OPERATIONS.get(e.head)
    if operation is None or not operation.vjps:
        return None
    letters: dict[Expr, Variable] = {
        arg: Variable(f"_arg{k}", Kind(shape=tuple(shape(arg))))
        for k, arg in enumerate(dict.fromkeys(e.children))
        if isinstance(arg, (Apply, Call))
    }
    upstream = Variable("_upstream", Kind(shape=tuple(shape(e))))
    bound = operation.bind(e.args, e.options)
    named = tuple(letters.get(tree, tree) if isinstance(tree, Expr) else tree for tree in bound)
    back: dict[Expr, Expr] = {upstream: G, **{letter: arg for arg, letter in letters.items()}}
    terms: list[Expr] = []
    for parameter, tree in zip(operation.parameters, bound, strict=True):
        if not isinstance(tree, Expr) or not depends(tree, x):
            continue
        vjp = operation.vjps.get(parameter.name)
        form = None if vjp is None else vjp(upstream, *named)
        sent = None if form is None else sent_to(tree, x, readable(substitute(form, back)))
        if sent is None:
            return None
        terms.append(sent)
    return plus(*terms) if terms else None


def _through_sum(e: Apply, x: Variable, G: Expr) -> Expr | None:
    terms: list[Expr] = []
    for k, term in enumerate(e.args):
        if not depends(term, x):
            continue
        if shape(term) != shape(e):
            return None
        sent = sent_to(term, x, Apply("neg", (G,)) if e.head == "neg" or (e.head == "sub" and k) else G)
        if sent is None:
            return None
        terms.append(sent)
    return plus(*terms)


def _through_product(e: Apply, x: Variable, G: Expr) -> Expr | None:
    """Aᵀ G Bᵀ to v, where e = A v B; where several factors depend on x, the sum of what each sends."""
    moving = [k for k, factor in enumerate(e.args) if depends(factor, x)]
    terms = [_to_factor(e, k, x, G) for k in moving]
    kept = [term for term in terms if term is not None]
    return plus(*kept) if kept and len(kept) == len(terms) else None


def _to_factor(e: Apply, k: int, x: Variable, G: Expr) -> Expr | None:
    left, v, right = e.args[:k], e.args[k], e.args[k + 1 :]
    if not shape(v) or any(len(shape(a)) == 1 for a in left) or (len(shape(v)) == 1 and right):
        return None
    before, after = (tuple(map(_turned, reversed(side))) for side in (left, right))
    return sent_to(v, x, times(*before, G, *after))


def _turned(a: Expr) -> Expr:
    return transposed(a) if shape(a) else a


def _through_entrywise(e: Apply, x: Variable, G: Expr) -> Expr | None:
    if len(e.args) != 2 or any(shape(a) != shape(e) for a in e.args):
        return None
    moving = [(a, b) for a, b in (e.args, e.args[::-1]) if depends(b, x)]
    terms = [sent_to(b, x, Apply("hadamard", (a, G))) for a, b in moving]
    kept = [term for term in terms if term is not None]
    return plus(*kept) if len(kept) == len(terms) else None
