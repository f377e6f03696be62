"""Sums in which alike terms are gathered: c + u + c is 2 c + u, 3 c - c is 2 c.

Two lines that differ in nothing else are equal, whatever the terms are. What cancels is left as it stands: it
may say where the line exists.
"""

from __future__ import annotations

from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.tree import Apply, Binder, Expr, Number

Multiples = dict[Expr, Number]


def gathered(tree: Expr) -> Expr:
    """The tree with the terms of its sums gathered, in what a derivative is taken of too.

    That changes no function, nor where it exists, and so no derivative.

    >>> from symderiv.expression.tree import Variable
    >>> c, u = Variable("c"), Variable("u")
    >>> gathered(Apply("add", (c, u, c))) == Apply("add", (Apply("mul", (Number(2), c)), u))
    True
    """
    if isinstance(tree, Binder) or not tree.children:
        return tree
    if isinstance(tree, Apply) and tree.head in DERIVATIVES:
        u, *x = tree.children[:2]
        return tree.rebuild((gathered(u), *x, *map(gathered, tree.children[2:])))
    tree = tree.rebuild(tuple(map(gathered, tree.children)))
    if isinstance(tree, Apply) and tree.head in ("add", "sub", "neg") and not tree.options:
        return _sum_of(_multiples(tree, 1, {})) or tree
    return tree


def _multiples(tree: Expr, sign: int, found: Multiples) -> Multiples:
    """How often each term is added."""
    match tree:
        case Apply(head="add", args=terms, options=()):
            for term in terms:
                _multiples(term, sign, found)
        case Apply(head="sub", args=(a, b), options=()):
            _multiples(b, -sign, _multiples(a, sign, found))
        case Apply(head="neg", args=(a,), options=()):
            _multiples(a, -sign, found)
        case Apply(head="mul", args=(Number(value=n), a), options=()):
            found[a] = Number(found.get(a, Number(0)).value + sign * n)
        case _:
            found[tree] = Number(found.get(tree, Number(0)).value + sign)
    return found


def _sum_of(multiples: Multiples) -> Expr | None:
    """None where terms cancel."""
    if any(n.value == 0 for n in multiples.values()):
        return None
    terms = tuple(term if n.value == 1 else Apply("mul", (n, term)) for term, n in multiples.items())
    return terms[0] if len(terms) == 1 else Apply("add", terms)
