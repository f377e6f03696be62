"""What a tree means: shape, entry formula and domain, operation by operation.

Definitions of names are put in on the way, except of names that are ``kept``: these stay symbols, so
that a derivative can be taken with respect to them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from symderiv.derivation.dependence import depends
from symderiv.derivation.filtered import kept_entries
from symderiv.derivation.literal import in_numbers
from symderiv.derivation.lost_reads import lost_in_range, within_axes
from symderiv.derivation.ranges import range_of
from symderiv.derivation.reads import all_exist, with_reads
from symderiv.errors import MeaningError, ShapeError, SymderivError
from symderiv.expression import build
from symderiv.expression.build import add, compare, conjunction, disjunction, negation, subtract
from symderiv.expression.instantiation import instantiate
from symderiv.expression.text import to_text
from symderiv.expression.tree import (
    FALSE,
    INFINITY,
    ONE,
    TRUE,
    UNDEFINED,
    ZERO,
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Mapping,
    Number,
    Sequence,
    Text,
    Variable,
)
from symderiv.operations import OPERATIONS, Operation
from symderiv.operations.shapes import as_tensor, drop_ones, same_shape
from symderiv.tensor import Listing, Meaning, Record, Tensor, fresh_indices

Kept = frozenset[Variable]
NOTHING_KEPT: Kept = frozenset()


def meaning(tree: Expr, keep: Kept = NOTHING_KEPT) -> Meaning:
    """Evaluate a tree; errors carry the span of the innermost node at fault.

    >>> from symderiv.expression.tree import Apply, Number
    >>> meaning(Apply("div", (Number(1), Number(2)))).value.value
    Fraction(1, 2)
    """
    evaluate = _TABLE.get(type(tree))
    if evaluate is None:
        raise MeaningError(f"a {type(tree).__name__} has no meaning by itself")
    try:
        return evaluate(tree, keep)
    except SymderivError as error:
        if error.place is None and error.span is None:
            error.span = tree.span
        raise


def tensor_of(tree: Expr, keep: Kept = NOTHING_KEPT) -> Tensor:
    """The meaning of a tree that must be a number or an array."""
    return as_tensor(meaning(tree, keep), "this")


def scalar_of(tree: Expr, keep: Kept = NOTHING_KEPT) -> Tensor:
    """The meaning of a tree that must be a number."""
    t = drop_ones(tensor_of(tree, keep))
    if t.rank:
        raise ShapeError(f"{t.described} stands where a number is needed")
    return t


def _leaf(tree: Expr, keep: Kept) -> Meaning:
    return Tensor((), (), tree)


def _text(tree: Text, keep: Kept) -> Meaning:
    raise MeaningError(f"the word '{tree.value}' is no value here")


def _variable(tree: Variable, keep: Kept) -> Meaning:
    if not keep or tree not in keep:
        definition = tree.definition or tree.value
        if definition is not None:
            return _defined(tree, definition, keep)
    if tree.kind.function:
        raise MeaningError(f"{tree.name} is a function", cure=f"write {tree.name}(…)")
    return symbol(tree)


def _defined(name: Variable, definition: Expr, keep: Kept) -> Meaning:
    """What a definition means, worked out once where no kept name lies behind it."""
    if any(depends(definition, kept) for kept in keep):
        return meaning(definition, keep)
    if name.meant is None:
        name.meant = meaning(definition)
    found = name.meant
    assert isinstance(found, Tensor | Record | Listing)
    return found


def symbol(variable: Variable) -> Tensor:
    """A name as itself: a scalar, or the array of its entries."""
    shape = variable.kind.shape
    if not shape:
        return Tensor((), (), variable)
    sizes = tuple(
        size if size is not None else unknown_size(variable, axis) for axis, size in enumerate(shape)
    )
    indices = fresh_indices(len(sizes))
    return Tensor(sizes, indices, Index(variable, indices))


def unknown_size(variable: Variable, axis: int) -> Variable:
    """The size that nobody declared, as a symbol of its own: ``len(x)``."""
    from symderiv.expression.kinds import SIZE

    label = f"len({variable.name})" if axis == 0 else f"len({variable.name}, {axis})"
    return Variable(label, SIZE)


def _apply(tree: Apply, keep: Kept) -> Meaning:
    """A node that stands in a formula more than once is worked out once."""
    if keep:
        return _applied(tree, keep)
    if tree.meant is None:
        tree.meant = _applied(tree, keep)
    found = tree.meant
    assert isinstance(found, Tensor | Record | Listing)
    return found


@cache
def _forms() -> dict[str, Callable[[Apply, Kept], Meaning]]:
    """The heads that look at trees rather than values, which rest on what stands here."""
    from symderiv.derivation.forms import FORMS

    return FORMS


def _applied(tree: Apply, keep: Kept) -> Meaning:
    form = _forms().get(tree.head)
    if form is not None:
        return form(tree, keep)
    operation = OPERATIONS.get(tree.head)
    if operation is None:
        raise MeaningError(f"nothing is known of '{tree.head}'")
    values = _values(operation, tree, keep)
    return in_numbers(with_reads(tree.head, operation.forward(*values), values), values)


def _values(operation: Operation, tree: Apply, keep: Kept) -> list[Any]:
    """What an operation's forward definition takes: the meanings of arrays, options as they are written."""
    if operation.takes_arrays and not tree.options and len(tree.args) == len(operation.parameters):
        return [meaning(given, keep) for given in tree.args]
    values: list[Any] = []
    bound = operation.bind(tree.args, tree.options)
    for parameter, given in zip(operation.parameters, bound, strict=True):
        if parameter.variadic and isinstance(given, tuple):
            values.append(tuple(meaning(part, keep) for part in given))
        elif parameter.option or given is None or isinstance(given, tuple):
            values.append(given)
        else:
            values.append(meaning(given, keep))
    return values


