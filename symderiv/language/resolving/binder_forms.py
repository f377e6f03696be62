"""Forms that bind a name: sums over a range, integrals, limits, ``range``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.expression.kinds import SCALAR, SIZE, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    INFINITY,
    Apply,
    Binder,
    BinderKind,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    walk,
)
from symderiv.language.mentions import mentions, only_indexes
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.resolving.form import Form, incomplete, unwanted
from symderiv.language.resolving.ranges import before, comprehend, limits_of, over_limits
from symderiv.language.source import Misread
from symderiv.language.spelling import normal
from symderiv.language.syntax import Applied, Comprehension, Indexed, Name, Node

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def binder_form(kind: BinderKind) -> Form:
    """``sum(f, (i, a, b))``, ``sum(f(i) for i in …)``, ``sum(x[i], i)``; else the reduction of an array."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        if not node.args:
            raise incomplete(node, f"{kind}(f, (i, a, b))")
        body = node.args[0]
        if isinstance(body, Comprehension) and body.kind == "argument":
            return comprehend(self, kind, body)
        if len(node.args) == 1 and not node.options:
            index = _index_in(self, body)
            return None if index is None else over_limits(self, kind, body, [(index, ())])
        limits = [limits_of(arg) for arg in node.args[1:]]
        if limits and all(limits) and not node.options:
            return over_limits(self, kind, body, [limit for limit in limits if limit])
        names = [ungrouped(arg) for arg in node.args[1:]]
        may_bind = kind in ("sum", "prod") or isinstance(body, Indexed)
        indices = [
            name for name in names if may_bind and isinstance(name, Name) and _may_run(self, body, name)
        ]
        if indices and node.options and kind in ("sum", "prod"):
            raise unwanted(node)
        if kind in ("sum", "prod") and indices and len(indices) == len(names):
            return over_limits(self, kind, body, [(name, ()) for name in indices])
        if kind in ("sum", "prod") and indices and _is_spread_out(body, names):
            return over_limits(self, kind, body, [(indices[0], node.args[2:])])
        if indices and not node.options:
            _refuse_over_index(kind, body, indices[0])
        return None

    return form


def _index_in(self: Resolver, body: Node) -> Name | None:
    if id(body) not in self.summed_over:  # once: a sum in a sum would be read twice as often
        self.summed_over[id(body)] = _only_index(self, body)
    return self.summed_over[id(body)]


def _only_index(self: Resolver, body: Node) -> Name | None:
    """The index that ``sum(u[i]*v[i])`` runs over: a sum of one number would say nothing."""
    tree = self.tree(body)
    entries = [node for node in walk(tree) if isinstance(node, Index)]
    if not entries or _holds_array(tree):
        return None
    places = {name for entry in entries for place in entry.indices for name in free_variables(place)}
    taken = {normal(name) for name, _ in self.bound}  # by what stands around the sum
    open_names = {name for name in places & free_variables(tree) if name.name not in taken}
    free = sorted(name.name for name in open_names if _can_bind(self, _named(name, body)))
    if len(free) > 1:
        raise Misread(
            f"over {free[0]}, or over {free[1]}, too?",
            body.start,
            body.end,
            cure=f"write the bounds, as in sum(…, ({free[0]}, a, b))",
        )
    return Name(free[0], body.start, body.end) if free else None


def _named(name: Variable, body: Node) -> Name:
    return Name(name.name, body.start, body.end)


_TO_NUMBERS = frozenset("sum prod mean norm trace det max min var std len logsumexp".split())
"""What these make of one array is a number: the mean in ``sum((x[i] - mean(x))^2)``."""


def _holds_array(tree: Expr) -> bool:
    """Does an array stand anywhere but before its indices, or as a whole in what makes a number of it?"""
    if isinstance(tree, Apply) and tree.head in _TO_NUMBERS and len(tree.args) == 1 and not tree.options:
        return False
    if isinstance(tree, Index):
        rank = len(tree.base.kind.shape) if isinstance(tree.base, Variable) else len(tree.indices)
        return len(tree.indices) < rank or any(map(_holds_array, tree.indices))
    if isinstance(tree, Variable):
        return bool(tree.kind.shape)
    return isinstance(tree, Sequence) or any(map(_holds_array, tree.children))


def _is_spread_out(body: Node, limits: list[Node]) -> bool:
    """``sum(f(i), i, a, b)``, as Maple and Sage write it."""
    return len(limits) == 3 and isinstance(limits[0], Name) and mentions(body, limits[0].name)


def _refuse_over_index(kind: BinderKind, body: Node, index: Name) -> None:
    """``max(x[i], i)``: over all i, or the larger of the two?"""
    if isinstance(body, Indexed) and any(mentions(part, index.name) for part in body.indices):
        raise Misread(
            f"this {kind} may run over {index.name}, or compare with it",
            index.start,
            index.end,
            cure=f"write {kind}(x[{index.name}] for {index.name} in range(n)), or {kind}({index.name}, …)",
        )


def _may_run(self: Resolver, body: Node, name: Name) -> bool:
    """May a sum run over this name? A declared number, too, if it only indexes: no axis is called so."""
    if _can_bind(self, name):
        return True
    found = self.look_up(name.name)
    kind = getattr(found, "kind", None)
    return kind is not None and not (kind.shape or kind.function) and only_indexes(body, name.name)


