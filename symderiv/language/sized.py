"""``I``, ``\\mathbf 1`` and ``\\mathbf 0`` without their sizes: these follow from what they are joined with.

``A + \\lambda I`` adds an identity as large as A, ``\\mathbf 1^\\top x`` as many ones as x has entries. Only
declared shapes and arrays that are written out count; where none tells, the size has to be written (``I_n``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from symderiv.expression.tree import Expr, Number, Variable
from symderiv.language.mentions import parts, walk
from symderiv.language.ranks import TO_NUMBERS, Known, keeps_shape
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.source import Misread
from symderiv.language.syntax import (
    Applied,
    Bound,
    Choice,
    Group,
    Indexed,
    Items,
    Name,
    Node,
    Numeral,
    Operation,
)


class Context(Known, Protocol):
    """What is known of names, and the constants whose sizes are to be found out."""

    unsized: list[Applied]

    def look_up(self, name: str) -> Variable | None: ...


Sizes = tuple[Node | None, ...]
"""A shape, as far as it is known: no size of a number, one of a column, two of a matrix."""

MAX_UNSIZED = 100  # each asks for the shapes of all that stands around it
_ONE = Numeral(1, 0, 0)
_NAMES = {"eye": "identity", "ones": "vector of ones", "zeros": "vector of zeros"}


def fill_sizes(context: Context, nodes: Sequence[Node], cures: Mapping[str, str]) -> None:
    """Put in the sizes that the shapes of the formulas imply; raises Misread where one stays open."""
    if len(context.unsized) > MAX_UNSIZED:
        beyond = context.unsized[MAX_UNSIZED]
        raise Misread(
            "too many arrays whose size isn't said",
            beyond.start,
            beyond.end,
            expected=f"at most {MAX_UNSIZED}",
            cure=f"write {' or '.join(cures.values())}",
        )
    for node in nodes if context.unsized else ():
        _fill(context, node, None)
    for constant in context.unsized:
        if not constant.args and isinstance(constant.callee, Name):
            head = constant.callee.name
            raise Misread(
                f"how large this {_NAMES[head]} is isn't said",
                constant.start,
                constant.end,
                expected="its size",
                cure=f"write {cures[head]}",
            )


def _is_turned(context: Context, exponent: Node) -> bool:
    """The T of ``w^T``, where nobody declared it."""
    return isinstance(exponent, Name) and exponent.name == "T" and context.look_up("T") is None


def _fill(context: Context, node: Node, wanted: Sizes | None) -> None:
    match node:
        case Operation(head="pow", args=(base, exponent)) if _is_turned(context, exponent):
            _fill(context, base, wanted and wanted[::-1])
        case Applied(callee=Name(name=name), args=()) if name in _NAMES:
            size = next((n for n in wanted or () if n is not None), None)
            fits = name == "eye" or (wanted is not None and len([n for n in wanted if n is not None]) == 1)
            node.args = (size,) if size is not None and fits else ()
        case Group():
            _fill(context, node.inner, wanted)
        case Bound():
            _fill(context, node.body, wanted)
        case Operation(head="neg" | "pos" | "pow" | "div"):
            _fill(context, node.args[0], wanted)
            for part in node.args[1:]:
                _fill(context, part, None)
        case Operation(head="transpose"):
            _fill(context, node.args[0], wanted and wanted[::-1])
        case Operation(head="add" | "sub" | "hadamard" | "eq" | "ne"):
            shape = _squared(node, _shape(context, node) or wanted)
            for part in node.args:
                _fill(context, part, shape)
        case Operation(head="mul"):
            _fill_product(context, node.args, wanted)
        case Applied(callee=Name() as callee, args=(argument,)) if keeps_shape(context, callee):
            _fill(context, argument, wanted)
        case Choice(branches=branches, otherwise=otherwise):
            shape = _shape(context, node) or wanted
            for condition, value in branches:
                _fill(context, condition, None)
                _fill(context, value, shape)
            if otherwise is not None:
                _fill(context, otherwise, shape)
        case _:
            for part in parts(node):
                _fill(context, part, None)


def _squared(node: Operation, shape: Sizes | None) -> Sizes | None:
    """What an identity is added to is square: one size of two tells the other."""
    has_identity = any(isinstance(n, Applied) and getattr(n.callee, "name", "") == "eye" for n in walk(node))
    known = [size for size in shape or () if size is not None]
    return (known[0], known[0]) if has_identity and shape and len(shape) == 2 and len(known) == 1 else shape


def _fill_product(context: Context, factors: tuple[Node, ...], wanted: Sizes | None) -> None:
    """``n×k`` times ``k×m`` is ``n×m``; a number leaves the shape of the other factor."""
    if len(factors) == 1:
        _fill(context, factors[0], wanted)
        return
    left, right = factors[:-1], factors[-1]
    a, b = _product(context, left), _shape(context, right)
    rows = wanted[0] if wanted else None
    columns = wanted[-1] if wanted and len(wanted) == 2 else None
    if a == ():
        _fill(context, right, wanted)
        _fill_product(context, left, None)
    elif b == ():
        _fill_product(context, left, wanted)
    else:
        _fill_product(context, left, (rows, b[0] if b else None))
        before = a or _shape(context, left[-1])  # of 1ᵀ A 1 the A tells how many ones stand behind it
        _fill(context, right, (before[-1] if before and len(before) == 2 else None, columns))


def _shape(context: Context, node: Node) -> Sizes | None:
    """The shape of what a node stands for; None where that isn't known."""
    match node:
        case Operation(head="pow", args=(base, exponent)) if _is_turned(context, exponent):
            return _turned(_shape(context, base))
        case Numeral() | Indexed():
            return ()
        case Name():
            return _declared(context.look_up(node.name))
        case Group():
            return _shape(context, node.inner)
        case Bound():
            return _shape(context, node.body)
        case Operation(head="neg" | "pos" | "pow" | "div"):
            return _shape(context, node.args[0])
        case Operation(head="add" | "sub" | "hadamard"):
            return _common(context, node.args)
        case Operation(head="transpose"):
            return _turned(_shape(context, node.args[0]))
        case Operation(head="mul"):
            return _product(context, node.args)
        case Items(kind="list", items=items) if items:
            row = ungrouped(items[0])
            return (_count(items), *((_count(row.items),) if isinstance(row, Items) else ()))
        case Applied(callee=Name(name=name)) if name in TO_NUMBERS:
            return ()
        case Applied(callee=Name() as callee, args=(argument,)) if keeps_shape(context, callee):
            return _shape(context, argument)
        case Choice(branches=branches, otherwise=otherwise):
            return _common(context, [*(value for _, value in branches), otherwise])
        case Applied(callee=Name(name="diag"), args=(argument,)):
            shape = _shape(context, argument)
            return shape * 2 if shape and len(shape) == 1 else None
    return None


