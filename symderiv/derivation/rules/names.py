"""What is constant, what is the variable itself, and the chain rule through names."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derivation.dependence import depends, mentions, paths, reached
from symderiv.derivation.rules.functions import inside
from symderiv.derivation.rules.problem import (
    D,
    Problem,
    Rewriting,
    derivative_of,
    is_compound,
    operation_of,
    plus,
    shape,
    times,
    transposed,
    zero,
)
from symderiv.expression.build import mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import fresh, substitute
from symderiv.expression.tree import ONE, Apply, Expr, Index, Variable, walk


def constant(p: Problem) -> Rewriting | None:
    """∂c/∂x = 0."""
    if depends(p.e, p.x):
        return None
    return Rewriting(zero(p), f"nothing here depends on {p.x.name}")


def identity(p: Problem) -> Rewriting | None:
    """∂x/∂x = 1."""
    if p.e != p.x:
        return None
    return Rewriting(D(p.e, p.x), f"{p.x.name} by itself: one where the entries are the same, else zero")


def definition(p: Problem) -> Rewriting | None:
    """A name that abbreviates is written out."""
    if not isinstance(p.e, Variable) or p.e.definition is None:
        return None
    return Rewriting(D(p.e.definition, p.x), f"the definition of {p.e.name}", ((p.e.name, p.e.definition),))


def through_names(p: Problem) -> Rewriting | None:
    """The chain rule through names: ∂e/∂x = Σ_u ∂e/∂u ∂u/∂x."""
    through = paths(p.e, p.x)
    if not through or isinstance(p.e, Variable) or mentions(p.e, p.x):
        return None
    terms = [_times_inner(p, u, D(p.e, u), D(u, p.x)) for u in through]
    names = ", ".join(u.name for u in through)
    where = tuple((u.name, u.definition) for u in through if u.definition is not None)
    return Rewriting(plus(*terms), f"the chain rule through {names}", where, lemma=_lemma(p, through))


def _times_inner(p: Problem, u: Variable, outer: Expr, inner: Expr) -> Expr:
    """∂e/∂u ∂u/∂x in the shape that ∂e/∂x has."""
    if p.scalar and shape(u):
        return Apply("sum", (Apply("hadamard", (outer, inner)),))
    if p.shape and not p.wrt and shape(u):
        return _along(p, u, outer, inner)
    if p.shape or not p.wrt or not shape(u):
        return times(outer, inner)
    if len(p.wrt) == 1 and len(shape(u)) == 1:
        return times(transposed(inner), outer)
    row = times(transposed(Apply("flatten", (outer,))), inner)
    return Apply("reshape", (row, *p.wrt))


def _along(p: Problem, u: Variable, outer: Expr, inner: Expr) -> Expr:
    """∂e/∂t of an array e by a number t: the matrix ∂e/∂u times the entries of ∂u/∂t, row by row."""
    column = times(outer, inner if len(shape(u)) == 1 else Apply("flatten", (inner,)))
    return column if len(p.shape) == 1 else Apply("reshape", (column, *map(readable, p.shape)))


def _lemma(p: Problem, through: tuple[Variable, ...]) -> tuple[tuple[Expr, Expr], ...]:
    """∂(A u)/∂u = A for a free A in the place of ∂e/∂u, u row by row; Σ G ⊙ u by x for a number e."""
    u = through[0]
    if p.scalar and len(through) == 1 and shape(u):
        return (_by_a_number(p, u),)
    if u.definition is None or not (p.shape or p.wrt) or (p.shape and not all(map(shape, through))):
        return ()
    if len(through) > 1 and not p.shape:
        return ()
    if not p.shape:
        inner = D(u.definition, p.x)
        G = Variable("_upstream", Kind(shape=tuple(shape(u))))
        product = Apply("sum", (Apply("hadamard", (G, u.definition)),))
        weighed = product if shape(u) else times(G, u.definition)
        return ((D(weighed, p.x), _times_inner(p, u, G, inner)),)
    A = Variable("_outer", Kind(shape=(mul(*p.shape), mul(*shape(u)))))
    flat = Variable("_inner", Kind(shape=(mul(*shape(u)),)))
    return ((D(times(A, flat), flat), A),)


def _by_a_number(p: Problem, u: Variable) -> tuple[Expr, Expr]:
    """∂/∂t Σ G ⊙ u = Σ G ⊙ ∂u/∂t, for a free G in the place of ∂e/∂u."""
    G = Variable("_upstream", Kind(shape=tuple(shape(u))))
    weighed = Apply("sum", (Apply("hadamard", (G, u.definition or u)),))
    return D(weighed, p.x), Apply("sum", (Apply("hadamard", (G, D(u, p.x))),))


_LETTERS = ("z", "u", "v", "s", "q", "r")


def name_inner_parts(p: Problem) -> Rewriting | None:
    """An operation at compound arguments, or inside something else: names for the chain rule."""
    inner = _compound_arguments(p) or inner_operations(p)
    if not inner:
        return None
    taken = p.taken
    named: dict[Expr, Variable] = {}
    for part, letter in zip(inner, _LETTERS, strict=False):
        known = p.named(part)
        name = fresh(letter, taken) if known is None else known.name
        taken.add(name)
        named[part] = known or Variable(
            name, Kind(shape=tuple(shape(part))), definition=layered(part, p.x, taken)
        )
    given = list(dict.fromkeys(v for u in named.values() for v in (u, *_layers_of(u, p.known))))
    where = tuple((u.name, u.definition) for u in given if u.definition is not None)
    names = ", ".join(u.name for u in given)
    outer = substitute(p.e, dict(named))
    return Rewriting(derivative_of(outer, p.x), f"give the inner part a name: {names}", where)


def layered(part: Expr, x: Variable, taken: set[str]) -> Expr:
    """``W tanh(V tanh(U x))`` as ``W tanh(u)``, u for ``V tanh(v)``, v for ``U x``: a name for each layer."""
    if _depth(part, x) < 2:
        return part
    inner = next((a for a in _function_arguments(part, x) if isinstance(a, Apply)), None)
    if inner is None:
        return part
    below = layered(inner, x, taken) if _depth(inner, x) > 1 else _last_layer(inner, x, taken)
    u = Variable(fresh("u", taken), Kind(shape=tuple(shape(inner))), definition=below)
    taken.add(u.name)
    return substitute(part, {inner: u})


def _last_layer(part: Expr, x: Variable, taken: set[str]) -> Expr:
    inner = next((a for a in _function_arguments(part, x) if isinstance(a, Apply)), None)
    if inner is None:
        return part
    v = Variable(fresh("v", taken), Kind(shape=tuple(shape(inner))), definition=inner)
    taken.add(v.name)
    return substitute(part, {inner: v})


def _depth(e: Expr, x: Variable) -> int:
    """How many functions known by heart are nested on the way to x."""
    below = max((_depth(child, x) for child in e.children), default=0)
    return below + (isinstance(e, Apply) and inside(e) is not None and depends(e, x))


def _function_arguments(e: Expr, x: Variable) -> Iterator[Expr]:
    """The arguments of the outermost functions on the way to x, arrays only."""
    if isinstance(e, Apply) and depends(e, x):
        known = inside(e)
        if known is not None:
            yield known[0]
        else:
            for child in e.children:
                yield from _function_arguments(child, x)


def _layers_of(u: Variable, known: frozenset[Variable]) -> tuple[Variable, ...]:
    """The names behind a name, as far as they are new."""
    behind = () if u.definition is None else reached(u.definition)
    new = (v for v in behind if v.definition is not None and v not in known)
    return tuple(sorted(new, key=lambda v: v.name))


def _compound_arguments(p: Problem) -> tuple[Expr, ...]:
    found = operation_of(p.e)
    if found is None or not found[0].jacobians:
        return ()
    return tuple(dict.fromkeys(a for a in found[1].args if is_compound(a) or _is_slice(a, p)))


def _is_slice(a: Expr, p: Problem) -> bool:
    """Whether it is a slice of the array by which an array is differentiated."""
    return isinstance(a, Index) and a.base == p.x and bool(shape(a)) and bool(p.shape)


def inner_operations(p: Problem) -> tuple[Expr, ...]:
    """The innermost operations of x itself, where x occurs nowhere else."""
    parts = tuple(dict.fromkeys(node for node in walk(p.e) if node != p.e and _reads(node, p.x)))
    rest = substitute(p.e, dict.fromkeys(parts, ONE))
    return parts if parts and not depends(rest, p.x) else ()


def _reads(node: Expr, x: Variable) -> bool:
    """Is the node an operation with a closed form, at x and names only?"""
    found = operation_of(node)
    if found is None or not found[0].jacobians or not depends(node, x):
        return False
    return not any(is_compound(arg) for arg in found[1].args)
