"""What a text says before anyone asks what its names mean: the nodes between grammar and tree.

Both readers make these; `symderiv.language.resolving.resolve` turns them into a tree, against a scope.
``start`` and ``end`` are character offsets, ``depth`` the height of the node, capped when it is made.
"""

from __future__ import annotations

from symderiv.expression.tree import BinderKind, Exact, SequenceKind
from symderiv.language.limits import MAX_DEPTH, too_deep


class Node:
    """A piece of syntax."""

    __slots__ = ("depth", "end", "start")
    depth: int

    def __init__(self, start: int, end: int, *children: Node | None) -> None:
        self.start = start
        self.end = end
        depth = 0
        for child in children:
            if child is not None and child.depth > depth:
                depth = child.depth
        if depth >= MAX_DEPTH:
            raise too_deep(start, end)
        self.depth = depth + 1


class Numeral(Node):
    """An exact number."""

    __slots__ = ("value",)

    def __init__(self, value: Exact, start: int, end: int) -> None:
        super().__init__(start, end)
        self.value = value


class Quoted(Node):
    """A word in quotes: ``'full'``."""

    __slots__ = ("value",)

    def __init__(self, value: str, start: int, end: int) -> None:
        super().__init__(start, end)
        self.value = value


class Name(Node):
    """A name as spelt, primes apart: ``sigma'`` has one."""

    __slots__ = ("name", "primes")

    def __init__(self, name: str, start: int, end: int, primes: int = 0) -> None:
        super().__init__(start, end)
        self.name = name
        self.primes = primes


class Group(Node):
    """Something in brackets: it stays one operand."""

    __slots__ = ("inner",)

    def __init__(self, inner: Node, start: int, end: int) -> None:
        super().__init__(start, end, inner)
        self.inner = inner


class Beside(Group):
    """A name with nothing but a blank between it and the name before: a factor, if both are declared."""


class Adjacent(Node):
    """Operands that touch, each but the first in brackets: ``(x+1)(x-1)``, ``f(x)(1-x)``."""

    __slots__ = ("operands",)

    def __init__(self, operands: tuple[Node, ...], start: int, end: int) -> None:
        super().__init__(start, end, *operands)
        self.operands = operands


class Operation(Node):
    """An operator of the table (by its head) at its operands; ``size`` is noted once it is estimated."""

    __slots__ = ("args", "head", "size")

    def __init__(self, head: str, args: tuple[Node, ...], start: int, end: int) -> None:
        super().__init__(start, end, *args)
        self.head = head
        self.args = args
        self.size: tuple[float, ...] | None = ()


class Where(Node):
    """A value, and a name in it with what it stands for: ``s*(1 - s) where s = sigmoid(x)``."""

    __slots__ = ("body", "meant", "name")

    def __init__(self, body: Node, name: Name, meant: Node) -> None:
        super().__init__(body.start, meant.end, body, meant)
        self.body = body
        self.name = name
        self.meant = meant


class Applied(Node):
    """``f(a, b, axis=0)``."""

    __slots__ = ("args", "callee", "options")

    def __init__(
        self,
        callee: Node,
        args: tuple[Node, ...],
        options: tuple[tuple[Name, Node], ...],
        start: int,
        end: int,
    ) -> None:
        super().__init__(start, end, callee, *args, *(value for _, value in options))
        self.callee = callee
        self.args = args
        self.options = options


class Radical(Applied):
    """``√x`` without brackets: what else would be under the root is not clear."""

    __slots__ = ()


class Indexed(Node):
    """``x[i, j]``."""

    __slots__ = ("base", "indices")

    def __init__(self, base: Node, indices: tuple[Node, ...], start: int, end: int) -> None:
        super().__init__(start, end, base, *indices)
        self.base = base
        self.indices = indices


class Stretch(Node):
    """``a:b`` or ``a:b:s`` where an index would stand; an end that isn't there is that of the axis."""

    __slots__ = ("first", "past", "step")

    def __init__(
        self, first: Node | None, past: Node | None, step: Node | None, start: int, end: int
    ) -> None:
        super().__init__(start, end, first, past, step)
        self.first = first
        self.past = past
        self.step = step


class Sliced(Node):
    """``x[1:3]``, ``X[:, j]``: what stands in brackets, one of them a stretch at least."""

    __slots__ = ("base", "places")

    def __init__(self, base: Node, places: tuple[Node, ...], start: int, end: int) -> None:
        super().__init__(start, end, base, *places)
        self.base = base
        self.places = places


class Items(Node):
    """``[a, b]``, ``(a, b)`` or ``{a, b}``: kind list, tuple or set."""

    __slots__ = ("items", "kind")

    def __init__(self, kind: SequenceKind, items: tuple[Node, ...], start: int, end: int) -> None:
        super().__init__(start, end, *items)
        self.kind = kind
        self.items = items


class Interval(Node):
    """``(a, b]``: the numbers between two ends, an open end left out."""

    __slots__ = ("high", "high_open", "low", "low_open")

    def __init__(self, low: Node, high: Node, low_open: bool, high_open: bool, start: int, end: int) -> None:
        super().__init__(start, end, low, high)
        self.low = low
        self.high = high
        self.low_open = low_open
        self.high_open = high_open


class Pairs(Node):
    """``{key: value}``."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[tuple[Node, Node], ...], start: int, end: int) -> None:
        super().__init__(start, end, *(part for item in items for part in item))
        self.items = items


class Clause(Node):
    """``for i in range(a, b) if c``: the name, what it runs through, and what holds it back."""

    __slots__ = ("condition", "domain", "name")

    def __init__(self, name: Name, domain: Node, condition: Node | None, start: int, end: int) -> None:
        super().__init__(start, end, domain, condition)
        self.name = name
        self.domain = domain
        self.condition = condition


class Comprehension(Node):
    """``f(i) for i in range(a, b) if c``: kind list, set, or argument (``sum(…)``)."""

    __slots__ = ("body", "clauses", "kind")

    def __init__(self, kind: str, body: Node, clauses: tuple[Clause, ...], start: int, end: int) -> None:
        super().__init__(start, end, body, *clauses)
        self.kind = kind
        self.body = body
        self.clauses = clauses


class Bound(Node):
    """A binder whose range is said outright: ``\\sum_{i=1}^{n} body``; an end that isn't there is open.

    ``kind`` is that of `symderiv.expression.tree.Binder`.
    """

    __slots__ = ("body", "condition", "kind", "lower", "name", "upper")

    def __init__(
        self,
        kind: BinderKind,
        body: Node,
        name: Name,
        lower: Node | None,
        upper: Node | None,
        condition: Node | None,
        start: int,
        end: int,
    ) -> None:
        super().__init__(start, end, body, lower, upper, condition)
        self.kind = kind
        self.body = body
        self.name = name
        self.lower = lower
        self.upper = upper
        self.condition = condition


class Choice(Node):
    """``a if c else b if d else e``: branches of (condition, value), and what holds otherwise."""

    __slots__ = ("branches", "otherwise")

    def __init__(
        self, branches: tuple[tuple[Node, Node], ...], otherwise: Node | None, start: int, end: int
    ) -> None:
        super().__init__(start, end, otherwise, *(part for branch in branches for part in branch))
        self.branches = branches
        self.otherwise = otherwise
