"""Stretches of an array along one axis, as Python writes them, and the entries at one place of an axis.

    slice(x, start=a, stop=b) = x[a:b]          y[i] = x[a + i] for i = 0 … b - a - 1
    slice(x, start=a, stop=b, step=s) = x[a:b:s]     y[i] = x[a + s i] for i = 0 … ⌈(b - a)/s⌉ - 1
    take(X, j, axis=1) = X[:, j]                y[i] = X[i, j]

Ends count from 0, a negative number from the end; an end that isn't given is that of the axis. What lies
beyond the axis is refused: where Python would cut a slice short, a size would be other than it looks.
Source: Python 3, slice; NumPy 2.1, numpy.take with one place.
"""

from __future__ import annotations

from symderiv.errors import MeaningError, ShapeError
from symderiv.expression.build import add, compare, conjunction, divide, mul, subtract
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Apply, Expr, Number, Variable
from symderiv.operations.arrays.elementwise import floor
from symderiv.operations.declaring.forms import array_of, call, delta, entry, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import count_option, one_axis, per_axis
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.declaring.sizes import split_off_number, tidy_size
from symderiv.tensor import Meaning, Tensor

Ends = tuple[Expr, Expr, int]


def ends(start: Expr | None, stop: Expr | None, step: Expr | None, n: Expr) -> Ends:
    """The first place, the one past the last, and the step, counted from 0.

    >>> first, past, step = ends(Number(1), Number(-1), None, Number(5))
    >>> first.value, past.value, step
    (1, 4, 1)
    """
    first = ZERO if start is None else _from_start(start, n)
    past = n if stop is None else _from_start(stop, n)
    return first, past, 1 if step is None else count_option(step, "the step of a slice")


def _from_start(end: Expr, n: Expr) -> Expr:
    """``-k`` counts from the end, whatever the number k is."""
    (place,) = per_axis(end, 1, "an end of a slice")
    if isinstance(place, Number) and not isinstance(place.value, int):
        raise MeaningError(f"an end of a slice can't be {to_text(place)}", expected="a whole number")
    from_behind = isinstance(end, Apply) and end.head == "neg"
    return (
        tidy_size(add(n, place)) if from_behind or (isinstance(place, Number) and place.value < 0) else place
    )


def length(first: Expr, past: Expr, step: int) -> Expr:
    """⌈(b - a)/s⌉, how many places there are."""
    whole = tidy_size(subtract(past, first))
    return whole if step == 1 else floor(divide(add(whole, Number(step - 1)), Number(step)))


