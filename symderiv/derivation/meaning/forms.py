"""Heads that look at trees rather than values: derivatives, limits, values at a point, and those of `costs`.

A derivative is taken with respect to a name that is kept a symbol; afterwards names mean again what they
were defined as.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.calculus import as_matrix, derivative_tensor, gradient_tensor
from symderiv.derivation.meaning import analysis
from symderiv.derivation.meaning.costs import COSTS
from symderiv.derivation.meaning.meaning import Kept, scalar_of, tensor_of
from symderiv.derivation.meaning.reads import with_forgotten
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import conjunction, subtract
from symderiv.expression.instantiation import instantiate, refold
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    Apply,
    Binder,
    Expr,
    Index,
    Number,
    Sequence,
    Text,
    Variable,
    walk,
)
from symderiv.operations.declaring.shapes import drop_ones, same_shape
from symderiv.tensor import Meaning, Tensor, fresh_indices

Form = Callable[[Apply, Kept], Meaning]


def with_respect_to(tree: Expr, wrt: Expr) -> tuple[Expr, Variable]:
    """The tree and the name to differentiate by; an expression (``conv2d(X, K)``) gets a name first."""
    if isinstance(wrt, Variable):
        return tree, wrt
    t = tensor_of(wrt)
    name = Variable("_wrt", Kind(shape=tuple(t.shape)), definition=wrt)
    put_in = substitute(tree, {wrt: name})
    if put_in == tree:
        raise MeaningError(
            f"{to_text(wrt)} doesn't stand in what is differentiated as it is written",
            expected="a name, an entry, a list of these, or an expression that occurs",
        )
    return put_in, name


def expanded(t: Tensor, name: Variable, keep: Kept) -> Tensor:
    """The tensor with a kept name put back to what it is defined as."""
    if name in keep or (name.definition is None and name.value is None):
        return t
    whole = tensor_of(name, keep)
    return Tensor(t.shape, t.indices, _put_in(t.value, name, whole), _put_in(t.defined, name, whole))


def _put_in(expr: Expr, name: Variable, whole: Tensor) -> Expr:
    if isinstance(expr, Index) and expr.base == name:
        return whole.formula(*(_put_in(index, name, whole) for index in expr.indices))
    if expr == name:
        return whole.value
    if isinstance(expr, Binder):
        rebuilt = expr.rebuild(tuple(_put_in(child, name, whole) for child in expr.children))
        return instantiate(rebuilt, {})
    children = expr.children
    if not children:
        return expr
    return refold(expr, tuple(_put_in(child, name, whole) for child in children))


def _options(tree: Apply, usage: str, allowed: tuple[str, ...]) -> dict[str, Expr]:
    found = dict(tree.options)
    unknown = [name for name in found if name not in allowed]
    if unknown:
        raise MeaningError(f"{tree.head} has no argument '{unknown[0]}'", expected=usage)
    return found


def _two(tree: Apply, usage: str) -> tuple[Expr, Expr]:
    if len(tree.args) != 2:
        raise MeaningError(f"{tree.head} takes two arguments", expected=usage)
    return tree.args[0], tree.args[1]


def _jacobian(tree: Apply, keep: Kept) -> Tensor:
    """∂H/∂K, both flattened row by row: outputs down, inputs across (numerator layout)."""
    usage = "jacobian(H, K)"
    of, by = _two(tree, usage)
    layout = _options(tree, usage, ("layout",)).get("layout")
    side = layout.value if isinstance(layout, Text) else getattr(layout, "name", "numerator")
    if side not in ("numerator", "denominator"):
        raise MeaningError(f"no layout '{side}'", expected="numerator or denominator")
    if isinstance(by, Sequence):
        return _by_each(of, by, keep, side)
    what, wrt = with_respect_to(of, by)
    t = tensor_of(what, keep | {wrt})
    return expanded(as_matrix(with_forgotten(derivative_tensor(t, wrt), t), t.rank, side), wrt, keep)


def _each(of: Expr, by: Sequence) -> Sequence:
    """``[∂H/∂a, ∂H/∂b]`` by the scalars or entries of a list."""
    return Sequence(tuple(Apply("diff", (of, item)) for item in by.items))


def _by_each(of: Expr, by: Sequence, keep: Kept, side: str) -> Tensor:
    """The Jacobian by a list: a column for each of its items."""
    rank = tensor_of(of, keep).rank
    if rank > 1:
        raise ShapeError(
            "a Jacobian by a list of names is taken of a number or a vector", cure="list its entries"
        )
    rows: Expr = _each(of, by)  # inputs down, outputs across
    if not rank:
        rows = Apply("transpose", (Sequence((rows,)),))
    return tensor_of(rows if side == "denominator" else Apply("transpose", (rows,)), keep)


def _gradient(tree: Apply, keep: Kept) -> Tensor:
    """∂L/∂x of a scalar L, in the shape of x; by a list of names, a list."""
    of, by = _two(tree, "gradient(L, x)")
    if isinstance(by, Sequence):
        scalar_of(of, keep)
        return tensor_of(_each(of, by), keep)
    what, wrt = with_respect_to(of, by)
    t = scalar_of(what, keep | {wrt})
    return expanded(with_forgotten(gradient_tensor(t, wrt), t), wrt, keep)


def _diff(tree: Apply, keep: Kept) -> Tensor:
    """∂f/∂x by a scalar or an entry, entry by entry of f; ``diff(f, x, 2)`` twice."""
    if len(tree.args) < 2:
        raise MeaningError("diff takes a function and a name", expected="diff(f, x)")
    orders = _orders(tree.args[1:])
    names = frozenset(_base(wrt) for wrt, _ in orders)
    t = tensor_of(tree.args[0], keep | names)
    for wrt, times in orders:
        at = _places(wrt, keep)
        for _ in range(times):
            t = _at(with_forgotten(derivative_tensor(t, _base(wrt)), t), at)
    for name in sorted(names, key=lambda variable: variable.name):
        t = expanded(t, name, keep)
    return t


def _at(t: Tensor, at: tuple[Expr, ...]) -> Tensor:
    """The tensor with its last axes at these indices."""
    names = t.indices[: t.rank - len(at)]
    return Tensor(t.shape[: len(names)], names, t.formula(*names, *at), t.condition(*names, *at))


def _orders(wanted: tuple[Expr, ...]) -> list[tuple[Expr, int]]:
    """``x, 2, y`` and ``(x, 2), y`` as pairs of a name and how often."""
    found: list[tuple[Expr, int]] = []
    for item in wanted:
        if isinstance(item, Number) and isinstance(item.value, int) and found and 0 < item.value <= 20:
            found[-1] = (found[-1][0], item.value)
        elif isinstance(item, Sequence) and len(item.items) == 2 and isinstance(item.items[1], Number):
            found.append((item.items[0], int(item.items[1].value)))
        else:
            found.append((item, 1))
    return found


def _base(wrt: Expr) -> Variable:
    base = wrt.base if isinstance(wrt, Index) else wrt
    if not isinstance(base, Variable):
        raise MeaningError("a derivative is taken with respect to a name or an entry", expected="x or x[i]")
    return base


def _places(wrt: Expr, keep: Kept) -> tuple[Expr, ...]:
    if not isinstance(wrt, Index):
        if _base(wrt).kind.shape:
            raise ShapeError(
                f"{_base(wrt).name} is an array",
                cure=f"write jacobian(…, {_base(wrt).name}), gradient(…, {_base(wrt).name}), or an entry",
            )
        return ()
    return tuple(subtract(scalar_of(index, keep).value, Number(wrt.origin)) for index in wrt.indices)


def _limit(tree: Apply, keep: Kept) -> Tensor:
    """``limit(f, x, a, '+')``."""
    if len(tree.args) not in (3, 4) or not isinstance(tree.args[1], Variable):
        raise MeaningError("limit takes a function, a name and a point", expected="limit(f, x, 0, '+')")
    variable = tree.args[1]
    side = tree.args[3] if len(tree.args) == 4 else Text("")
    if not isinstance(side, Text) or side.value not in ("", "+", "-"):
        raise MeaningError("the side of a limit is '+' or '-'")
    body = tensor_of(tree.args[0], keep | {variable})
    return analysis.limit(body, variable, scalar_of(tree.args[2], keep), side.value)


def _value_at(tree: Apply, keep: Kept) -> Tensor:
    """``value_at(f, x, 3)``; a number stands for an array of it."""
    usage = "value_at(f, x, 3)"
    if len(tree.args) != 3 or not isinstance(tree.args[1], Variable):
        raise MeaningError("a value takes a function, a name and a point", expected=usage)
    variable = tree.args[1]
    body, point = tensor_of(tree.args[0], keep | {variable}), tensor_of(tree.args[2], keep)
    shape = tensor_of(variable, keep | {variable}).shape
    if not point.rank:
        point = Tensor(shape, tuple(fresh_indices(len(shape))), point.value, point.defined)
    elif not same_shape(point.shape, shape):
        raise ShapeError(f"the point has another shape than {variable.name}", expected=usage)
    if not variable.kind.shape:
        put = {variable: point.value}
        value, there = instantiate(body.value, put), instantiate(body.defined, put)
    else:
        inside = {
            part.variable.name
            for side in (body.value, body.defined)
            for part in walk(side)
            if isinstance(part, Binder)
        }
        if inside & {name.name for name in free_variables(point.value)}:
            raise MeaningError("an index of the point runs inside of the function", expected="another letter")
        value, there = (_put_in(side, variable, point) for side in (body.value, body.defined))
    return Tensor(body.shape, body.indices, value, conjunction(there, point.defined))


def _primed(tree: Apply, keep: Kept) -> Tensor:
    """``tanh'(u)``, of order n: the derivative of a known function of one number, at each entry of u."""
    called, order = tree.args
    assert isinstance(called, Apply) and isinstance(order, Number)
    t = Variable("_t")
    of_number = Apply(called.head, (t, *called.args[1:]), called.options)
    point = tensor_of(called.args[0], keep)
    if not _is_entry_by_entry(tensor_of(of_number, keep | {t}), t, point, tensor_of(called, keep)):
        raise ShapeError(f"{called.head} is no function of one number here", expected="jacobian(y, x)")
    slope: Expr = of_number
    for _ in range(int(order.value)):
        slope = Apply("diff", (slope, t))
    body, put = tensor_of(slope, keep | {t}), {t: point.value}
    there = conjunction(instantiate(body.defined, put), point.defined)
    return Tensor(point.shape, point.indices, instantiate(body.value, put), there)


