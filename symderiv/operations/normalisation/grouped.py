"""Normalisation of each image by itself: of its channels one by one, or of groups of channels.

    instance_norm(X):           x̂ over the axes behind the channels
    group_norm(X, num_groups):  x̂ over these axes and the C/num_groups channels of a group

X is (B, C, …); γ and β have a number for each channel. For two entries that are averaged together
∂x̂_i/∂x_j = (δ_ij - (1 + x̂_i x̂_j)/N)/σ, and zero for all others.
Sources: Ulyanov, Vedaldi and Lempitsky (2016); Wu and He (2018).
"""

from __future__ import annotations

from symderiv.equality.integers.whole import is_whole
from symderiv.errors import ShapeError
from symderiv.expression.build import add, divide, function, mul
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ONE, ZERO, Apply, Expr, Number
from symderiv.operations.declaring.counting import Work, work_of
from symderiv.operations.declaring.counting import array as letters
from symderiv.operations.declaring.forms import array_of, call, deltas, entry, plus, shape_of, times
from symderiv.operations.declaring.operation import Operation, array, option, optional_array
from symderiv.operations.declaring.options import scalar_option
from symderiv.operations.declaring.shapes import as_tensor, same_size
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.operations.normalisation import vjps
from symderiv.operations.normalisation.declared import by_parameter, three_terms_at
from symderiv.operations.normalisation.forward import Line, batch_norm, lines, parameter_of, scaled, standard
from symderiv.tensor import Meaning, Tensor

TWO = Number(2)
At = tuple[Expr, ...]


def _images(X: Meaning) -> Tensor:
    t = as_tensor(X, "X")
    if t.rank < 3:
        raise ShapeError(f"the channels of {t.described}", expected="images (B, C, …)")
    return t


def instance_norm(
    X: Meaning, gamma: Meaning | None = None, beta: Meaning | None = None, eps: Expr = ZERO
) -> Tensor:
    """γ_c (x - μ)/√(σ² + ε) + β_c, μ and σ² over one channel of one image."""
    t = _images(X)
    shape = t.shape[1:2]
    own = parameter_of(gamma, shape, "gamma"), parameter_of(beta, shape, "beta")
    normal = standard(scalar_option(eps, "eps"))
    return scaled(t, lines(t, _behind(t.shape)), normal, lambda at: at[1:2], *own)


def _behind(shape: At) -> tuple[int, ...]:
    """The axes behind the channels."""
    return tuple(range(2, len(shape)))


class Group(Line):
    """All entries that share their image and their group of channels with the one at ``at``."""

    def __init__(self, t: Tensor, channels: Expr, at: At) -> None:
        super().__init__(t, (1, *_behind(t.shape)), at)
        self.channels = channels
        self.sizes = (channels, *t.shape[2:])

    def place(self, moved: At) -> At:
        one = same_size(self.channels, self.t.shape[1])
        first = ZERO if one else mul(self.channels, _group_of(self.at[1], self.channels))
        return self.at[0], tidy_size(add(first, moved[0])), *moved[1:]


def _group_of(channel: Expr, channels: Expr) -> Expr:
    return function("floor", divide(channel, channels))


def group_norm(
    X: Meaning,
    num_groups: Expr | None,
    gamma: Meaning | None = None,
    beta: Meaning | None = None,
    eps: Expr = ZERO,
) -> Tensor:
    """γ_c (x - μ)/√(σ² + ε) + β_c, μ and σ² over the channels of one group of one image."""
    t = _images(X)
    channels = _channels(t.shape, num_groups)
    shape = t.shape[1:2]
    own = parameter_of(gamma, shape, "gamma"), parameter_of(beta, shape, "beta")

    return scaled(
        t, lambda at: Group(t, channels, at), standard(scalar_option(eps, "eps")), lambda at: at[1:2], *own
    )


def _channels(shape: At, num_groups: Expr | None) -> Expr:
    """C/G, the channels of one group."""
    if num_groups is None:
        raise ShapeError("group_norm needs its num_groups", cure="write group_norm(X, 2)")
    groups = scalar_option(num_groups, "num_groups")
    channels = _in_one(shape[1], groups)
    if not is_whole(channels) or (isinstance(groups, Number) and groups.value < 1):
        raise ShapeError(
            f"{to_text(shape[1])} channels in {to_text(groups)} groups",
            expected="as many channels in each group",
            cure="write the channels as groups times a size, X: tensor(B, G*c, H, W)",
        )
    return channels


def group_work(
    X: Meaning,
    num_groups: Expr,
    gamma: Meaning | None = None,
    beta: Meaning | None = None,
    eps: Expr = ZERO,
) -> Work:
    """μ and σ² once for each group; a product and a sum an entry for γ and β."""
    shape = as_tensor(X).shape
    channels = _channels(shape, num_groups)
    apart = letters("X", shape[0], num_groups, channels, *shape[2:])
    axes = vjps.axes_tree(tuple(range(2, apart.rank)))
    entries = mul(*shape)
    own = Work(ZERO if gamma is None else entries, ZERO if beta is None else entries)
    return work_of(batch_norm(apart, axis=axes, eps=eps)) + own


