"""The tree of an expression, as somebody wrote it.

Nodes are immutable and compare by structure; where they stood in the text (``span``) doesn't count.
Leaves stand in `leaves`, what all nodes share in `node`; whoever reads trees imports both from here.
Nothing is simplified when a node is made: ``x/x`` stays ``x/x``, for its domain is part of its meaning.
The same nodes serve as entries of a tensor, in the small vocabulary of `symderiv.expression.build`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import is_
from typing import Literal

from symderiv.expression.leaves import (
    EULER,
    FALSE,
    HALF,
    INFINITY,
    MINUS_ONE,
    ONE,
    PI,
    TRUE,
    UNDEFINED,
    ZERO,
    Constant,
    Exact,
    Number,
    Text,
    Variable,
    index_variable,
)
from symderiv.expression.node import Expr

__all__ = [
    "EULER",
    "FALSE",
    "HALF",
    "INFINITY",
    "MINUS_ONE",
    "ONE",
    "PI",
    "TRUE",
    "UNDEFINED",
    "ZERO",
    "Apply",
    "Binder",
    "Call",
    "Cases",
    "Constant",
    "Exact",
    "Expr",
    "Index",
    "Mapping",
    "Number",
    "Sequence",
    "Text",
    "Variable",
    "index_variable",
    "transform",
    "walk",
    "walk_once",
]


class Apply(Expr):
    """A named operation on arguments: ``add``, ``pow``, ``exp``, ``softmax``, ``conv2d``, …

    ``options`` are keyword arguments in the order written.
    """

    __slots__ = ("args", "head", "options")
    _fields = ("head", "args", "options")
    head: str
    args: tuple[Expr, ...]
    options: tuple[tuple[str, Expr], ...]

    def __init__(self, head: str, args: tuple[Expr, ...], options: tuple[tuple[str, Expr], ...] = ()) -> None:
        super().__init__()
        self.head = head
        self.args = args
        self.options = options

    @property
    def children(self) -> tuple[Expr, ...]:
        return self.args + tuple([value for _, value in self.options]) if self.options else self.args

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        if not self.options:
            return Apply(self.head, children)
        n = len(self.args)
        names = (name for name, _ in self.options)
        return Apply(self.head, children[:n], tuple(zip(names, children[n:], strict=True)))


class Call(Expr):
    """An opaque function at its arguments: ``f(x)``; ``orders`` counts primes, one an argument.

    ``sigma'(z)`` is ``Call(sigma, (z,), (1,))``.
    """

    __slots__ = ("args", "function", "orders")
    _fields = ("function", "args", "orders")
    function: Variable
    args: tuple[Expr, ...]
    orders: tuple[int, ...]

    def __init__(
        self, function: Variable, args: tuple[Expr, ...], orders: tuple[int, ...] | None = None
    ) -> None:
        super().__init__()
        self.function = function
        self.args = args
        self.orders = orders if orders is not None else (0,) * len(args)

    @property
    def children(self) -> tuple[Expr, ...]:
        return self.args

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        return Call(self.function, children, self.orders)


class Index(Expr):
    """An entry (``x[i]``, ``K[0,1]``), its indices counting from ``origin``."""

    __slots__ = ("base", "indices", "origin")
    _fields = ("base", "indices", "origin")
    base: Expr
    indices: tuple[Expr, ...]
    origin: int

    def __init__(self, base: Expr, indices: tuple[Expr, ...], origin: int = 0) -> None:
        super().__init__()
        self.base = base
        self.indices = indices
        self.origin = origin

    @property
    def children(self) -> tuple[Expr, ...]:
        return (self.base, *self.indices)

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        return Index(children[0], children[1:], self.origin)


BinderKind = Literal["sum", "prod", "max", "min", "array", "forall", "integral", "set"]
"""What a bound name is bound for."""
Extremum = Literal["max", "min"]
SequenceKind = Literal["list", "tuple", "set"]


class Binder(Expr):
    """A body under a bound variable.

    ``lower`` and ``upper`` are inclusive; ``None`` means "over the range of the array it indexes".
    ``condition`` (``true`` if none) filters: ``sum(f(i) for i in range(a, b) if c(i))``.
    An ``array`` is an entry formula: ``[f(i) for i in range(a, b)]``, or a formula with a free index.
    """

    __slots__ = ("body", "condition", "kind", "lower", "upper", "variable")
    _fields = ("kind", "body", "variable", "lower", "upper", "condition")
    kind: BinderKind
    body: Expr
    variable: Variable
    lower: Expr | None
    upper: Expr | None
    condition: Expr

    def __init__(
        self,
        kind: BinderKind,
        body: Expr,
        variable: Variable,
        lower: Expr | None = None,
        upper: Expr | None = None,
        condition: Expr | None = None,
    ) -> None:
        super().__init__()
        self.kind = kind
        self.body = body
        self.variable = variable
        self.lower = lower
        self.upper = upper
        self.condition = condition if condition is not None else TRUE

    @property
    def children(self) -> tuple[Expr, ...]:
        ends = tuple(end for end in (self.lower, self.upper) if end is not None)
        return (self.body, self.condition, *ends)

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        ends = list(children[2:])
        lower = ends.pop(0) if self.lower is not None else None
        upper = ends.pop(0) if self.upper is not None else None
        return Binder(self.kind, children[0], self.variable, lower, upper, children[1])


class Cases(Expr):
    """The value of the first branch whose condition holds; without ``otherwise``, undefined elsewhere."""

    __slots__ = ("branches", "otherwise")
    _fields = ("branches", "otherwise")
    branches: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr | None

    def __init__(self, branches: tuple[tuple[Expr, Expr], ...], otherwise: Expr | None = None) -> None:
        super().__init__()
        self.branches = branches
        self.otherwise = otherwise

    @property
    def children(self) -> tuple[Expr, ...]:
        flat = tuple(part for branch in self.branches for part in branch)
        return flat if self.otherwise is None else (*flat, self.otherwise)

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        n = 2 * len(self.branches)
        branches = tuple((children[k], children[k + 1]) for k in range(0, n, 2))
        return Cases(branches, children[n] if self.otherwise is not None else None)


class Sequence(Expr):
    """``[a, b]`` (kind list), ``(a, b)`` (tuple) or ``{a, b}`` (set): arrays are nested lists."""

    __slots__ = ("items", "kind")
    _fields = ("kind", "items")
    kind: SequenceKind
    items: tuple[Expr, ...]

    def __init__(self, items: tuple[Expr, ...], kind: SequenceKind = "list") -> None:
        super().__init__()
        self.kind = kind
        self.items = items

    @property
    def children(self) -> tuple[Expr, ...]:
        return self.items

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        return Sequence(children, self.kind)


class Mapping(Expr):
    """Named results: ``{mu: …, sigma: …}``; a key is a text, or an expression such as ``(0, 1)``."""

    __slots__ = ("items",)
    _fields = ("items",)
    items: tuple[tuple[str | Expr, Expr], ...]

    def __init__(self, items: tuple[tuple[str | Expr, Expr], ...]) -> None:
        super().__init__()
        self.items = items

    @property
    def children(self) -> tuple[Expr, ...]:
        return tuple(value for _, value in self.items)

    def rebuild(self, children: tuple[Expr, ...]) -> Expr:
        keys = (key for key, _ in self.items)
        return Mapping(tuple(zip(keys, children, strict=True)))


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node, parents first."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        children = node.children
        if children:
            stack += children[::-1]


def walk_once(expr: Expr) -> Iterator[Expr]:
    """Every node, parents first, what stands in several places as one object only once."""
    met: set[int] = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        yield node
        stack += node.children[::-1]


def transform(expr: Expr, rule: Callable[[Expr], Expr]) -> Expr:
    """The tree with ``rule`` applied to every node, children first."""
    children = expr.children
    if children:
        changed = tuple([transform(child, rule) for child in children])
        if not all(map(is_, changed, children)):
            rebuilt = expr.rebuild(changed)
            rebuilt.span = expr.span
            expr = rebuilt
    return rule(expr)
