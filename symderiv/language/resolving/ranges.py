"""What an index runs through: ``(i, a, b)``, ``for i in range(a, b) if c``, ``for x in S``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from symderiv.expression.kinds import INDEX, SCALAR
from symderiv.expression.tree import ONE, Apply, Binder, BinderKind, Expr, Index, Number, Variable
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Clause, Comprehension, Items, Name, Node

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver

MAX_RANGES = 12
_LETTERS = "ijklmnpqrstuvwxyzabcdfgh"


def limits_of(node: Node) -> tuple[Name, tuple[Node, ...]] | None:
    """``(i, a, b)`` taken apart, or None where this isn't a range."""
    if isinstance(node, Items) and node.kind == "tuple" and node.items:
        first = ungrouped(node.items[0])
        if isinstance(first, Name) and len(node.items) <= 3:
            return first, node.items[1:]
    return None


def over_limits(
    self: Resolver, kind: BinderKind, body: Node, limits: Sequence[tuple[Name, tuple[Node, ...]]]
) -> Expr:
    """``sum(f, (i, a, b), (j, c, d))``: the first range is the innermost, as in SymPy."""
    if len(limits) > MAX_RANGES:
        raise Misread(
            "too many ranges",
            body.start,
            body.end,
            expected=f"at most {MAX_RANGES}",
            cure="write the sum in parts",
        )
    variable_kind = SCALAR if kind == "integral" else INDEX
    with ExitStack() as stack:
        made: list[tuple[Variable, Expr | None, Expr | None]] = []
        for name, ends in reversed(limits):
            lower, upper = _ends(self, kind, name, ends)
            variable = self.bound_variable(name, variable_kind)
            stack.enter_context(self.binding(name.name, variable))
            made.append((variable, lower, upper))
        result = self.as_role("scalar", body)
    for variable, lower, upper in reversed(made):
        result = Binder(kind, result, variable, lower, upper).at(body.start, body.end)
    return result


def _ends(
    self: Resolver, kind: BinderKind, name: Name, ends: tuple[Node, ...]
) -> tuple[Expr | None, Expr | None]:
    if not ends:
        return None, None
    if len(ends) == 1:
        cure = f"write ({name.name}, a, b), or range(n) in 'for {name.name} in range(n)'"
        raise Misread("a range has two ends", ends[0].start, ends[0].end, cure=cure)
    role = "scalar" if kind == "integral" else "size"
    return self.as_role(role, ends[0]), self.as_role(role, ends[1])


def comprehension(self: Resolver, node: Comprehension) -> Expr:
    """A list or a set of what a clause runs through."""
    if node.kind == "argument":
        raise Misread(
            "'for' stands outside of a sum or a list",
            node.start,
            node.end,
            cure="write it inside sum(…) or […]",
        )
    if node.kind == "list" and len(node.clauses) > 1:
        raise Misread(
            "a list runs over one index",
            node.clauses[1].start,
            node.clauses[1].end,
            cure="write a list of lists, [[f(i, j) for j in …] for i in …]",
        )
    return comprehend(self, "array" if node.kind == "list" else "set", node)


def comprehend(self: Resolver, kind: BinderKind, node: Comprehension) -> Expr:
    """``f(i) for i in range(a, b) if c(i) for j in …``: the first clause is the outermost, as in Python."""
    if len(node.clauses) > MAX_RANGES:
        raise Misread(
            "too many 'for'",
            node.start,
            node.end,
            expected=f"at most {MAX_RANGES}",
            cure="write the sum in parts",
        )
    wraps: list[Callable[[Expr], Expr]] = []
    with ExitStack() as stack:
        for clause in node.clauses:
            wraps.append(_clause(self, kind, clause, node, stack))
        result = self.as_role("scalar", node.body)
    for wrap in reversed(wraps):
        result = wrap(result).at(node.start, node.end)
    return result


