"""The same function of each slice: ``[f(X[k], W) for k in range(0, n)]``, one derivative for each k.

    by what all slices share   Σ_k of what f(x_k, W) sends back to W
    by the array of slices     [what f(x_k, W) sends back to x_k for each k], for x_k = X[k]

The Jacobian has the rows of each k below each other, by the slices in blocks on the diagonal.
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends, reached, sizes
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.rules.problem import D, Problem, Rewriting, sent, shape, times, transposed
from symderiv.derivation.tidying.slices_back import bound_in, moving
from symderiv.expression.build import add, mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import (
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    BinderKind,
    Expr,
    Index,
    Variable,
    index_variable,
    transform,
)


def slice_of(u: Binder, x: Variable) -> tuple[Variable, Expr] | None:
    """x_k and f(x_k), where x enters f through its slice k alone; None where it does otherwise."""
    names = reached(u.body)
    taken = {v.name for v in names} | sizes(names) | {k.name for k in bound_in(u)}
    place = Index(x, (u.variable,))
    if not shape(x) or not _runs_through(u, shape(x)[0]):
        return None
    letter = fresh(x.name.lower(), taken | {x.name})
    name = Variable(letter, Kind(shape=tuple(shape(place))), definition=place)
    body = transform(u.body, lambda node: name if node == place else node)
    if not depends(u.body, x) or x in free_variables(body) or any(depends(v, x) for v in _names(body, name)):
        return None
    return name, body


def _names(body: Expr, name: Variable) -> frozenset[Variable]:
    return free_variables(body) - {name}


_LETTERS = "achgobxy"
"""Letters that no entry formula takes for its indices: a slice that has a name doesn't show its index."""


def apart(u: Binder, *beside: Expr) -> Binder:
    """The list with another letter for its index, if entry formulas inside could take the one that it has."""
    ends = tuple(end for end in (u.lower, u.upper) if end is not None)
    outside = frozenset[Variable]().union(*map(reached, ends))
    if u.variable.name in _LETTERS and u.variable.name not in {v.name for v in outside}:
        return u
    names = outside.union(*map(reached, (u.body, *beside)))
    taken = {v.name for v in names} | sizes(names) | {k.name for k in bound_in(u)}
    letter = next((each for each in _LETTERS if each not in taken), fresh("a", taken))
    index = index_variable(letter)
    return Binder(u.kind, substitute(u.body, {u.variable: index}), index, u.lower, u.upper)


def is_list(u: Expr, G: Expr = ZERO, kind: BinderKind = "array") -> bool:
    """``[f(k) for k in range(0, n)]``, or the sum of these, where k means nothing else inside or in G."""
    if not isinstance(u, Binder) or u.kind != kind or u.lower != ZERO or u.condition != TRUE:
        return False
    k = u.variable
    return k not in bound_in(u.body) | reached(G) and not moving(u.body, frozenset((k,)))


def is_of_slices(u: Binder, G: Expr = ZERO) -> bool:
    """A list, or a sum of arrays."""
    return is_list(u, G) or (bool(shape(u)) and is_list(u, G, "sum"))


def _runs_through(u: Binder, size: Expr) -> bool:
    return u.upper is not None and add(tensor_of(u.upper).value, ONE) == size


def sent_to_slices(u: Binder, x: Variable, G: Expr) -> Rewriting:
    """What a list, or a sum, sends back to x: to each slice by itself, or added up over all k."""
    u = apart(u, x, G)
    at = Index(G, (u.variable,)) if u.kind == "array" else G
    sliced = slice_of(u, x)
    if sliced is None:
        after = Binder("sum", sent(u.body, x, at), u.variable, u.lower, u.upper)
        said = f"each {u.variable.name} sends its part back to {x.name}: their sum"
        return Rewriting(after, said, lemma=((u, after),))
    name, body = sliced
    each = Binder("array", sent(body, name, at), u.variable, u.lower, u.upper)
    part = "entry {} of the list" if u.kind == "array" else "term {}"
    said = f"only {part.format(u.variable.name)} depends on {name.name}"
    return Rewriting(each, said, ((name.name, name.definition or x),), lemma=((u, each),))


def over_slices(p: Problem) -> Rewriting | None:
    """The gradient of a sum over k, and the Jacobian of a list, by an array."""
    u = p.e
    if not isinstance(u, Binder) or not p.wrt or not is_list(u, kind=u.kind):
        return None
    u = apart(u, p.x, *p.known)
    sliced = slice_of(u, p.x)
    x, body = (p.x, u.body) if sliced is None else sliced
    where = () if sliced is None else ((x.name, x.definition or x),)
    if u.kind == "sum" and not p.shape:
        after: Expr = Binder("sum" if sliced is None else "array", D(body, x), u.variable, u.lower, u.upper)
    elif u.kind == "array" and max(len(p.shape), len(p.wrt)) < 3:
        after = _rows(u, p, x, body)
    else:
        return None
    k = u.variable.name
    said = f"each {k} by itself" if sliced is None else f"only term {k} depends on {x.name}"
    return Rewriting(after, said, where, lemma=((u, after),))


def _rows(u: Binder, p: Problem, x: Variable, body: Expr) -> Expr:
    """∂f(x_k)/∂x for each k, below each other; on the diagonal for slices."""
    J = D(body, x)
    if x == p.x:
        rows = Binder("array", J, u.variable, u.lower, u.upper)
        plain = not shape(body) and len(p.wrt) == 1
        return rows if plain else Apply("reshape", (rows, *map(readable, (mul(*p.shape), mul(*p.wrt)))))
    hot = Apply("one_hot", (u.variable, readable(p.shape[0])))
    if shape(body):
        block: Expr = Apply("kron", (times(hot, transposed(hot)), J))
    else:
        column = J if len(shape(x)) < 2 else Apply("flatten", (J,))
        block = times(hot, transposed(Apply("kron", (hot, column)) if shape(x) else times(J, hot)))
    return Binder("sum", block, u.variable, u.lower, u.upper)
