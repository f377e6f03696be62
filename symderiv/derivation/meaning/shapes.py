"""The shape of a tree, read off its operations: what the entries are need not be worked out for it.

Of trees that have a meaning, kept on the node that was asked (names that are equal may be defined in
different ways, so that nothing is remembered by what a tree says). Where an operation has no rule here, its
meaning is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.meaning.meaning import scalar_of, tensor_of
from symderiv.expression.build import add, mul
from symderiv.expression.tree import MINUS_ONE, ONE, TRUE, Apply, Expr, Index, Number, Sequence, Variable
from symderiv.operations.declaring.shapes import is_one

Shape = tuple[Expr, ...]


def shape_of(tree: Expr) -> Shape:
    """The sizes of an array, none of a number.

    >>> from symderiv.expression.kinds import Kind
    >>> W, x = (Variable(name, Kind(shape=tuple(map(Number, n)))) for name, n in (("W", (2, 3)), ("x", (3,))))
    >>> [size.value for size in shape_of(Apply("tanh", (Apply("mul", (W, x)),)))]
    [2]
    """
    if tree.sizes is None:
        found = None if tree.meant is not None else _read_off(tree)
        tree.sizes = tuple(tensor_of(tree).shape) if found is None else found
    return tree.sizes


def _read_off(tree: Expr) -> Shape | None:
    match tree:
        case Number():
            return ()
        case Variable(definition=None, value=None) if not tree.kind.function:
            return None if None in tree.kind.shape else tuple(n for n in tree.kind.shape if n is not None)
        case Variable(definition=Apply() | Index() as definition):
            return shape_of(definition)
        case Index(base=Apply() | Variable() as base):
            shape = shape_of(base)
            return shape[len(tree.indices) :] if len(tree.indices) <= len(shape) else None
        case Apply(head=head) if tree.args and (not tree.options or head in _WITH_OPTIONS):
            rule = _RULES.get(head)
            return None if rule is None else rule(tree)
    return None


def _same(tree: Apply) -> Shape | None:
    """Of a function taken entry by entry."""
    return shape_of(tree.args[0]) if len(tree.args) == 1 else None


def _first(tree: Apply) -> Shape | None:
    """Of what an operation keeps the shape of, whatever its options are."""
    return shape_of(tree.args[0])


def _reduced(tree: Apply) -> Shape | None:
    """Of one array along an axis, or along all of them."""
    shape = shape_of(tree.args[0]) if len(tree.args) == 1 else ()
    said = dict(tree.options)
    if not shape or not said.keys() <= {"axis", "keepdims"}:
        return None
    axes = _axes(said.get("axis"), len(shape))
    if axes is None or ("keepdims" in said and said["keepdims"] != TRUE):
        return None
    if "keepdims" in said:
        return tuple(ONE if k in axes else n for k, n in enumerate(shape))
    return tuple(n for k, n in enumerate(shape) if k not in axes)


def _along_the_last(tree: Apply) -> Shape | None:
    """Of what runs along one axis, the last one where none is said."""
    said = dict(tree.options)
    return _reduced(Apply(tree.head, tree.args, tuple({"axis": MINUS_ONE, **said}.items())))


def _axes(said: Expr | None, rank: int) -> set[int] | None:
    """The axes that an option says, all of them without one."""
    if said is None:
        return set(range(rank))
    each = said.items if isinstance(said, Sequence) else (said,)
    numbers = [n.value for n in each if isinstance(n, Number) and isinstance(n.value, int)]
    if len(numbers) < len(each) or not all(-rank <= k < rank for k in numbers):
        return None
    return {k % rank for k in numbers}


def _attended(tree: Apply) -> Shape | None:
    """Of attention: a row for each query, as long as a value is."""
    if len(tree.args) < 3:
        return None
    queries, values = shape_of(tree.args[0]), shape_of(tree.args[2])
    return (*queries[:-1], values[-1]) if len(queries) == len(values) > 1 else None


def _layer(tree: Apply) -> Shape | None:
    """Of X Wᵀ: each vector along the last axis becomes one as long as W has rows."""
    if len(tree.args) < 2:
        return None
    x, weights = shape_of(tree.args[0]), shape_of(tree.args[1])
    return (*x[:-1], weights[0]) if x and len(weights) == 2 else None


def _diagonal(tree: Apply) -> Shape | None:
    """Of the matrix with a vector on its diagonal."""
    shape = shape_of(tree.args[0]) if len(tree.args) == 1 else ()
    return shape * 2 if len(shape) == 1 else None


def _filled(tree: Apply) -> Shape | None:
    return tuple(scalar_of(size).value for size in tree.args) if len(tree.args) > 1 else None


def _entrywise(tree: Apply) -> Shape | None:
    """Of arrays of one shape, and of numbers that meet them."""
    shapes = {shape for a in tree.args if (shape := shape_of(a))}
    return None if len(shapes) > 1 else shapes.pop() if shapes else ()


def _product(tree: Apply) -> Shape | None:
    found: Shape | None = ()
    for a in tree.args:
        found = None if found is None else _of_two(found, shape_of(a))
    return found


def _of_two(left: Shape, right: Shape) -> Shape | None:
    if not left or not right:
        return _without_ones(left or right)
    match left, right:
        case (_, _), (_, *rest):
            return _without_ones((left[0], *rest)) if len(rest) < 2 else None
        case (n,), (one, m) if is_one(one):
            return _without_ones((n, m))
    return None


def _without_ones(shape: Shape) -> Shape:
    """A 1×1 is a number."""
    return () if all(map(is_one, shape)) else shape


def _transposed(tree: Apply) -> Shape | None:
    match shape_of(tree.args[0]) if len(tree.args) == 1 else None:
        case (n,):
            return ONE, n
        case (n, m):
            return m, n
    return None


def _reshaped(tree: Apply) -> Shape | None:
    sizes = tree.args[1:]
    if not sizes or any(isinstance(size, Sequence) for size in sizes):
        return None
    return tuple(scalar_of(size).value for size in sizes)


def _stacked(tree: Apply) -> Shape | None:
    shapes = set(map(shape_of, tree.args))
    return (Number(len(tree.args)), *shapes.pop()) if len(shapes) == 1 and len(tree.args) > 1 else None


def _joined(tree: Apply) -> Shape | None:
    """Of arrays one after another along their first axis."""
    shapes = tuple(map(shape_of, tree.args))
    if len(shapes) < 2 or not all(shapes) or len({shape[1:] for shape in shapes}) > 1:
        return None
    return add(*(shape[0] for shape in shapes)), *shapes[0][1:]


def _across(tree: Apply) -> Shape | None:
    """Of a Jacobian: outputs down, inputs across."""
    if len(tree.args) != 2 or not isinstance(tree.args[1], Variable):
        return None
    sides = tuple(mul(*shape) for shape in map(shape_of, tree.args) if shape)
    return sides if len(sides) == 2 and not any(map(is_one, sides)) else None


def _by(tree: Apply) -> Shape | None:
    """What is sent back to x, and the gradient of a number by x, has the shape of x."""
    return shape_of(tree.args[1]) if len(tree.args) > 1 and isinstance(tree.args[1], Variable) else None


_ALIKE = frozenset("softmax log_softmax batch_norm layer_norm rms_norm dropout".split())
_REDUCING = frozenset("sum mean var std norm".split())
_WITH_OPTIONS = _ALIKE | _REDUCING | {"logsumexp", "attention", "linear"}

_RULES: dict[str, Callable[[Apply], Shape | None]] = {
    **dict.fromkeys(
        "neg exp log tanh sigmoid relu softplus sqrt abs sign sin cos atan heaviside silu".split(), _same
    ),
    **dict.fromkeys(_ALIKE, _first),
    **dict.fromkeys(_REDUCING, _reduced),
    "logsumexp": _along_the_last,
    "attention": _attended,
    "linear": _layer,
    "diag": _diagonal,
    **dict.fromkeys(("add", "sub", "hadamard", "div"), _entrywise),
    **dict.fromkeys(("ones", "zeros"), _filled),
    "mul": _product,
    "transpose": _transposed,
    "reshape": _reshaped,
    "stack": _stacked,
    "concat": _joined,
    "jacobian": _across,
    "vjp": _by,
    "gradient": _by,
}