def _count(items: Sequence[Node]) -> Node:
    return Numeral(len(items), 0, 0)


def _turned(shape: Sizes | None) -> Sizes | None:
    return None if shape is None else ((_ONE, *shape) if len(shape) == 1 else shape[::-1])


def _common(context: Context, nodes: Iterable[Node | None]) -> Sizes | None:
    """The shape of what is added: the largest, if one is an array or all are known."""
    shapes = [_shape(context, node) for node in nodes if node is not None]
    known = [shape for shape in shapes if shape is not None]
    return max(known, key=len) if known and (len(known) == len(shapes) or any(known)) else None


def is_oblong(context: Context, node: Node) -> bool:
    """Has it no powers: a vector, or a matrix declared with two sizes that differ?"""
    shape = _shape(context, node)
    if not shape:
        return False
    return len(shape) == 1 or [_named(size) for size in shape[:1]] != [_named(size) for size in shape[1:]]


def _named(size: Node | None) -> object:
    return size.name if isinstance(size, Name) else size.value if isinstance(size, Numeral) else None


def _product(context: Context, factors: tuple[Node, ...]) -> Sizes | None:
    shape = _shape(context, factors[0])
    for factor in factors[1:]:
        shape = _joined(shape, _shape(context, factor))
    return shape


def _joined(a: Sizes | None, b: Sizes | None) -> Sizes | None:
    if a is None or b is None:
        return None
    if not a or not b:
        return a or b
    if len(a) == 2:
        return (b[1:] if a[0] is _ONE else (a[0], *b[1:])) if len(b) == 1 else (a[0], b[1])
    return (a[0], b[1]) if len(b) == 2 and b[0] is _ONE else None


def _declared(variable: Variable | None) -> Sizes | None:
    if variable is None or variable.kind.function:
        return None
    return tuple(_size(size) for size in variable.kind.shape)


def _size(size: Expr | None) -> Node | None:
    """A size as it may stand in a formula, where it is a name or a number."""
    if isinstance(size, Variable):
        return Name(size.name, 0, 0)
    return Numeral(size.value, 0, 0) if isinstance(size, Number) else None
