"""A piece of syntax anew, with other parts: nodes are shared, so none is changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from symderiv.language.syntax import (
    Adjacent,
    Applied,
    Bound,
    Choice,
    Comprehension,
    Group,
    Indexed,
    Interval,
    Items,
    Node,
    Operation,
    Pairs,
    Sliced,
    Stretch,
    Where,
)

Change = Callable[[Node], Node]


def rebuilt(node: Node, change: Change) -> Node:
    """The node with each of its parts changed; the names that it binds or applies stay."""
    match node:
        case Group():
            return type(node)(change(node.inner), node.start, node.end)
        case Operation():
            return Operation(node.head, _all(node.args, change), node.start, node.end)
        case Applied():
            options = tuple((name, change(value)) for name, value in node.options)
            return type(node)(node.callee, _all(node.args, change), options, node.start, node.end)
        case Indexed():
            return Indexed(change(node.base), _all(node.indices, change), node.start, node.end)
        case Sliced():
            return Sliced(change(node.base), _all(node.places, change), node.start, node.end)
        case Stretch():
            first, past, step = (
                each if each is None else change(each) for each in (node.first, node.past, node.step)
            )
            return Stretch(first, past, step, node.start, node.end)
        case Items():
            return Items(node.kind, _all(node.items, change), node.start, node.end)
        case Interval():
            opens = node.low_open, node.high_open
            return Interval(change(node.low), change(node.high), *opens, node.start, node.end)
        case Pairs():
            return Pairs(tuple((key, change(value)) for key, value in node.items), node.start, node.end)
        case Adjacent():
            return Adjacent(_all(node.operands, change), node.start, node.end)
        case Where():
            return Where(change(node.body), node.name, change(node.meant))
        case Bound():
            ends = (node.lower, node.upper, node.condition)
            return Bound(node.kind, change(node.body), node.name, *ends, node.start, node.end)
        case Comprehension():
            return Comprehension(node.kind, change(node.body), node.clauses, node.start, node.end)
        case Choice():
            branches = tuple((change(case), change(value)) for case, value in node.branches)
            otherwise = None if node.otherwise is None else change(node.otherwise)
            return Choice(branches, otherwise, node.start, node.end)
    return node


def _all(nodes: Iterable[Node], change: Change) -> tuple[Node, ...]:
    return tuple(change(node) for node in nodes)