def _can_bind(self: Resolver, name: Name) -> bool:
    """May the name be an index that a sum without bounds runs through?"""
    self.looks_around()
    found = self.look_up(name.name)
    return found is None or (hasattr(found, "kind") and found.kind.index)


def forall_form(self: Resolver, node: Applied) -> Expr | None:
    made = binder_form("forall")(self, node)
    if made is None:
        raise incomplete(node, "all(f(i) > 0 for i in range(n))")
    return made


def mean_form(self: Resolver, node: Applied) -> Expr | None:
    """``mean(f(i) for i in range(n))``, ``mean(x[i]^2)``; with ``axis=1`` it is a mean like any other."""
    match node:
        case Applied(args=(Comprehension() as array,), options=()):
            return Apply("mean", (comprehend(self, "array", array),))
        case Applied(args=(body,), options=()):
            index = _index_in(self, body)
            if index is not None:
                return Apply("mean", (over_limits(self, "array", body, [(index, ())]),))
    return None


def integral_form(self: Resolver, node: Applied) -> Expr | None:
    """``integral(f, (x, a, b))``; ``integral(H, a, b)`` of a function by its name."""
    function = ungrouped(node.args[0]) if len(node.args) == 3 else None
    if isinstance(function, Name):
        variable = Name("_t", function.start, function.end)
        applied = Applied(function, (variable,), (), function.start, function.end)
        return over_limits(self, "integral", applied, [(variable, tuple(node.args[1:]))])
    limits = limits_of(node.args[1]) if len(node.args) == 2 else None
    if limits is None or len(limits[1]) != 2:
        raise incomplete(node, "integral(f, (x, a, b))", "an integral needs its variable and both bounds")
    return over_limits(self, "integral", node.args[0], [limits])


def limit_form(self: Resolver, node: Applied) -> Expr | None:
    """``limit(f, x, 0, '+')``; SymPy names the side: ``dir='+'``."""
    args = node.args
    if len(args) == 3 and [name.name for name, _ in node.options] == ["dir"]:
        args = (*args, node.options[0][1])
    elif node.options:
        raise unwanted(node)
    name = ungrouped(args[1]) if len(args) in (3, 4) else None
    if not isinstance(name, Name):
        raise incomplete(node, "limit(f, x, 0, '+')", "a limit needs its variable and its point")
    point = self.tree(args[2])
    side = () if len(args) == 3 else (self.tree(args[3]),)
    variable = self.bound_variable(name, _kind_in_limit(self, name))
    with self.binding(name.name, variable):
        body = self.tree(args[0])
    if point == INFINITY and not variable.kind.domain.integer and _ends_a_range(variable, body):
        variable = self.bound_variable(name, SIZE)
        with self.binding(name.name, variable):
            body = self.tree(args[0])
    return Apply("limit", (body, variable.at(name.start, name.end), point, *side))


def value_at_form(self: Resolver, node: Applied) -> Expr | None:
    """``value_at(f, x, 3)``: f for any real x first, its derivatives taken; then 3 is put in."""
    name = ungrouped(node.args[1]) if len(node.args) == 3 else None
    if not isinstance(name, Name):
        raise incomplete(node, "value_at(f, x, 3)", "a value needs the name that is put in, and its point")
    point = self.tree(node.args[2])
    known = self.tree(name)
    variable = self.bound_variable(name, Kind(shape=known.kind.shape if isinstance(known, Variable) else ()))
    with self.binding(name.name, variable):
        body = self.tree(node.args[0])
    for part in walk(body):
        meant = part.definition if isinstance(part, Variable) else None
        if meant is not None and any(other.name == variable.name for other in free_variables(meant)):
            raise Misread(
                f"{part} stands for something in which {variable.name} is",
                node.start,
                node.end,
                cure="write out what it stands for",
            )
    return Apply("value_at", (body, variable.at(name.start, name.end), point))


def _ends_a_range(name: Variable, body: Expr) -> bool:
    """The n of ``sum(1/2^k, (k, 0, n))``, which goes to infinity as an integer."""
    ends = (part.upper for part in walk(body) if isinstance(part, Binder) and part.kind != "integral")
    return any(end is not None and name in free_variables(end) for end in ends)


def _kind_in_limit(self: Resolver, name: Name) -> Kind:
    """A name that is declared as an integer stays one: ``sin(pi*n)`` has the limit 0 as a sequence only."""
    found = self.look_up(name.name)
    is_integer = isinstance(found, Variable) and found.kind.domain.integer and not found.kind.shape
    return found.kind if isinstance(found, Variable) and is_integer else SCALAR


def range_form(self: Resolver, node: Applied) -> Expr | None:
    """``range(a, b)`` by itself: the list of its numbers."""
    if not 1 <= len(node.args) <= 2:
        raise incomplete(node, "range(a, b)")
    ends = [self.as_role("size", arg) for arg in node.args]
    index = self.bound_variable(Name("i", node.start, node.end))
    lower = ends[0] if len(ends) == 2 else Number(0)
    return Binder("array", index, index, lower, before(ends[-1]))