def _call(tree: Call, keep: Kept) -> Meaning:
    """An opaque function: of numbers, entry by entry of one array."""
    arguments = [drop_ones(tensor_of(arg, keep)) for arg in tree.args]
    arrays = [t for t in arguments if t.rank]
    if not arrays:
        defined = conjunction(*(t.defined for t in arguments))
        return Tensor((), (), Call(tree.function, tuple(t.value for t in arguments), tree.orders), defined)
    first = arrays[0]
    if not all(same_shape(t.shape, first.shape) for t in arrays):
        raise ShapeError(f"the arguments of {tree.function.name} differ in shape")

    def value(*at: Expr) -> Expr:
        return Call(
            tree.function, tuple(t.formula(*at) if t.rank else t.value for t in arguments), tree.orders
        )

    result = Tensor.of(first.shape, value)
    at = result.indices
    return result.where(conjunction(*(t.condition(*at) if t.rank else t.defined for t in arguments)))


def _index(tree: Index, keep: Kept) -> Meaning:
    base = meaning(tree.base, keep)
    places = [scalar_of(index, keep) for index in tree.indices]
    at = tuple(subtract(t.value, Number(tree.origin)) for t in places)
    if isinstance(base, Listing):
        return _item(base, at, tree)
    t = as_tensor(base, "an index")
    if len(at) > t.rank:
        if t.rank == 1 and len(at) == 2 and at[1] == ZERO:
            at = at[:1]
        else:
            raise ShapeError(f"{len(at)} indices for {t.described}")
    for position, size in zip(at, t.shape, strict=False):
        _check_bounds(position, size, tree)
    left = t.rank - len(at)
    names = fresh_indices(left)
    value, defined = _entry_or_zero(tree, t, (*at, *names))
    result = Tensor(t.shape[len(at) :], names, value, defined)
    if not _is_plain(tree.base):
        result = result.where(within_axes(tree.base, at, t.shape, value))
    return result.where(conjunction(*(place.defined for place in places)))


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


