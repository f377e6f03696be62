"""Equal subtrees made one object, so that looking them up later takes no comparison of trees."""

from __future__ import annotations

from operator import is_

from symderiv.expression.tree import Apply, Expr


class Sharing:
    """Of expressions that are given one after the other, the same with each subtree a single object.

    An operation is told by its arguments, which are single objects already: no tree is ever compared.

    >>> from symderiv.expression.tree import Variable
    >>> one = Sharing().shared(Apply("add", (Apply("exp", (Variable("x"),)), Apply("exp", (Variable("x"),)))))
    >>> one.children[0] is one.children[1]
    True
    """

    def __init__(self) -> None:
        self._met: dict[int, tuple[Expr, Expr]] = {}  # by identity, with what was met: it has to stay alive
        self._single: dict[object, Expr] = {}

    def shared(self, expr: Expr) -> Expr:
        children = expr.children
        if not children:
            return self._single.setdefault(expr, expr)
        met = self._met.get(id(expr))
        if met is not None:
            return met[1]
        kept = tuple([self.shared(child) for child in children])
        if type(expr) is Apply and not expr.options:
            key: object = (expr.head, *map(id, kept))
            found = self._single.get(key)
            if found is None:
                found = self._single[key] = _over(expr, children, kept)
        else:
            single = _over(expr, children, kept)
            found = self._single.setdefault(single, single)
        self._met[id(expr)] = (expr, found)
        return found


def _over(expr: Expr, children: tuple[Expr, ...], kept: tuple[Expr, ...]) -> Expr:
    """The node over its children as they are kept; the node itself where these are its own."""
    if all(map(is_, kept, children)):
        return expr
    rebuilt = expr.rebuild(kept)
    rebuilt.contents = expr.contents
    return rebuilt
