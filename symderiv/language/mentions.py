"""Questions to a piece of syntax: what is in it, does it mention a name?"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.language.syntax import (
    Applied,
    Bound,
    Choice,
    Clause,
    Comprehension,
    Group,
    Indexed,
    Interval,
    Items,
    Name,
    Node,
    Operation,
    Pairs,
    Sliced,
    Stretch,
    Where,
)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes right inside a node."""
    match node:
        case Group():
            return (node.inner,)
        case Operation():
            return node.args
        case Where():
            return (node.body, node.meant)
        case Applied():
            return (node.callee, *node.args, *(value for _, value in node.options))
        case Indexed():
            return (node.base, *node.indices)
        case Sliced():
            return (node.base, *node.places)
        case Stretch():
            return tuple(end for end in (node.first, node.past, node.step) if end is not None)
        case Items():
            return node.items
        case Interval():
            return (node.low, node.high)
        case Bound():
            ends = (node.lower, node.upper, node.condition)
            return (node.body, *(end for end in ends if end is not None))
        case Pairs():
            return tuple(part for item in node.items for part in item)
        case Comprehension():
            return (node.body, *node.clauses)
        case Clause():
            return (node.domain,) if node.condition is None else (node.domain, node.condition)
        case Choice():
            flat = tuple(part for branch in node.branches for part in branch)
            return flat if node.otherwise is None else (*flat, node.otherwise)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Every node, parents first."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(parts(here)))


def mentions(node: Node, name: str) -> bool:
    """Does the name occur free?"""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Name) and here.name == name:
            return True
        if isinstance(here, Bound) and here.name.name == name:
            waiting.extend(end for end in (here.lower, here.upper) if end is not None)
        else:
            waiting.extend(parts(here))
    return False


def only_indexes(node: Node, name: str) -> bool:
    """Does the name stand in indices, and nowhere else?"""
    found, waiting = False, [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Name) and here.name == name:
            return False
        if isinstance(here, Indexed):
            found = found or any(mentions(place, name) for place in here.indices)
            waiting.append(here.base)
        else:
            waiting.extend(parts(here))
    return found