def _item(base: Listing, at: tuple[Expr, ...], tree: Index) -> Meaning:
    position = at[0]
    if len(at) == 1 and isinstance(position, Number) and isinstance(position.value, int):
        if 0 <= position.value < len(base.items):
            return base.items[position.value]
        raise MeaningError(f"index {position.value + tree.origin} is outside this {base.kind}")
    raise MeaningError(f"a {base.kind} is indexed by one number")


def _check_bounds(position: Expr, size: Expr, tree: Index) -> None:
    if not isinstance(position, Number):
        return
    zero_outside = isinstance(tree.base, Variable) and tree.base.kind.zero_outside
    beyond = isinstance(size, Number) and position.value >= size.value
    if (position.value < 0 or beyond) and not zero_outside:
        first = tree.origin
        last = to_text(add(size, Number(first - 1)))
        raise MeaningError(
            f"index {to_text(add(position, Number(first)))} is out of range", expected=f"{first} … {last}"
        )


def _binder(tree: Binder, keep: Kept) -> Meaning:
    keep = keep - {tree.variable}
    lower, upper = _bounds(tree, keep)
    body = meaning(tree.body, keep)
    t = as_tensor(body, f"a {tree.kind}")
    condition = tensor_of(tree.condition, keep).value
    ends_defined = conjunction(lower.defined, upper.defined)
    if tree.kind == "array":
        if condition != TRUE:
            kept = kept_entries(t, tree.variable, lower.value, upper.value, condition)
            return stacked(kept).where(ends_defined) if kept else Listing("list", ())
        return _entry_formula(tree, lower.value, upper.value, t).where(ends_defined)
    if tree.kind == "integral":
        return _integral(tree, lower, upper, t)
    value = Binder(tree.kind, t.value, tree.variable, lower.value, upper.value, condition)
    if tree.kind in ("max", "min") and condition == TRUE:
        ends_defined = conjunction(ends_defined, compare("le", lower.value, upper.value))
    lost = lost_in_range(tree, t.value, lambda part: tensor_of(part, keep))
    exists = disjunction(negation(condition), conjunction(t.defined, lost))
    if exists != TRUE:
        exists = Binder("forall", exists, tree.variable, lower.value, upper.value)
    t = Tensor(t.shape, t.indices, value, conjunction(exists, ends_defined))
    return _infinite_sum(t) if tree.kind == "sum" and upper.value == INFINITY else t


def _bounds(tree: Binder, keep: Kept) -> tuple[Tensor, Tensor]:
    if tree.lower is not None and tree.upper is not None:
        return scalar_of(tree.lower, keep), scalar_of(tree.upper, keep)
    found = range_of(tree.variable, tree.body, lambda base: tensor_of(base, keep).shape)
    if found is None:
        raise MeaningError(
            f"the range of {tree.variable.name} is not known",
            cure=f"write the bounds: sum(…, ({tree.variable.name}, 1, n))",
        )
    lower, upper = found
    first = Tensor.scalar(lower) if tree.lower is None else scalar_of(tree.lower, keep)
    last = Tensor.scalar(upper) if tree.upper is None else scalar_of(tree.upper, keep)
    return first, last


def _entry_formula(tree: Binder, lower: Expr, upper: Expr, body: Tensor) -> Tensor:
    """``[f(i) for i in range(a, b)]``: a new first axis."""
    names = fresh_indices(body.rank + 1)
    inner: dict[Variable, Expr] = dict(zip(body.indices, names[1:], strict=True))
    shifted = {**inner, tree.variable: add(names[0], lower)}
    size = add(subtract(upper, lower), ONE)
    return Tensor(
        (size, *body.shape), names, instantiate(body.value, shifted), instantiate(body.defined, shifted)
    )


def _integral(tree: Binder, lower: Tensor, upper: Tensor, body: Tensor) -> Tensor:
    from symderiv.derivation.analysis import integral

    return integral(body, tree.variable, lower, upper)


def _infinite_sum(t: Tensor) -> Tensor:
    from symderiv.derivation.analysis import infinite_sum

    return infinite_sum(t)


