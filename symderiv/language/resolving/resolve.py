"""From syntax to tree: what each name means, in a scope and under the binders around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from symderiv.expression.kinds import INDEX, SCALAR, Kind
from symderiv.expression.tree import (
    UNDEFINED,
    Apply,
    Binder,
    Cases,
    Expr,
    Index,
    Mapping,
    Number,
    Text,
    Variable,
)
from symderiv.expression.tree import Sequence as Listed
from symderiv.language import names
from symderiv.language.functions import CALLED_WITH_MORE, OFTEN_NAMES
from symderiv.language.limits import MAX_NODES, too_large
from symderiv.language.regions import no_value
from symderiv.language.resolving.arrays import array_of
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.resolving.attributes import Method, uncalled
from symderiv.language.resolving.calls import applied
from symderiv.language.resolving.operators import operation
from symderiv.language.resolving.own_definitions import where
from symderiv.language.resolving.ranges import comprehension
from symderiv.language.resolving.slices import misplaced, sliced
from symderiv.language.resolving.subscripts import entry
from symderiv.language.resolving.words import refuse_in_index
from symderiv.language.scope import Dialect, Scope
from symderiv.language.source import Misread
from symderiv.language.spelling import normal
from symderiv.language.syntax import (
    Applied,
    Beside,
    Bound,
    Choice,
    Comprehension,
    Group,
    Indexed,
    Interval,
    Items,
    Name,
    Node,
    Numeral,
    Operation,
    Pairs,
    Quoted,
    Radical,
    Sliced,
    Stretch,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symderiv.language.infer import Uses


def resolve(node: Node, scope: Scope, syntax: Dialect, uses: Uses | None = None) -> Expr:
    """The tree of a piece of syntax.

    With ``uses`` given, undeclared names are noted there, by how they are used, instead of being refused.

    Raises Misread where a name isn't declared, a function isn't allowed, or a form isn't complete.
    """
    return Resolver(scope, syntax, uses).tree(node)


class Resolver:
    """Walks the syntax with the names that binders have bound so far.

    ``role`` is how a name that stands here is used: as a ``scalar``, an ``index``, or a ``size``.
    """

    def __init__(self, scope: Scope, syntax: Dialect, uses: Uses | None = None) -> None:
        self.scope = scope
        self.origin = scope.origin(syntax)
        self.uses = uses
        self.bound: list[tuple[str, Expr]] = []
        self.role = "scalar"
        self.count = 0
        self.groups: dict[tuple[int, str], tuple[Expr, int]] = {}
        self.free: dict[str, Expr | None] = {}
        self.summed_over: dict[int, Name | None] = {}

    def tree(self, node: Node) -> Expr:
        self.count += 1
        if self.count > MAX_NODES:
            raise too_large(node.start, node.end)
        if type(node) is Group:
            return self._group(node)
        return _MEANING[type(node)](self, node).at(node.start, node.end)

    def _group(self, node: Group) -> Expr:
        """What stands in brackets; where the same stood before, and nothing is bound, the same tree."""
        key = (id(node.inner), self.role)
        if not self.bound and key in self.groups:
            tree, size = self.groups[key]
            self.count += size
            return tree
        before = self.count
        tree = self.tree(node.inner).at(node.start, node.end)
        if not self.bound:
            self.groups[key] = tree, self.count - before
        return tree

    def trees(self, nodes: Sequence[Node]) -> tuple[Expr, ...]:
        return tuple([self.tree(node) for node in nodes])

    def as_role(self, role: str, node: Node) -> Expr:
        """The tree of a node whose names are used as an index, a size, …"""
        before, self.role = self.role, role
        try:
            return self.tree(node)
        finally:
            self.role = before

    @contextmanager
    def binding(self, name: str, value: Expr) -> Iterator[None]:
        """Inside, ``name`` means ``value``, whatever it means outside."""
        self.looks_around()
        if self.uses is not None:
            self.uses.bound.add(normal(name))
        self.bound.append((name, value))
        try:
            yield
        finally:
            self.bound.pop()

    def look_up(self, name: str) -> Expr | None:
        """What a name means here: bound, declared, or a constant; None if it is unknown."""
        for bound, value in reversed(self.bound):
            if bound == name or normal(bound) == normal(name):
                return value
        if name not in self.free:
            self.free[name] = names.declared(self.scope, name) or names.constant(name)
        return self.free[name]

    def rank(self, name: str) -> int | None:
        """How many indices a name has; None where that isn't known."""
        found = self.look_up(name)
        if not isinstance(found, Variable):
            return None
        return len(found.kind.shape) or (0 if names.is_number(found) else None)

    def is_known(self, name: str) -> bool:
        return self.look_up(name) is not None or self.scope.head(name) is not None

    def looks_around(self) -> None:
        """What stands here is read by what other names are, so a name met later may change it."""
        if self.uses is not None:
            self.uses.plain = False

    def unknown(self, node: Name, role: str, rank: int = 0) -> Expr:
        """A name that nobody declared: noted if its use may say what it is, refused otherwise."""
        if self.uses is None:
            raise names.unknown(self.scope, node, [name for name, _ in self.bound], role)
        return self.uses.note(normal(node.name), role, rank, node)

    def bound_variable(self, node: Name, kind: Kind = INDEX) -> Variable:
        if node.primes:
            message, cure = "a bound variable has no primes", "use another letter"
            raise Misread(message, node.start, node.end, expected="a name", cure=cure)
        return Variable(normal(node.name), kind)


