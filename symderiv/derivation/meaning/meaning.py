"""What a tree means: shape, entry formula and domain, operation by operation.

Definitions of names are put in on the way, except of names that are ``kept``: these stay symbols, so
that a derivative can be taken with respect to them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from symderiv.derivation.dependence import depends
from symderiv.derivation.meaning.choosing import chosen
from symderiv.derivation.meaning.indexing import entry, item
from symderiv.derivation.meaning.literal import in_numbers
from symderiv.derivation.meaning.over_ranges import over_range
from symderiv.derivation.meaning.ranges import range_of
from symderiv.derivation.meaning.reads import with_reads
from symderiv.derivation.meaning.stacking import listed
from symderiv.errors import MeaningError, ShapeError, SymderivError
from symderiv.expression.build import conjunction
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import (
    FALSE,
    TRUE,
    UNDEFINED,
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
from symderiv.operations.declaring.shapes import as_tensor, drop_ones, same_shape
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
    return Tensor((), (), tree, FALSE if tree == UNDEFINED else TRUE)


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
    from symderiv.derivation.meaning.forms import FORMS

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
    return item(base, places, tree) if isinstance(base, Listing) else entry(base, places, tree)


def _binder(tree: Binder, keep: Kept) -> Meaning:
    keep = keep - {tree.variable}
    lower, upper = _bounds(tree, keep)
    body = as_tensor(meaning(tree.body, keep), f"a {tree.kind}")
    condition = tensor_of(tree.condition, keep).value
    return over_range(tree, lower, upper, body, condition, lambda part: tensor_of(part, keep))


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


def _cases(tree: Cases, keep: Kept) -> Meaning:
    conditions = [drop_ones(tensor_of(condition, keep)) for condition, _ in tree.branches]
    values = [drop_ones(tensor_of(value, keep)) for _, value in tree.branches]
    if tree.otherwise is not None and tree.otherwise != UNDEFINED:
        values.append(drop_ones(tensor_of(tree.otherwise, keep)))
    return chosen(conditions, values)


def _sequence(tree: Sequence, keep: Kept) -> Meaning:
    return listed(tree.kind, tuple(meaning(item, keep) for item in tree.items))


def _mapping(tree: Mapping, keep: Kept) -> Meaning:
    items: dict[str, Meaning] = {}
    for key, value in tree.items:
        name, found = key if isinstance(key, str) else to_text(key), meaning(value, keep)
        if items.setdefault(name, found) != found:
            raise MeaningError(f"{name} is given twice", expected="one value for each name")
    return Record(tuple(items.items()))


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