def _cases(tree: Cases, keep: Kept) -> Meaning:
    conditions = [scalar_of(condition, keep) for condition, _ in tree.branches]
    values = [drop_ones(tensor_of(value, keep)) for _, value in tree.branches]
    if tree.otherwise is not None and tree.otherwise != UNDEFINED:
        values.append(drop_ones(tensor_of(tree.otherwise, keep)))
    shape = next((t.shape for t in values if t.rank), ())
    if not all(same_shape(t.shape, shape) or not t.rank for t in values):
        raise ShapeError("the cases differ in shape")
    names = fresh_indices(len(shape))
    entries = [t.formula(*names) if t.rank else t.value for t in values]
    exists = [t.condition(*names) if t.rank else t.defined for t in values]
    guards = [c.value for c in conditions]
    has_otherwise = len(entries) > len(guards)
    value = build.cases(tuple(zip(guards, entries, strict=False)), entries[-1] if has_otherwise else None)
    readable = [c.defined for c in conditions]
    if not isinstance(value, Cases):
        readable.append(all_exist(guards))  # ``x if v[k] > 0 else x`` still reads v[k]
    return Tensor(shape, names, value, _cases_domain(guards, exists, readable))


def _cases_domain(guards: list[Expr], exists: list[Expr], readable: list[Expr]) -> Expr:
    """Defined where the branch that applies is; without an otherwise, some guard must hold."""
    rest: Expr = FALSE if len(exists) == len(guards) else exists[-1]
    for guard, defined in zip(reversed(guards), reversed(exists[: len(guards)]), strict=True):
        if defined == rest:
            rest = defined
        else:
            rest = disjunction(conjunction(guard, defined), conjunction(negation(guard), rest))
    return conjunction(*readable, rest)


def _sequence(tree: Sequence, keep: Kept) -> Meaning:
    items = tuple(meaning(item, keep) for item in tree.items)
    if tree.kind == "set" or not items:
        return Listing(tree.kind, items)
    tensors = [item for item in items if isinstance(item, Tensor)]
    if not all(same_shape(t.shape, tensors[0].shape) for t in tensors[1:]):
        tensors = [drop_ones(t) for t in tensors]
    rectangular = len(tensors) == len(items) and all(
        same_shape(t.shape, tensors[0].shape) for t in tensors[1:]
    )
    return stacked(tensors) if rectangular else Listing(tree.kind, items)


def stacked(rows: list[Tensor]) -> Tensor:
    """Arrays of one shape as the rows of one array; typed-out rows merge into one table."""
    names = fresh_indices(rows[0].rank + 1)
    shape = (Number(len(rows)), *rows[0].shape)
    literal = [_literal_rows(t) for t in rows]
    if all(part is not None for part in literal):
        table: Expr = Sequence(tuple(part for part in literal if part is not None))
        value: Expr = Index(table, names)
    else:
        value = Index(Sequence(tuple(t.formula(*names[1:]) for t in rows)), names[:1])
    exists = [t.condition(*names[1:]) for t in rows]
    if all(condition == TRUE for condition in exists):
        return Tensor(shape, names, value)
    return Tensor(shape, names, value, Index(Sequence(tuple(exists)), names[:1]))


def _literal_rows(t: Tensor) -> Expr | None:
    """The literal table behind a typed-out array, the entry itself of a number."""
    if not t.rank:
        return t.value
    if isinstance(t.value, Index) and t.value.indices == t.indices and isinstance(t.value.base, Sequence):
        return t.value.base
    return None


def _mapping(tree: Mapping, keep: Kept) -> Meaning:
    items = []
    for key, value in tree.items:
        items.append((key if isinstance(key, str) else to_text(key), meaning(value, keep)))
    return Record(tuple(items))


_TABLE: dict[type[Expr], Callable[..., Meaning]] = {
    Number: _leaf,
    Constant: _leaf,
    Text: _text,
    Variable: _variable,
    Apply: _apply,
    Call: _call,
    Index: _index,
    Binder: _binder,
    Cases: _cases,
    Sequence: _sequence,
    Mapping: _mapping,
}