def _numeral(self: Resolver, node: Numeral) -> Expr:
    return Number(node.value)


def _quoted(self: Resolver, node: Quoted) -> Expr:
    return Text(node.value)


def _name(self: Resolver, node: Name) -> Expr:
    spelt = node.name + "'" * node.primes
    found = self.look_up(spelt)
    if found is not None:
        return names.copy(found)
    if node.primes:
        raise names.misplaced_prime(node, self.look_up(node.name))
    names.refuse_here(self.scope, node)
    if self.role == "option" and node.name in names.WORDS:
        self.looks_around()
        return Text(node.name)
    is_declared = normal(node.name) in self.scope.functions
    if (is_declared or self.scope.head(node.name) is not None) and not (
        self.uses is not None and node.name in OFTEN_NAMES
    ):
        raise Misread(
            f"{node.name} is a function",
            node.start,
            node.end,
            expected="its argument",
            cure=f"write {CALLED_WITH_MORE.get(node.name, node.name + '(x)')}",
        )
    return entry(self, node) or self.unknown(node, "scalar" if self.role == "option" else self.role)


def _beside(self: Resolver, node: Beside) -> Expr:
    self.looks_around()
    return self.tree(node.inner)


def _indexed(self: Resolver, node: Indexed) -> Expr:
    self.looks_around()
    refuse_in_index(node.indices)
    if isinstance(node.base, Name):
        names.refuse_square_brackets(node.base, self.scope)
    indices = tuple([self.as_role("index", part) for part in node.indices])
    base = node.base
    if isinstance(base, Name):
        is_delta = self.look_up(base.name) is None and self.scope.head(normal(base.name)) == "delta"
        if is_delta and len(indices) == 2:
            return Apply("delta", indices)
        return Index(array_of(self, base, len(indices)), indices, self.origin)
    return Index(self.as_role("scalar", base), indices, self.origin)


def _items(self: Resolver, node: Items) -> Expr:
    return Listed(self.trees(node.items), node.kind)


def _pairs(self: Resolver, node: Pairs) -> Expr:
    self.looks_around()
    return Mapping(tuple([(_key(self, key), self.tree(value)) for key, value in node.items]))


def _key(self: Resolver, node: Node) -> str | Expr:
    node = ungrouped(node)
    if isinstance(node, Name):
        found = names.declared(self.scope, node.name)
        return found.name if found is not None else normal(node.name)
    return node.value if isinstance(node, Quoted) else self.tree(node)


def _bound(self: Resolver, node: Bound) -> Expr:
    lower = None if node.lower is None else self.as_role("size", node.lower)
    upper = None if node.upper is None else self.as_role("size", node.upper)
    kind = SCALAR if node.kind == "integral" else INDEX
    variable = self.bound_variable(node.name, kind)
    with self.binding(node.name.name, variable):
        body = self.tree(node.body)
        condition = None if node.condition is None else self.tree(node.condition)
    return Binder(node.kind, body, variable, lower, upper, condition)


def _choice(self: Resolver, node: Choice) -> Expr:
    branches = tuple([(self.tree(condition), self.tree(value)) for condition, value in node.branches])
    otherwise = None if node.otherwise is None else self.tree(node.otherwise)
    return Cases(branches, None if otherwise == UNDEFINED else otherwise)


def _method(self: Resolver, node: Method) -> Expr:
    raise uncalled(node)


_MEANING: dict[type, Callable[[Resolver, Any], Expr]] = {
    Numeral: _numeral,
    Quoted: _quoted,
    Name: _name,
    Beside: _beside,
    Operation: operation,
    Indexed: _indexed,
    Sliced: sliced,
    Stretch: misplaced,
    Applied: applied,
    Radical: applied,
    Items: _items,
    Interval: no_value,
    Pairs: _pairs,
    Comprehension: comprehension,
    Bound: _bound,
    Method: _method,
    Choice: _choice,
    Where: where,
}
