"""Equal subtrees made one object, so that looking them up later takes no comparison of trees."""

from __future__ import annotations

from symderiv.expression.tree import Expr

Table = dict[Expr, Expr]


def shared(expr: Expr, table: Table) -> Expr:
    """The same expression, each of its subtrees the one object that the table keeps for it.

    >>> from symderiv.expression.tree import Apply, Variable
    >>> one = shared(Apply("add", (Apply("exp", (Variable("x"),)), Apply("exp", (Variable("x"),)))), {})
    >>> one.children[0] is one.children[1]
    True
    """
    found = table.get(expr)
    if found is not None:
        return found
    children = expr.children
    if children:
        kept = tuple([shared(child, table) for child in children])
        for new, old in zip(kept, children, strict=True):
            if new is not old:
                rebuilt = expr.rebuild(kept)
                rebuilt.contents = expr.contents
                expr = rebuilt
                break
    table[expr] = expr
    return expr
