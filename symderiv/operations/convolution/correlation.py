"""correlate and convolve as NumPy and SciPy mean them, in one and two dimensions.

    correlate(x, w)[i] = Σ_a x[i + shift + a] w[a],    shift = 0 valid, -(k-1) full, -⌈(k-1)/2⌉ same
    convolve(x, w)[i]  = Σ_a x[i + shift - a] w[a],    shift = k-1 valid, 0 full, ⌊(k-1)/2⌋ same

Entries outside are zero. ``mode='valid'`` keeps the outputs that read no zero, ``'full'`` all that read an
entry, ``'same'`` as many as x has, from the middle of the full ones. The default is SciPy's ``'full'``.
Source: SciPy, scipy.signal.correlate and scipy.signal.convolve.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.errors import ShapeError
from symderiv.expression.build import (
    add,
    cases,
    compare,
    conjunction,
    disjunction,
    function,
    mul,
    negation,
    negative,
    subtract,
)
from symderiv.expression.tree import HALF, MINUS_ONE, ONE, TRUE, ZERO, Apply, Expr, Number, Text
from symderiv.operations.convolution.window import over_kernel
from symderiv.operations.declaring.forms import array_of, both, call, entry, minus, plus, shape_of, where
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import word_option
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Meaning, Tensor

MODES = ("full", "valid", "same")


@dataclass(frozen=True, slots=True)
class Slide:
    """One axis: output i and kernel entry a meet at input position i + shift ± a."""

    n: Expr
    k: Expr
    mode: str
    sign: Expr

    @property
    def reach(self) -> Expr:
        return subtract(self.k, ONE)

    @property
    def flips(self) -> bool:
        return self.sign == MINUS_ONE

    @property
    def shift(self) -> Expr:
        if self.mode == "valid":
            return self.reach if self.flips else ZERO
        if self.mode == "full":
            return ZERO if self.flips else negative(self.reach)
        middle = function("floor", mul(HALF, self.reach))
        return middle if self.flips else subtract(middle, self.reach)

    @property
    def outputs(self) -> Expr:
        sizes = {"full": add(self.n, self.reach), "valid": subtract(self.n, self.reach), "same": self.n}
        return tidy_size(sizes[self.mode])

    def at(self, i: Expr, a: Expr) -> Expr:
        return add(i, mul(self.sign, a), self.shift)

    def inside(self, position: Expr) -> Expr:
        if self.mode == "valid":
            return TRUE
        return conjunction(compare("le", ZERO, position), compare("le", position, subtract(self.n, ONE)))


def slides(x: tuple[Expr, ...], w: tuple[Expr, ...], mode: Expr, sign: Expr) -> tuple[Slide, ...]:
    """One slide an axis, or a ShapeError where ranks or sizes don't go together."""
    word = word_option(mode, "mode", MODES)
    if len(x) != len(w) or len(x) not in (1, 2):
        raise ShapeError(
            f"can't slide an array of rank {len(w)} over one of rank {len(x)}",
            expected="two vectors, or two matrices",
        )
    found = tuple(Slide(n, k, word, sign) for n, k in zip(x, w, strict=True))
    if any(isinstance(s.outputs, Number) and s.outputs.value < 1 for s in found):
        raise ShapeError("the kernel is larger than the input", cure="swap the two, or take mode='full'")
    return found


def _forward(sign: Expr) -> Callable[..., Tensor]:
    def forward(x: Meaning, w: Meaning, mode: Expr) -> Tensor:
        t, kernel = as_tensor(x, "x"), as_tensor(w, "w")
        axes = slides(t.shape, kernel.shape, mode, sign)

        def term(i: tuple[Expr, ...], a: tuple[Expr, ...]) -> Expr:
            positions = tuple(s.at(p, q) for s, p, q in zip(axes, i, a, strict=True))
            inside = conjunction(*(s.inside(p) for s, p in zip(axes, positions, strict=True)))
            return mul(cases(((inside, t.formula(*positions)),), ZERO), kernel.formula(*a))

        def reads(i: tuple[Expr, ...], a: tuple[Expr, ...]) -> Expr:
            positions = tuple(s.at(p, q) for s, p, q in zip(axes, i, a, strict=True))
            inside = conjunction(*(s.inside(p) for s, p in zip(axes, positions, strict=True)))
            return conjunction(disjunction(negation(inside), t.condition(*positions)), kernel.condition(*a))

        shape = tuple(s.outputs for s in axes)
        result = Tensor.of(shape, lambda *i: over_kernel("sum", kernel.shape, lambda *a: term(i, a)))
        if t.defined == TRUE and kernel.defined == TRUE:
            return result
        i = result.indices
        return result.where(over_kernel("forall", kernel.shape, lambda *a: reads(i, a)))

    return forward