def _is_entry_by_entry(f: Tensor, t: Variable, point: Tensor, applied: Tensor) -> bool:
    """Is what a function gives for an array, entry by entry, what it gives for its entries?"""
    if f.rank or applied.rank != point.rank:
        return False
    return instantiate(f.value, {t: point.formula(*applied.indices)}) == applied.value


def _vjp(tree: Apply, keep: Kept) -> Tensor:
    """``vjp(u, x, G)`` = Σ G ⊙ ∂u/∂x in the shape of x; G, which is ∂L/∂u, is not differentiated."""
    usage = "vjp(u, x, G)"
    if len(tree.args) != 3 or tree.options:
        raise MeaningError("vjp takes three arguments", expected=usage)
    u, by, G = tree.args
    sizes = tensor_of(u, keep).shape
    if not same_shape(drop_ones(tensor_of(G, keep)).shape, drop_ones(tensor_of(u, keep)).shape):
        raise ShapeError(f"what is sent back to {to_text(u)} has another shape than it", expected=usage)
    what, wrt = with_respect_to(u, by)
    upstream = Variable("_upstream", Kind(shape=tuple(tensor_of(G, keep).shape)), definition=G)
    plain = sizes and upstream.kind.shape
    weighed: Expr = Apply("hadamard" if plain else "mul", (upstream, what))
    weighed = Apply("sum", (weighed,)) if sizes else weighed
    loss = scalar_of(weighed, keep | {wrt, upstream})
    t = with_forgotten(derivative_tensor(loss, wrt), loss)
    return expanded(expanded(t, upstream, keep), wrt, keep)


FORMS: dict[str, Form] = {
    "jacobian": _jacobian,
    "gradient": _gradient,
    "diff": _diff,
    "vjp": _vjp,
    "limit": _limit,
    "value_at": _value_at,
    "primed": _primed,
    **COSTS,
}
