"""What a convolution sends back: ∂L/∂X and ∂L/∂K for a given G = ∂L/∂H, convolutions themselves.

    ∂L/∂X = conv(G, flip(K), padding=d (k-1) - P)              stride 1, one channel
    ∂L/∂X = conv_transpose(G, K, …)                            in general
    ∂L/∂K[n,c] = Σ_b conv(X[b,c], G[b,n])                      stride and dilation exchanged
    ∂L/∂b = Σ G                                                over everything but the filters

Where the last stride leaves entries over, a result may be longer than what it is the gradient of: its first
entries are meant.
Source: Dumoulin and Visin (2016), §4; Goodfellow, Bengio, Courville, Deep Learning (2016), §9.5.
"""

from __future__ import annotations

from symderiv.equality.integers.whole import is_whole
from symderiv.expression.build import add, divide, mul, negative, subtract
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import MINUS_ONE, ONE, ZERO, Apply, Expr, Number, Sequence, Text
from symderiv.operations.convolution.forward import Convolution, convolution
from symderiv.operations.convolution.window import Window, quotient
from symderiv.operations.declaring.forms import array_of, call, entry, plus, shape_of, times, total
from symderiv.operations.declaring.sizes import split_off_number, tidy_size


def given(**options: Expr) -> tuple[tuple[str, Expr], ...]:
    """Options that say something: not 1 for stride, dilation, groups, not 0 for padding."""
    plain = {"stride": ONE, "dilation": ONE, "groups": ONE, "padding": ZERO, "output_padding": ZERO}
    return tuple((name, value) for name, value in options.items() if value != plain[name])


def per_axis(sizes: list[Expr]) -> Expr:
    """One number if all axes agree."""
    return sizes[0] if all(size == sizes[0] for size in sizes) else Sequence(tuple(sizes), "tuple")


def per_side(sides: list[tuple[Expr, Expr]]) -> Expr:
    """One number an axis where before and behind agree, else pairs."""
    if all(low == high for low, high in sides):
        return per_axis([low for low, _ in sides])
    return Sequence(tuple(Sequence(pair, "tuple") for pair in sides), "tuple")


def first(sizes: tuple[Expr, ...], array: Expr, start: tuple[Expr, ...] = (), lead: int = 0) -> Expr:
    """So many entries of an array along each axis, from the first or from ``start`` on: ``Y[:, :n, :m]``."""
    offsets = start or (ZERO,) * len(sizes)
    for axis, (begin, size) in enumerate(zip(offsets, sizes, strict=True)):
        if axis >= lead:
            ends = {"stop": readable(tidy_size(add(begin, size))), "axis": Number(axis)}
            array = call("slice", array, **({} if begin == ZERO else {"start": readable(begin)}), **ends)
    return array


def rest(w: Window) -> int | None:
    """What the last stride leaves over: (n + 2P - d (k-1) - 1) mod s; None where letters leave it open."""
    if w.stride == ONE:
        return 0
    letters, number = split_off_number(add(w.n, w.low, w.high, negative(w.reach), MINUS_ONE))
    if isinstance(w.stride, Number) and is_whole(divide(letters, w.stride)):
        return int(number.value % w.stride.value)
    return None


