"""What an expression is made of: its free names, the classes of its nodes, how many there are.

Every procedure asks first whether there is anything for it to do. A tree never changes, so the answer is kept
on the node that was asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.expression.tree import Apply, Binder, Call, Expr, Number, Variable


@dataclass(frozen=True, slots=True)
class Contents:
    """The names that no binder inside binds; the class of every node; their number."""

    free: frozenset[Variable]
    classes: frozenset[type[Expr]]
    size: int


def contents(expr: Expr) -> Contents:
    """What the expression is made of.

    >>> from symderiv.expression.tree import Apply, Binder, index_variable, Variable
    >>> i, x = index_variable("i"), Variable("x")
    >>> found = contents(Binder("sum", Apply("mul", (x, i)), i))
    >>> sorted(v.name for v in found.free), Binder in found.classes, found.size
    (['x'], True, 5)
    """
    if expr.contents is None:
        expr.contents = _gathered(expr)
    return expr.contents


def shows(expr: Expr, kind: type[Expr]) -> bool:
    """Whether a node of a class stands in an expression: sooner than its `contents`, and not kept.

    >>> from symderiv.expression.tree import Index, Variable
    >>> x = Variable("x")
    >>> shows(Apply("exp", (Index(x, (Number(0),)),)), Index), shows(Apply("exp", (x,)), Index)
    (True, False)
    """
    stack = [expr]
    while stack:
        node = stack.pop()
        if type(node) is kind:
            return True
        known = node.contents
        if known is None:
            stack += node.children
        elif kind in known.classes:
            return True
    return False


def _gathered(expr: Expr) -> Contents:
    """One walk, short where a part was asked or met before; a binder's parts are asked by themselves."""
    free: set[Variable] = set()
    names: dict[int, Variable] = {}  # by identity: the same name stands in many places
    met: set[int] = set()
    classes: set[type[Expr]] = set()
    size = 0
    stack = [expr]
    while stack:
        node = stack.pop()
        kind = type(node)
        known = node.contents
        if known is None and kind is Apply:
            if id(node) not in met:
                met.add(id(node))
                classes.add(kind)
                size += 1
                stack += node.children
                continue
            known = contents(node)
        if known is not None:
            free |= known.free
            classes |= known.classes
            size += known.size
            continue
        size += 1
        classes.add(kind)
        if kind is Variable:
            names[id(node)] = node  # type: ignore[assignment]
        elif kind is Number:
            continue
        elif isinstance(node, Binder):
            inner = (contents(node.body), contents(node.condition))
            free |= (inner[0].free | inner[1].free) - {node.variable}
            classes |= inner[0].classes | inner[1].classes
            size += inner[0].size + inner[1].size
            stack.extend(end for end in (node.lower, node.upper) if end is not None)
        else:
            if isinstance(node, Call):
                free.add(node.function)
            stack.extend(node.children)
    return Contents(frozenset(free.union(names.values())), frozenset(classes), size)