def sliced(x: Meaning, start: Expr | None, stop: Expr | None, step: Expr | None, axis: Expr | None) -> Tensor:
    """Every ``step``-th entry from ``start`` to before ``stop``; raises where that is beyond the axis."""
    t = as_tensor(x, "a slice")
    if not t.rank:
        raise ShapeError("a number has no slices", expected="an array")
    along = _axis(axis, t.rank)
    n = t.shape[along]
    first, past, by = ends(start, stop, step, n)
    within = conjunction(*(_at_most(low, high, n) for low, high in ((ZERO, first), (first, past), (past, n))))

    def source(at: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return (*at[:along], add(first, mul(Number(by), at[along])), *at[along + 1 :])

    shape = (*t.shape[:along], length(first, past, by), *t.shape[along + 1 :])
    result = Tensor.of(shape, lambda *at: t.formula(*source(at)))
    return result.where(conjunction(within, t.condition(*source(result.indices))))


def _axis(axis: Expr | None, rank: int) -> int:
    return 0 if axis is None else one_axis(axis, rank)


def _at_most(low: Expr, high: Expr, n: Expr) -> Expr:
    """``low <= high``, nothing where it holds for all sizes."""
    room = tidy_size(subtract(high, low))
    rest, number = split_off_number(room)
    if rest == ZERO and number.value < 0:
        size = to_text(readable(n))
        raise MeaningError(
            f"this slice does not lie in an axis of length {size}", expected=f"0 <= start <= stop <= {size}"
        )
    return TRUE if _is_never_negative(rest, number) else compare("le", low, high)


def _is_never_negative(rest: Expr, number: Number) -> bool:
    """Of a size, which is at least 1, or none, and a number."""
    if rest == ZERO:
        return True
    return isinstance(rest, Variable) and rest.kind.counts and number.value >= -1


def taken(x: Meaning, j: Meaning, axis: Expr | None) -> Tensor:
    """The entries at place j of an axis: an array of one axis less."""
    t, place = as_tensor(x, "take"), as_tensor(j, "a place")
    if not t.rank or place.rank:
        raise ShapeError(f"take of {t.described} at {place.described}", expected="an array and one place")
    along, k = _axis(axis, t.rank), place.value
    n = t.shape[along]
    if isinstance(k, Number) and (k.value < 0 or (isinstance(n, Number) and k.value >= n.value)):
        last = to_text(readable(add(n, MINUS_ONE)))
        raise MeaningError(f"index {to_text(k)} is out of range", expected=f"0 … {last}")
    result = Tensor.of(
        (*t.shape[:along], *t.shape[along + 1 :]), lambda *at: t.formula(*at[:along], k, *at[along:])
    )
    at = result.indices
    is_free = any(name.kind.index for name in free_variables(k))  # asks only about the entries that there are
    within = TRUE if is_free else conjunction(compare("le", ZERO, k), compare("lt", k, n))
    return result.where(conjunction(within, place.defined, t.condition(*at[:along], k, *at[along:])))


def _setting(
    x: Expr, start: Expr | None, stop: Expr | None, step: Expr | None, axis: Expr | None
) -> tuple[int, Ends]:
    along = _axis(axis, len(shape_of(x)))
    return along, ends(start, stop, step, shape_of(x)[along])


def _rows_of_unit(
    x: Expr, start: Expr | None, stop: Expr | None, step: Expr | None, axis: Expr | None
) -> Expr:
    """Rows a … b - 1 of a unit matrix, beside unit matrices for the other axes: 1 ⊗ I[a:b] ⊗ 1."""
    along, (first, past, by) = _setting(x, start, stop, step, axis)
    sizes = shape_of(x)
    given = {
        name: value for name, value in (("start", start), ("stop", stop), ("step", step)) if value is not None
    }
    rows = call("slice", call("eye", sizes[along]), **given)
    outputs = (*sizes[:along], length(first, past, by), *sizes[along + 1 :])
    return _beside_units(rows, along, outputs, sizes)


def _beside_units(rows: Expr, along: int, outputs: tuple[Expr, ...], sizes: tuple[Expr, ...]) -> Expr:
    """1 ⊗ S ⊗ 1 with an axis for each output and each input."""
    if len(sizes) == 1:
        return rows
    flat = rows
    if sizes[along + 1 :]:
        flat = call("kron", flat, call("eye", mul(*sizes[along + 1 :])))
    if along:
        flat = call("kron", call("eye", mul(*sizes[:along])), flat)
    return call("reshape", flat, *outputs, *sizes)


def _put_back(
    G: Expr, x: Expr, start: Expr | None, stop: Expr | None, step: Expr | None, axis: Expr | None
) -> Expr | None:
    """G in its place, zeros before and behind it."""
    along, (first, past, by) = _setting(x, start, stop, step, axis)
    sizes = shape_of(x)
    if by > 1:
        return None
    before, behind = first, tidy_size(subtract(sizes[along], past))

    def zeros(count: Expr) -> tuple[Expr, ...]:
        shape = (*sizes[:along], count, *sizes[along + 1 :])
        return () if count == ZERO else (call("zeros", *shape),)

    parts = (*zeros(before), G, *zeros(behind))
    if len(parts) == 1:
        return G
    return Apply("concat", parts, (("axis", Number(along)),) if along else ())


def _hot(x: Expr, j: Expr, axis: Expr | None) -> Expr:
    """1 ⊗ e_jᵀ ⊗ 1."""
    along, sizes = _axis(axis, len(shape_of(x))), shape_of(x)
    hot = call("one_hot", j, sizes[along])
    if len(sizes) == 1:
        return hot
    return _beside_units(call("transpose", hot), along, (*sizes[:along], *sizes[along + 1 :]), sizes)


def _spread(G: Expr, x: Expr, j: Expr, axis: Expr | None) -> Expr | None:
    """G at place j of the axis, zeros elsewhere: the column G of ``G e_jᵀ``."""
    along, sizes = _axis(axis, len(shape_of(x))), shape_of(x)
    if len(sizes) == 2:
        hot = call("one_hot", j, sizes[along])
        return times(G, call("transpose", hot)) if along else times(hot, call("transpose", G))
    return array_of(
        sizes, lambda *at: times(entry(G, *at[:along], *at[along + 1 :]), delta(at[along], j)), G, x, j
    )


SLICING = (
    Operation(
        "slice",
        (array("x"), option("start"), option("stop"), option("step"), option("axis")),
        sliced,
        elementary=True,
        jacobians={"x": _rows_of_unit},
        vjps={"x": _put_back},
        formula="x[a:b]",
        source="Python 3, slice",
        examples=(
            {"x": (5,), "start": ONE, "stop": Number(3)},
            {"x": (4,), "stop": Number(-1)},
            {"x": (5,), "start": ONE, "step": Number(2)},
            {"x": (3, 4), "start": Number(2), "axis": ONE},
            {"x": (3, 2), "stop": Number(2)},
        ),
    ),
    Operation(
        "take",
        (array("x"), array("j"), option("axis")),
        taken,
        elementary=True,
        jacobians={"x": _hot},
        vjps={"x": _spread},
        formula="X[:, j]",
        source="NumPy, numpy.take",
        examples=(
            {"x": (3, 4), "j": Number(2), "axis": ONE},
            {"x": (3,), "j": ZERO},
            {"x": (2, 3, 2), "j": ONE, "axis": ONE},
        ),
    ),
)