def by_input(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr | None:
    """∂L/∂X; none for a stride that is a letter with other zeros before than behind."""
    setting = convolution(axes, shape_of(X), shape_of(K), *options)
    if _may_be_turned_round(setting):
        return _with_flipped(setting, G, K)
    return spread_back(setting, G, K)


def _may_be_turned_round(setting: Convolution) -> bool:
    """Stride 1; with zeros around, those of "full", or other ones before than behind."""
    if any(w.stride != ONE for w in setting.windows) or setting.groups != ONE:
        return False
    plain = all((w.dilation, w.low, w.high) == (ONE, ZERO, ZERO) for w in setting.windows)
    if plain:
        return setting.bare
    sides = [(w.low, w.high) for w in setting.windows]
    full = all(low == high == w.reach for w, (low, high) in zip(setting.windows, sides, strict=True))
    reaches = all(map(_reaches_over, setting.windows))
    return (full and setting.bare) or (reaches and any(low != high for low, high in sides))


def _reaches_over(w: Window) -> bool:
    """Whether no side has more zeros than the kernel reaches: as numbers, or because they make its reach."""
    match w.low, w.high, w.reach:
        case Number(value=low), Number(value=high), Number(value=reach):
            return max(low, high) <= reach
    return tidy_size(subtract(add(w.low, w.high), w.reach)) == ZERO


def _with_flipped(setting: Convolution, G: Expr, K: Expr) -> Expr:
    """Σ_n conv(G[n], flip(K[n,c])), with the zeros that the convolution itself lacked of a full one."""
    plain = all((w.dilation, w.low, w.high) == (ONE, ZERO, ZERO) for w in setting.windows)
    zeros = per_side([_complement(w) for w in setting.windows])
    dilation = per_axis([w.dilation for w in setting.windows])
    options = given(padding=Text("full") if plain else zeros, dilation=dilation)

    def turned(G: Expr, K: Expr) -> Expr:
        return Apply(f"conv{setting.axes}d", (G, call("flip", K)), options)

    if setting.bare:
        return turned(G, K)

    def channel(*at: Expr) -> Expr:
        *b, c = at
        return total(setting.filters[0], lambda n: turned(entry(G, *b, n), entry(K, n, c)), *at)

    return array_of((*setting.batch, setting.channels), channel, G, K)


def _complement(w: Window) -> tuple[Expr, Expr]:
    return tidy_size(subtract(w.reach, w.low)), tidy_size(subtract(w.reach, w.high))


def spread_back(setting: Convolution, G: Expr, K: Expr) -> Expr | None:
    """conv_transpose(G, K), its first entries where letters leave open how many it has."""
    lettered = [not isinstance(w.stride, Number) for w in setting.windows]
    if any(lettered) and any(w.low != w.high for w in setting.windows):
        return None
    rests = [rest(w) for w in setting.windows]
    known = (left is not None or letter for left, letter in zip(rests, lettered, strict=True))
    exact = all(w.low == w.high for w in setting.windows) and all(known)
    zeros = [_common(w) for w in setting.windows]
    options = given(
        stride=per_axis([w.stride for w in setting.windows]),
        padding=per_axis(zeros),
        output_padding=per_axis([_lacking(w, P) for w, P in zip(setting.windows, zeros, strict=True)]),
        groups=readable(setting.groups),
        dilation=per_axis([w.dilation for w in setting.windows]),
    )
    spread = Apply(f"conv_transpose{setting.axes}d", (G, K), options)
    if exact:
        return spread
    lead = len(setting.x_shape) - setting.axes
    before = (tidy_size(subtract(w.low, P)) for w, P in zip(setting.windows, zeros, strict=True))
    return first(setting.x_shape, spread, ((ZERO,) * lead + tuple(before)), lead)


def _common(w: Window) -> Expr:
    """How many zeros both sides have."""
    if isinstance(w.low, Number) and isinstance(w.high, Number):
        return min(w.low, w.high, key=lambda size: size.value)
    return w.low if w.low == w.high else ZERO


def _lacking(w: Window, padding: Expr) -> Expr:
    """How many entries the spread gradient lacks of the input; for letters as many as it may lack.

    (n + 2P - d (k-1) - 1) mod s of a stride that is a letter itself.
    """
    left = rest(w)
    if not isinstance(w.stride, Number):
        room = tidy_size(add(w.n, w.low, w.high, negative(w.reach), MINUS_ONE))
        over = tidy_size(subtract(room, mul(w.stride, quotient(room, w.stride))))
        return over if isinstance(over, Number) else Apply("mod", (readable(room), readable(w.stride)))
    if left is None:
        return tidy_size(subtract(w.stride, ONE))
    more = subtract(w.high, padding)
    return Number(max(0, left - int(more.value))) if isinstance(more, Number) else Number(left)


def by_kernel(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr | None = None, *options: Expr) -> Expr:
    """∂L/∂K: each channel of the input against each channel of G, added up over the batch."""
    setting = convolution(axes, shape_of(X), shape_of(K), *options)
    if setting.bare:
        return _met(setting, X, G)

    def slice_of(n: Expr, c: Expr) -> Expr:
        read = _channel(setting, n, c)
        if not setting.batch:
            return _met(setting, entry(X, read), entry(G, n))
        (size,) = setting.batch
        return total(size, lambda b: _met(setting, entry(X, b, read), entry(G, b, n)), n, c, X, G)

    return array_of((setting.filters[0], setting.channels), slice_of, X, G)


def _met(setting: Convolution, x: Expr, g: Expr) -> Expr:
    """Σ_i G[i] X[s i + d a - P], for one channel: stride and dilation have changed places."""
    options = given(
        stride=per_axis([w.dilation for w in setting.windows]),
        padding=per_side([(w.low, w.high) for w in setting.windows]),
        dilation=per_axis([w.stride for w in setting.windows]),
    )
    if not options and setting.axes < 3 and not setting.bare:
        return call("correlate", x, g, Text("valid"))
    found = Apply(f"conv{setting.axes}d", (x, g), options)
    exact = all(_is_less(rest(w), w.dilation) for w in setting.windows)
    return found if exact else first(setting.kernel, found)


def _is_less(left: int | None, dilation: Expr) -> bool:
    return left == 0 or (left is not None and isinstance(dilation, Number) and left < dilation.value)


def _channel(setting: Convolution, n: Expr, c: Expr) -> Expr:
    """The input channel that filter n reads as its channel c."""
    if setting.groups == ONE:
        return c
    per_group = readable(setting.filters_of_a_group)
    group = n if per_group == ONE else Apply("floordiv", (n, per_group))
    inner = ZERO if setting.channels == ONE else c
    return plus(times(group, setting.channels), inner)


def by_bias(axes: int, G: Expr, X: Expr, K: Expr, bias: Expr, *options: Expr) -> Expr:
    """∂L/∂b = Σ G over batch and space."""
    return over_filters(G, axes, len(shape_of(K)) == axes)


def over_filters(G: Expr, axes: int, bare: bool) -> Expr:
    """Σ G over all axes but the filters."""
    if bare:
        return call("sum", G)
    rank = len(shape_of(G))
    summed = (axis for axis in range(rank) if axis != rank - axes - 1)
    return call("sum", G, axis=Sequence(tuple(map(Number, summed)), "tuple"))
