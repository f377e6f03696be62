"""Rewriting a question at one of its nodes, also inside the definitions of its names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from symderiv.derivation import meaning
from symderiv.expression.tree import MINUS_ONE, ONE, Apply, Expr, Mapping, Sequence, Variable
from symderiv.grading.misconceptions.pattern import Rewrite
from symderiv.tensor import Tensor

MAX_SITES = 60


def nodes_of(tree: Expr) -> Iterator[Expr]:
    """Every node once, definitions included, the outermost first."""
    seen: set[Expr] = set()
    waiting = [tree]
    while waiting and len(seen) < 2000:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        yield node
        waiting.extend(node.children)
        if isinstance(node, Variable) and node.definition is not None:
            waiting.append(node.definition)


def at_one_node(rule: Rewrite) -> Rewrite:
    """The rule at one node at a time, the outermost first."""

    def forms(tree: Expr) -> Iterator[Expr]:  # a definition may lose its meaning: not before one is asked for
        yield from _one_by_one(tree, _sites(rule, tree))

    return forms


Sites = list[tuple[Expr, list[Expr]]]


def _sites(rule: Rewrite, tree: Expr) -> Sites:
    """The nodes at which the rule has something to put, with what that is."""
    sites = ((node, list(rule(node))) for node in nodes_of(tree))
    return [(node, found) for node, found in sites if found][:MAX_SITES]


def _one_by_one(tree: Expr, sites: Sites) -> Iterator[Expr]:
    for node, found in sites:
        for wrong in found:
            yield replaced(tree, node, wrong)


def at_nodes(rule: Rewrite) -> Rewrite:
    """The rule at one node at a time, then at all of them at once.

    All of them are those of the tree and of its names' definitions, and those of the tree alone.
    """

    def forms(tree: Expr) -> Iterator[Expr]:
        sites = _sites(rule, tree)
        yield from _one_by_one(tree, sites)
        if len(sites) > 1:
            for number in range(max(len(found) for _, found in sites)):
                yield at_every_node(tree, rule, number)
                shallow = at_every_node(tree, rule, number, inside_names=False)
                if shallow != tree:
                    yield shallow

    return forms


def at_every_node(tree: Expr, rule: Rewrite, number: int, inside_names: bool = True) -> Expr:
    """The ``number``-th form of the rule at every node that has one, the innermost first."""

    def go(node: Expr) -> Expr:
        if isinstance(node, Variable):
            named = node.definition is not None and inside_names
            inner: Expr = _redefined(node, go) if named else node
        else:
            children = tuple(go(child) for child in node.children)
            same = all(new is old for new, old in zip(children, node.children, strict=True))
            inner = node if same else node.rebuild(children)
        found = list(rule(inner))
        return found[min(number, len(found) - 1)] if found else inner

    return go(tree)


def at_root(rule: Rewrite) -> Rewrite:
    """The rule on the question as a whole, and on each of its named results or items."""

    def forms(tree: Expr) -> Iterator[Expr]:
        yield from rule(tree)
        if isinstance(tree, Mapping | Sequence):
            for number, child in enumerate(tree.children):
                for wrong in rule(child):
                    children = list(tree.children)
                    children[number] = wrong
                    yield tree.rebuild(tuple(children))
            every = [list(rule(child)) or [child] for child in tree.children]
            for number in range(max(map(len, every), default=0)):
                yield tree.rebuild(tuple(found[min(number, len(found) - 1)] for found in every))

    return forms


def replaced(tree: Expr, old: Expr, new: Expr) -> Expr:
    """The tree with a node replaced wherever it stands; the very same tree where it doesn't."""
    return rebuilt(tree, lambda node: new if node == old else None)


def rebuilt(tree: Expr, choose: Callable[[Expr], Expr | None]) -> Expr:
    """The tree with the nodes for which ``choose`` has something replaced by it, the outermost first."""
    memory: dict[int, Expr] = {}

    def go(node: Expr) -> Expr:
        chosen = choose(node)
        if chosen is not None:
            return chosen
        if isinstance(node, Variable):
            return _redefined(node, go) if node.definition is not None else node
        key = id(node)
        if key not in memory:
            children = tuple(go(child) for child in node.children)
            same = all(new is old for new, old in zip(children, node.children, strict=True))
            memory[key] = node if same else node.rebuild(children)
        return memory[key]

    return go(tree)


def _redefined(name: Variable, go: Callable[[Expr], Expr]) -> Variable:
    """The name with a rewritten definition, and the shape that this now has."""
    assert name.definition is not None
    definition = go(name.definition)
    if definition is name.definition:
        return name
    found = meaning(definition)
    shape = tuple(found.shape) if isinstance(found, Tensor) else name.kind.shape
    return Variable(name.name, replace(name.kind, shape=shape), definition, name.value)


def is_apply(node: Expr, *heads: str) -> bool:
    return isinstance(node, Apply) and node.head in heads


def option(node: Apply, name: str) -> Expr | None:
    """A keyword argument of a call."""
    return next((value for key, value in node.options if key == name), None)


def with_option(node: Apply, name: str, value: Expr | None) -> Apply:
    """The call with a keyword argument changed, or left out."""
    kept = tuple((key, old if key != name or value is None else value) for key, old in node.options)
    return Apply(node.head, node.args, tuple((k, v) for k, v in kept if value is not None or k != name))


def with_arg(node: Apply, position: int, value: Expr) -> Apply:
    """The call with one positional argument changed."""
    args = (*node.args[:position], value, *node.args[position + 1 :])
    return Apply(node.head, args, node.options)


def quotient(node: Expr) -> tuple[Expr, Expr] | None:
    """What stands above and below the line, written a/b or a b^-1."""
    if not isinstance(node, Apply):
        return None
    if node.head == "div":
        return node.args[0], node.args[1]
    below = [arg.children[0] for arg in node.args if is_apply(arg, "pow") and arg.children[1] == MINUS_ONE]
    if node.head != "mul" or len(below) != 1:
        return None
    above = tuple(arg for arg in node.args if arg != Apply("pow", (below[0], MINUS_ONE)))
    return Apply("mul", above) if len(above) > 1 else above[0] if above else ONE, below[0]
