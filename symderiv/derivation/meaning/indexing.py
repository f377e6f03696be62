"""What an index reads: an entry, a row of an array, an item of a list."""

from __future__ import annotations

from symderiv.derivation.meaning.lost_reads import within_axes
from symderiv.derivation.meaning.reads import all_exist, read_in
from symderiv.errors import MeaningError, ShapeError
from symderiv.expression import build
from symderiv.expression.build import add, compare, conjunction, disjunction, negation, subtract
from symderiv.expression.contents import contents
from symderiv.expression.instantiation import instantiate
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import FALSE, TRUE, ZERO, Binder, Expr, Index, Number, Variable, walk
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Listing, Meaning, Tensor, fresh_indices


def entry(base: Meaning, places: list[Tensor], tree: Index) -> Tensor:
    """``base[i, j]``: what is left of the array once its first axes are read at these places."""
    at = _from_zero(places, tree)
    t = as_tensor(base, "an index")
    if len(at) > t.rank:
        if t.rank == 1 and len(at) == 2 and at[1] == ZERO:
            at = at[:1]
        else:
            raise ShapeError(f"{len(at)} indices for {t.described}")
    for position, size in zip(at, t.shape, strict=False):
        _check_bounds(position, size, tree)
    names = fresh_indices(t.rank - len(at))
    value, defined = _entry_or_zero(tree, t, (*at, *names))
    result = Tensor(t.shape[len(at) :], names, value, defined)
    if not _is_plain(tree.base):
        result = result.where(within_axes(tree.base, at, t.shape, value))
        result = result.where(_folded_away(t, (*at, *names), value))
    return result.where(conjunction(*(place.defined for place in places)))


def item(base: Listing, places: list[Tensor], tree: Index) -> Meaning:
    """``(a, b, c)[1]``."""
    at = _from_zero(places, tree)
    position = at[0]
    if len(at) == 1 and isinstance(position, Number) and isinstance(position.value, int):
        if 0 <= position.value < len(base.items):
            return base.items[position.value]
        raise MeaningError(f"index {position.value + tree.origin} is outside this {base.kind}")
    raise MeaningError(f"a {base.kind} is indexed by one number")


def _from_zero(places: list[Tensor], tree: Index) -> tuple[Expr, ...]:
    return tuple(subtract(place.value, Number(tree.origin)) for place in places)


def _is_plain(base: Expr) -> bool:
    """A name that stands for its entries, whose formula reads them."""
    return isinstance(base, Variable) and base.definition is None and base.value is None


def _entry_or_zero(tree: Index, t: Tensor, at: tuple[Expr, ...]) -> tuple[Expr, Expr]:
    """An entry, and where it is defined; zero beyond the bounds of a name with values that is declared so."""
    base = tree.base
    if not (isinstance(base, Variable) and base.kind.zero_outside and base.value is not None):
        return t.formula(*at), t.condition(*at)
    sides = [(compare("le", ZERO, i), compare("lt", i, size)) for i, size in zip(at, t.shape, strict=True)]
    inside = conjunction(*(side for both in sides for side in both))
    if inside == FALSE:
        return ZERO, TRUE
    defined = disjunction(negation(inside), t.condition(*at))
    return build.cases(((inside, t.formula(*at)),), ZERO), defined


def _folded_away(t: Tensor, at: tuple[Expr, ...], value: Expr) -> Expr:
    """Where what the formula of an array reads exists, if an entry shows it no more: ``x[1] i`` at i = 0."""
    if contents(t.value).classes.isdisjoint((Index, Binder)):
        return TRUE
    place = dict(zip(t.indices, at, strict=True))
    left = set(walk(value))
    parts = [(part, instantiate(part, place)) for part in read_in(t.value)]
    lost = [(part, here) for part, here in parts if here not in left or _arrays(here) != _arrays(part)]
    entries = all_exist(here for part, here in lost if isinstance(part, Index))
    ranges = all_exist(part for part, _ in lost if isinstance(part, Binder))
    return conjunction(entries, instantiate(ranges, place))


def _arrays(value: Expr) -> frozenset[str]:
    return frozenset(name.name for name in contents(value).free if name.kind.shape)


def _check_bounds(position: Expr, size: Expr, tree: Index) -> None:
    if not isinstance(position, Number):
        return
    zero_outside = isinstance(tree.base, Variable) and tree.base.kind.zero_outside
    beyond = isinstance(size, Number) and position.value >= size.value
    if (position.value < 0 or beyond) and not zero_outside:
        first = tree.origin
        last, asked = (
            to_text(readable(add(at, Number(by)))) for at, by in ((size, first - 1), (position, first))
        )
        cure = f"write [{last}] for the last entry" if position.value == -1 and not first else ""
        raise MeaningError(f"index {asked} is out of range", expected=f"{first} … {last}", cure=cure)
