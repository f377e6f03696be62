"""What max pooling sends back: each G[i] to the entry that was the largest of its window.

    max_pool_backward: Z[m] = Σ_i G[i] [X[m] is the largest entry of window i]

There is no value where the largest of a window is not the only one: the subgradients put weights of 0 or
more, with the sum 1, on the entries that tie, and no choice among them is the gradient.
Source: PyTorch, the backward pass of torch.nn.functional.max_pool2d; Goodfellow, Bengio, Courville, Deep
Learning (2016), §9.3.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    delta,
    disjunction,
    function,
    mul,
    subtract,
)
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, ZERO, Binder, Expr, Number, index_variable
from symderiv.operations.convolution.window import Window, over_kernel, quotient
from symderiv.operations.declaring.shapes import as_tensor, same_shape
from symderiv.operations.pooling.forward import largest, pooling_windows, positions
from symderiv.tensor import Meaning, Tensor

Windows = tuple[Window, ...]
Places = tuple[Expr, ...]
Filter = Callable[[Expr], Expr]


def max_pool_backward(
    axes: int,
    G: Meaning,
    X: Meaning,
    kernel_size: Expr | None,
    stride: Expr | None = None,
    padding: Expr = ZERO,
    dilation: Expr = ONE,
) -> Tensor:
    """Z, in the shape of X; raises ShapeError where G has not the shape of the pooled X."""
    g, x = as_tensor(G, "G"), as_tensor(X, "X")
    sliding = pooling_windows(axes, x.shape, kernel_size, stride, padding, dilation)
    pooled = (*x.shape[:-axes], *(w.outputs for w in sliding))
    if not same_shape(g.shape, pooled):
        raise ShapeError(
            f"{g.described} is not what pooling {x.described} gives", expected="G, one entry a window"
        )
    won = _won_of_two if _is_pair(sliding) else _won
    result = Tensor.of(x.shape, lambda *m: won(g, x, sliding, m))
    alone = _for_all("_i", pooled, lambda *i: _without_a_tie(x, sliding, i, result.indices))
    exists = (over_kernel("forall", t.shape, t.condition) for t in (g, x) if t.defined != TRUE)
    return result.where(conjunction(*exists, alone))


def _won(g: Tensor, x: Tensor, sliding: Windows, m: Places) -> Expr:
    """Σ_i G[i] over the windows whose largest entry X[m] is; those of other channels don't count."""
    axes = len(sliding)
    channel, at = m[:-axes], m[-axes:]

    def from_window(*i: Expr) -> Expr:
        lead, places = i[:-axes], i[-axes:]
        taps = tuple(_tap(w, p, q) for w, p, q in zip(sliding, places, at, strict=True))
        reads = conjunction(*(_reads(w, p, q) for w, p, q in zip(sliding, places, at, strict=True)))
        read = (
            m if w.dilation == ONE else w.at(p, a)
            for w, p, a, m in zip(sliding, places, taps, at, strict=True)
        )
        wins = compare("eq", x.formula(*lead, *read), largest(x, sliding, i, ()))
        here = mul(*(delta(p, q) for p, q in zip(lead, channel, strict=True)))
        return mul(g.formula(*i), cases(((conjunction(reads, wins), here),), ZERO))

    return over_kernel("sum", (*x.shape[:-axes], *(w.outputs for w in sliding)), from_window)


def _reads(w: Window, i: Expr, m: Expr) -> Expr:
    """Whether window i contains position m: m + P - s i is one of 0, d, …, d (k - 1)."""
    tap = _tap(w, i, m)
    inside = conjunction(compare("le", ZERO, tap), compare("le", tap, subtract(w.k, ONE)))
    if w.dilation == ONE:
        return inside
    whole = compare("eq", mul(w.dilation, tap), _lag(w, i, m))
    return conjunction(whole, inside, w.inside(w.at(i, tap)))


def _lag(w: Window, i: Expr, m: Expr) -> Expr:
    """How far position m lies behind the first one of window i."""
    return add(m, mul(MINUS_ONE, w.stride, i), w.low)


def _tap(w: Window, i: Expr, m: Expr) -> Expr:
    """Which entry of window i position m is, if it is one."""
    return quotient(_lag(w, i, m), w.dilation)


def _is_pair(sliding: Windows) -> bool:
    """Windows of two entries along one axis: u or v wins, as u - v is positive or negative."""
    return len(sliding) == 1 and sliding[0].k == Number(2) and sliding[0].low == sliding[0].high == ZERO


def _won_of_two(g: Tensor, x: Tensor, sliding: Windows, m: Places) -> Expr:
    """G[i] H(u - v) where X[m] is u, the first entry of window i, G[i] H(v - u) where it is the second."""
    (w,), lead, at = sliding, m[:-1], m[-1]

    def as_entry(a: Expr, other: Expr) -> Expr:
        lag = subtract(at, mul(w.dilation, a))
        i = quotient(lag, w.stride)
        whole = TRUE if w.stride == ONE else compare("eq", mul(w.stride, i), lag)
        inside = conjunction(whole, compare("le", ZERO, i), compare("le", i, subtract(w.outputs, ONE)))
        ahead = subtract(x.formula(*lead, w.at(i, a)), x.formula(*lead, w.at(i, other)))
        return cases(((inside, mul(g.formula(*lead, i), function("heaviside", ahead))),), ZERO)

    return add(as_entry(ZERO, ONE), as_entry(ONE, ZERO))


def _without_a_tie(x: Tensor, sliding: Windows, i: Places, m: Places) -> Expr:
    """No entry of window i but X[m] is its largest if X[m] is."""
    lead = i[: -len(sliding)]

    def entry(a: Places) -> Expr:
        return x.formula(*lead, *positions(sliding, i, a))

    def is_m(a: Places) -> Expr:
        at = (*lead, *positions(sliding, i, a))
        return mul(*(delta(p, q) for p, q in zip(at, m, strict=True)))

    def alike(a: Places, b: Places) -> Expr:
        return compare("eq", subtract(is_m(a), is_m(b)), ZERO)

    if _is_pair(sliding):
        first, second = (ZERO,), (ONE,)
        return disjunction(compare("ne", entry(first), entry(second)), alike(first, second))
    top = largest(x, sliding, i, ())

    def beaten(a: Places, b: Places) -> Expr:
        return disjunction(compare("ne", entry(a), top), compare("ne", entry(b), top), alike(a, b))

    return _over_window("_a", sliding, i, lambda *a: _over_window("_b", sliding, i, lambda *b: beaten(a, b)))


def _over_window(stem: str, sliding: Windows, i: Places, body: Callable[..., Expr]) -> Expr:
    """``body`` holds for each entry of window i that lies in the input."""
    at = i[-len(sliding) :]
    filters = tuple((lambda a, w=w, p=p: w.inside(w.at(p, a))) for w, p in zip(sliding, at, strict=True))
    return _for_all(stem, tuple(w.k for w in sliding), body, filters)


def _for_all(
    stem: str, sizes: tuple[Expr, ...], body: Callable[..., Expr], filters: tuple[Filter, ...] = ()
) -> Expr:
    """``body`` for every index of an array of these sizes, where the filters let it pass.

    Nested so deep that names are not looked for: none stands for an index of what it is put into.
    """
    names = tuple(index_variable(f"{stem}{k}") for k in range(len(sizes)))
    found = body(*names)
    for k in reversed(range(len(sizes))):
        passes = filters[k](names[k]) if filters else TRUE
        found = Binder("forall", found, names[k], ZERO, add(sizes[k], MINUS_ONE), passes)
    return found