def _instance_by_x(X: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    shape = shape_of(X)
    axes = _behind(shape)
    normal, sigma = vjps.normal_of("instance_norm", X, eps), vjps.deviation(X, axes, eps)
    n = mul(*shape[2:])

    def value(*at: Expr) -> Expr:
        i, j = at[: len(shape)], at[len(shape) :]
        scale = ONE if gamma is None else entry(gamma, i[1])
        terms = three_terms_at(i, j, axes, normal, n, entry(sigma, *i[:2]))
        return times(deltas(i[:2], j[:2]), scale, terms)

    return array_of((*shape, *shape), value, X, *(t for t in (gamma, eps) if t is not None))


def _instance_back(G: Expr, X: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    """∂L/∂X: γ/σ (G - mean G - x̂ mean(G x̂)), means over one channel of one image."""
    axes = _behind(shape_of(X))
    normal, sigma = vjps.normal_of("instance_norm", X, eps), vjps.deviation(X, axes, eps)
    return vjps.of_array(X, G, gamma, lambda at: at[1:2], (normal, sigma, axes), True)


def _all_but_channels(X: Expr) -> tuple[int, ...]:
    return (0, *_behind(shape_of(X)))


def _in_one(channels: Expr, groups: Expr) -> Expr:
    """C/G, where G is a letter too if it is a factor of C."""
    if isinstance(channels, Apply) and channels.head == "mul" and groups in channels.args:
        rest = list(channels.args)
        rest.remove(groups)
        return mul(*rest)
    return divide(channels, groups)


class Grouped:
    """group_norm at names: x̂, and the array with an axis of its own for the groups."""

    def __init__(self, X: Expr, num_groups: Expr, eps: Expr) -> None:
        self.shape = shape_of(X)
        self.channels = _channels(self.shape, num_groups)
        given = () if eps == ZERO else (("eps", eps),)
        self.normal: Expr = Apply("group_norm", (X, num_groups), given)
        self.apart = (self.shape[0], num_groups, self.channels, *self.shape[2:])
        self.axes = tuple(range(2, len(self.apart)))

    def in_groups(self, a: Expr) -> Expr:
        """(B, C, …) as (B, G, C/G, …)."""
        return call("reshape", a, *map(readable, self.apart))


def _group_made_of(X: Expr, num_groups: Expr, gamma: Expr | None, beta: Expr | None, eps: Expr) -> Expr:
    """γ x̂ + β, x̂ a batch norm of (B, G, C/G, …) over the axes behind the groups."""
    whole = Grouped(X, num_groups, eps)
    given = () if eps == ZERO else (("eps", eps),)
    options = (("axis", vjps.axes_tree(whole.axes)), *given)
    normal = Apply("batch_norm", (whole.in_groups(X),), options)
    found = call("reshape", normal, *map(readable, whole.shape))
    if gamma is not None:
        found = call("hadamard", vjps.beside(gamma, whole.shape, lambda at: at[1:2]), found)
    return found if beta is None else plus(found, vjps.beside(beta, whole.shape, lambda at: at[1:2]))


def _to_channels(G: Expr, X: Expr, factor: Expr | None) -> Expr:
    return vjps.to_parameter(G, X, _all_but_channels(X), factor)


_EPS = option("eps", ZERO)
_OWN = (optional_array("gamma"), optional_array("beta"), _EPS)
_KINKS = "not defined where all entries of a {} are equal and ε = 0"

GROUPED = (
    Operation(
        "instance_norm",
        (array("X"), *_OWN),
        instance_norm,
        jacobians={
            "X": _instance_by_x,
            "gamma": lambda X, gamma, beta, eps: by_parameter(
                X, gamma, lambda at: at[1:2], vjps.normal_of("instance_norm", X, eps)
            ),
            "beta": lambda X, gamma, beta, eps: by_parameter(X, beta, lambda at: at[1:2], None),
        },
        vjps={
            "X": _instance_back,
            "gamma": lambda G, X, gamma, beta, eps: _to_channels(
                G, X, vjps.normal_of("instance_norm", X, eps)
            ),
            "beta": lambda G, X, gamma, beta, eps: _to_channels(G, X, None),
        },
        formula="γ (X - μ) / √(σ² + ε) + β, μ and σ² of each channel of each image",
        weights=("gamma", "beta"),
        kinks=_KINKS.format("channel"),
        source="Ulyanov, Vedaldi and Lempitsky (2016)",
        examples=(
            {"X": (2, 2, 3)},
            {"X": (1, 2, 2, 2), "gamma": (2,), "beta": (2,), "eps": TWO},
            {"X": (2, 1, 2, 1), "gamma": (1,)},
        ),
    ),
    Operation(
        "group_norm",
        (array("X"), option("num_groups"), *_OWN),
        group_norm,
        jacobians={
            "gamma": lambda X, num_groups, gamma, beta, eps: by_parameter(
                X, gamma, lambda at: at[1:2], Grouped(X, num_groups, eps).normal
            ),
            "beta": lambda X, num_groups, gamma, beta, eps: by_parameter(X, beta, lambda at: at[1:2], None),
        },
        made_of=_group_made_of,
        formula="γ (X - μ) / √(σ² + ε) + β, μ and σ² of each group of channels of each image",
        weights=("gamma", "beta"),
        kinks=_KINKS.format("group"),
        source="Wu and He (2018)",
        work=group_work,
        numeric_with=("num_groups",),
        examples=(
            {"X": (2, 2, 2), "num_groups": ONE},
            {"X": (1, 4, 2), "num_groups": TWO, "gamma": (4,), "beta": (4,), "eps": TWO},
            {"X": (1, 4, 1, 2), "num_groups": TWO, "gamma": (4,)},
        ),
    ),
)
