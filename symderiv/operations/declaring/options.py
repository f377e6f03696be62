"""Options as they were written (``stride=2``, ``padding='same'``, ``axis=(0, 2)``) read as exact sizes.

An option arrives as a tree, so that it may be symbolic: ``stride=s``, ``padding=k-1``.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.errors import MeaningError
from symderiv.expression import build
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Constant, Expr, Number, Sequence, Text, Variable
from symderiv.tensor import Listing, Meaning

_ARITHMETIC: dict[str, Callable[..., Expr]] = {
    "add": build.add,
    "sub": build.subtract,
    "mul": build.mul,
    "div": build.divide,
    "neg": build.negative,
    "pos": lambda a: a,
    "pow": build.power,
    "sqrt": build.sqrt,
    "floor": lambda a: build.function("floor", a),
    "floordiv": lambda a, b: build.function("floor", build.divide(a, b)),
    "mod": lambda a, b: build.subtract(a, build.mul(b, build.function("floor", build.divide(a, b)))),
}

_NO_NUMBERS = frozenset(("true", "false", "undefined"))


def scalar_option(tree: Expr, name: str) -> Expr:
    """A number or a formula in sizes, in the entry language.

    >>> from symderiv.expression.tree import Apply, Number, Variable
    >>> scalar_option(Apply("sub", (Number(3), Number(1))), "padding").value
    2
    """
    if isinstance(tree, Variable) and not (tree.kind.shape or tree.kind.function):
        stands_for = tree.definition or tree.value
        return tree if stands_for is None else scalar_option(stands_for, name)
    if isinstance(tree, Number) or (isinstance(tree, Constant) and tree.name not in _NO_NUMBERS):
        return tree
    if isinstance(tree, Apply) and tree.head in _ARITHMETIC and not tree.options:
        return _ARITHMETIC[tree.head](*(scalar_option(arg, name) for arg in tree.args))
    raise MeaningError(f"{name} can't be read", expected=f"{name} as a number or a formula in sizes")


def text_option(tree: Expr | None, name: str, choices: tuple[str, ...]) -> str | None:
    """One of a few words (``mode='full'``), or None where the option isn't a word."""
    word = tree.value if isinstance(tree, Text) else None
    if isinstance(tree, Variable) and tree.name in choices:
        word = tree.name
    if word is None:
        return None
    if word not in choices:
        raise MeaningError(f"{name} can't be '{word}'", expected=" or ".join(f"'{c}'" for c in choices))
    return word


def word_option(tree: Expr, name: str, choices: tuple[str, ...]) -> str:
    """One of a few words, where nothing else can be meant (``reduction='sum'``).

    >>> word_option(Text("sum"), "reduction", ("mean", "sum", "none"))
    'sum'
    """
    word = text_option(tree, name, choices)
    if word is None:
        raise MeaningError(f"{name} can't be read", expected=" or ".join(f"'{c}'" for c in choices))
    return word


def per_axis(tree: Expr, axes: int, name: str) -> tuple[Expr, ...]:
    """One size an axis: a single number stands for every axis, as in PyTorch."""
    if isinstance(tree, Sequence):
        if len(tree.items) == 1:
            return per_axis(tree.items[0], axes, name)
        if len(tree.items) != axes:
            raise MeaningError(
                f"{name} has {len(tree.items)} entries", expected=f"one number, or {axes} (one an axis)"
            )
        return tuple(_size(item, name) for item in tree.items)
    return (_size(tree, name),) * axes


def _size(tree: Expr, name: str) -> Expr:
    """A formula in sizes; a letter that stands for any real number is none."""
    size = scalar_option(tree, name)
    real = next((v for v in sorted(free_variables(size), key=str) if not v.kind.domain.integer), None)
    if real is None:
        return size
    raise MeaningError(f"{name} is a size, {real.name} any real number", cure=f"declare '{real.name}: size'")


def axes_option(tree: Expr | None, rank: int, default: tuple[int, ...]) -> tuple[int, ...]:
    """Axes as NumPy counts them (-1 is the last), in ascending order.

    >>> axes_option(Number(-1), 3, (0,))
    (2,)
    """
    if tree is None:
        return default
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    return tuple(sorted({_axis(scalar_option(item, "axis"), rank) for item in items}))


def one_axis(tree: Expr, rank: int) -> int:
    """The single axis that an option names."""
    axes = axes_option(tree, rank, ())
    if len(axes) != 1:
        raise MeaningError(f"{len(axes)} axes", expected="one axis")
    return axes[0]


def _axis(axis: Expr, rank: int) -> int:
    if not isinstance(axis, Number) or not isinstance(axis.value, int) or not -rank <= axis.value < rank:
        raise MeaningError("there is no such axis", expected=f"an axis from {-rank} to {rank - 1}")
    return axis.value % rank


def flag_option(tree: Expr, name: str) -> bool:
    """``true`` or ``false``."""
    if isinstance(tree, Variable) and tree.name in ("True", "False"):
        return tree.name == "True"
    if isinstance(tree, Constant) and tree.name in ("true", "false"):
        return tree.name == "true"
    raise MeaningError(f"{name} can't be read", expected=f"{name}=true or {name}=false")


def count_option(tree: Expr, name: str) -> int:
    """A positive whole number that must be known (``groups=2``)."""
    value = scalar_option(tree, name)
    if not isinstance(value, Number) or not isinstance(value.value, int) or value.value < 1:
        raise MeaningError(f"{name} must be a positive whole number")
    return value.value


def groups_option(tree: Expr) -> Expr:
    """How many groups there are: a positive whole number, or a letter for one (``groups=C``)."""
    value = scalar_option(tree, "groups")
    return Number(count_option(tree, "groups")) if isinstance(value, Number) or not is_size(value) else value


def is_size(value: Expr) -> bool:
    """Whether it is made of names for sizes and products of these."""
    if isinstance(value, Variable):
        return value.kind.domain.integer and value.kind.domain.is_positive
    return (
        isinstance(value, Apply)
        and value.head == "mul"
        and all(
            is_size(f) or (isinstance(f, Number) and isinstance(f.value, int) and f.value > 0)
            for f in value.args
        )
    )


def several(parts: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """What is given one by one, or in one list: ``max(a, b)``, ``concat([a, b])``."""
    if len(parts) == 1 and isinstance(parts[0], Listing):
        return parts[0].items
    return parts