def _clause(
    self: Resolver, kind: BinderKind, clause: Clause, node: Comprehension, stack: ExitStack
) -> Callable[[Expr], Expr]:
    domain = ungrouped(clause.domain)
    name = clause.name.name
    conditions: list[Expr] = []
    lower: Expr | None = None
    upper: Expr | None = None
    if isinstance(domain, Applied) and isinstance(domain.callee, Name) and _is_range(self, domain.callee):
        lower, upper, step = _range(self, domain)
        variable = self.bound_variable(clause.name)
        stack.enter_context(self.binding(name, variable))
        if step is not None and lower is not None:
            conditions.append(_steps(variable, lower, step))
    else:
        array = _array(self, domain)
        variable = Variable(_unused(self, node), INDEX)
        entry = Index(array, (variable,), self.origin)
        stack.enter_context(self.binding(variable.name, variable))
        stack.enter_context(self.binding(name, entry))
    if clause.condition is not None:
        conditions.append(self.as_role("scalar", clause.condition))
    condition = None
    if conditions:
        condition = conditions[0] if len(conditions) == 1 else Apply("and", tuple(conditions))
    return lambda body: Binder(kind, body, variable, lower, upper, condition)


def _array(self: Resolver, domain: Node) -> Expr:
    from symderiv.language.resolving.arrays import array_of

    return array_of(self, domain, 1) if isinstance(domain, Name) else self.tree(domain)


def _is_range(self: Resolver, callee: Name) -> bool:
    return callee.name == "range" and self.look_up("range") is None


def _range(self: Resolver, node: Applied) -> tuple[Expr | None, Expr | None, Expr | None]:
    """``range(a, b)`` is a … b-1, both included; ``range()`` runs over the array's entries."""
    if not node.args and not node.options:
        return None, None, None
    if not 1 <= len(node.args) <= 3 or node.options:
        raise Misread(
            "this range isn't complete",
            node.start,
            node.end,
            expected="range(a, b)",
            cure="write where it begins and where it ends",
        )
    ends = [self.as_role("size", arg) for arg in node.args]
    lower = ends[0] if len(ends) > 1 else Number(0)
    step = ends[2] if len(ends) == 3 else None
    if step is not None and not (isinstance(step, Number) and step.value > 0):
        raise Misread(
            "the step of a range",
            node.args[2].start,
            node.args[2].end,
            expected="a positive number",
            cure="write a positive number",
        )
    return lower, before(ends[0] if len(ends) == 1 else ends[1]), None if step == ONE else step


def before(stop: Expr) -> Expr:
    """The last integer before ``stop``: ``n - 1``, and ``n`` for ``n + 1``.

    >>> before(Number(3)).value
    2
    """
    if isinstance(stop, Number):
        return Number(stop.value - 1)
    if isinstance(stop, Apply) and stop.head == "add" and stop.args[-1] == ONE:
        rest = stop.args[:-1]
        return rest[0] if len(rest) == 1 else Apply("add", rest)
    return Apply("sub", (stop, ONE))


def _steps(variable: Variable, lower: Expr, step: Expr) -> Expr:
    distance = variable if lower == Number(0) else Apply("sub", (variable, lower))
    return Apply("eq", (Apply("mod", (distance, step)), Number(0)))


def _unused(self: Resolver, node: Comprehension) -> str:
    """An index name that nothing in sight uses."""
    taken = {name for name, _ in self.bound} | set(self.scope.names) | set(_names(node))
    return next(letter for letter in _candidates() if letter not in taken)


def _candidates() -> Iterator[str]:
    yield from _LETTERS
    number = 1
    while True:
        yield f"i{number}"
        number += 1


def _names(node: object) -> Iterator[str]:
    """Every name that occurs in a piece of syntax."""
    if isinstance(node, Name):
        yield node.name
    elif isinstance(node, tuple):
        for part in node:
            yield from _names(part)
    elif isinstance(node, Node):
        for klass in type(node).__mro__:
            for slot in getattr(klass, "__slots__", ()):
                yield from _names(getattr(node, slot, None))