def _by_input(sign: Expr) -> Callable[..., Expr]:
    """∂y[i]/∂x[m] = w[±(m - i - shift)], zero where that is no kernel index."""

    def jacobian(x: Expr, w: Expr, mode: Expr) -> Expr:
        axes = slides(shape_of(x), shape_of(w), mode, sign)

        def value(*at: Expr) -> Expr:
            i, m = at[: len(axes)], at[len(axes) :]
            a = tuple(_kernel_index(s, p, q) for s, p, q in zip(axes, i, m, strict=True))
            inside = both(*(_between(index, s.k) for index, s in zip(a, axes, strict=True)))
            return where(inside, entry(w, *a))

        return array_of((*(s.outputs for s in axes), *shape_of(x)), value, x, w)

    return jacobian


def _kernel_index(s: Slide, i: Expr, m: Expr) -> Expr:
    if s.flips:
        return minus(plus(i, s.shift), m)
    return minus(minus(m, i), s.shift)


def _between(index: Expr, size: Expr) -> Expr:
    return both(Apply("le", (ZERO, index)), Apply("lt", (index, size)))


def _by_kernel(sign: Expr) -> Callable[..., Expr]:
    """∂y[i]/∂w[a] = x[i + shift ± a], zero outside."""

    def jacobian(x: Expr, w: Expr, mode: Expr) -> Expr:
        axes = slides(shape_of(x), shape_of(w), mode, sign)

        def value(*at: Expr) -> Expr:
            i, a = at[: len(axes)], at[len(axes) :]
            positions = tuple(_input_index(s, p, q) for s, p, q in zip(axes, i, a, strict=True))
            checks = (
                TRUE if s.mode == "valid" else _between(p, s.n) for s, p in zip(axes, positions, strict=True)
            )
            return where(both(*checks), entry(x, *positions))

        return array_of((*(s.outputs for s in axes), *shape_of(w)), value, x, w)

    return jacobian


def _input_index(s: Slide, i: Expr, a: Expr) -> Expr:
    moved = plus(i, s.shift)
    return minus(moved, a) if s.flips else plus(moved, a)


def _back_to_input(sign: Expr) -> Callable[..., Expr | None]:
    """∂L/∂x: the other of the two with w, full for valid and valid for full."""

    def vjp(G: Expr, x: Expr, w: Expr, mode: Expr) -> Expr | None:
        word = slides(shape_of(x), shape_of(w), mode, sign)[0].mode
        if word == "same":
            return _back_from_same(sign, G, w)
        if sign == ONE and word == "valid":
            return call("correlate", G, call("flip", w), Text("full"))
        return call("convolve" if sign == ONE else "correlate", G, w, Text(_OTHER[word]))

    return vjp


_OTHER = {"full": "valid", "valid": "full"}


def _back_from_same(sign: Expr, G: Expr, w: Expr) -> Expr | None:
    """The middle of the full one, which is the same for an odd kernel alone."""
    odd = all(isinstance(k, Number) and k.value % 2 for k in shape_of(w))
    return call("convolve" if sign == ONE else "correlate", G, w, Text("same")) if odd else None


def _back_to_kernel(sign: Expr) -> Callable[..., Expr | None]:
    """∂L/∂w: the input against the gradient, turned round where the operation turns one of them."""

    def vjp(G: Expr, x: Expr, w: Expr, mode: Expr) -> Expr | None:
        word = slides(shape_of(x), shape_of(w), mode, sign)[0].mode
        if word == "same":
            return None
        pair = (G, x) if word == "full" else (x, G)
        found = call("correlate", *pair, Text("valid"))
        return call("flip", found) if (word == "full") == (sign == ONE) else found

    return vjp


def _operation(name: str, sign: Expr, formula: str) -> Operation:
    return Operation(
        name,
        (array("x"), array("w"), option("mode", Text("full"))),
        _forward(sign),
        jacobians={"x": _by_input(sign), "w": _by_kernel(sign)},
        vjps={"x": _back_to_input(sign), "w": _back_to_kernel(sign)},
        formula=formula,
        source=f"SciPy, scipy.signal.{name}",
        examples=tuple(
            {"x": x, "w": w, "mode": Text(mode)}
            for mode in MODES
            for x, w in (((5,), (2,)), ((6,), (4,)), ((3, 4), (2, 2)))
        ),
    )


CORRELATIONS = (
    _operation("correlate", ONE, "Σ_a x[i + shift + a] w[a]"),
    _operation("convolve", MINUS_ONE, "Σ_a x[i + shift - a] w[a]"),
)
