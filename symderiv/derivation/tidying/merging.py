"""Terms that are sent back through the same operations: vjp(u, x, G) + vjp(u, x, H) = vjp(u, x, G + H)."""

from __future__ import annotations

from collections import Counter

from symderiv.expression.tree import Apply, Expr


def merged(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The terms, those of the same u and x as one where the first of them stood."""
    together: dict[Expr, list[Expr]] = {}
    for term in terms:
        sign, inner = _sign(term)
        if isinstance(inner, Apply) and inner.head == "vjp":
            u, x, G = inner.args
            together.setdefault(Apply("vjp", (u, x)), []).append(Apply("neg", (G,)) if sign else G)
        else:
            together.setdefault(term, []).append(term)
    if len(together) == len(terms):
        return terms
    found: list[Expr] = []
    for key, parts in together.items():
        if isinstance(key, Apply) and key.head == "vjp" and len(key.args) == 2:
            found.append(Apply("vjp", (*key.args, _sum(parts))))
        else:
            found += parts
    return tuple(found)


def parted(tree: Expr) -> Counter[Expr]:
    """The terms of a sum, a vjp of several terms taken apart: it is linear in what it sends back."""
    match tree:
        case Apply(head="add", args=terms, options=()):
            return sum(map(parted, terms), Counter())
        case Apply(head="sub", args=(a, b), options=()):
            return parted(a) + parted(Apply("neg", (b,)))
        case Apply(head="vjp", args=(u, x, G)):
            return Counter({Apply("vjp", (u, x, part)): n for part, n in parted(G).items()})
        case Apply(head="neg", args=(Apply(head="vjp", args=(u, x, G)),)):
            return parted(Apply("vjp", (u, x, Apply("neg", (G,)))))
    return Counter((tree,))


def _sign(term: Expr) -> tuple[bool, Expr]:
    negative = isinstance(term, Apply) and term.head == "neg"
    return negative, term.children[0] if negative else term


def _sum(parts: list[Expr]) -> Expr:
    from symderiv.derivation.tidying.tidying import tidy

    return parts[0] if len(parts) == 1 else tidy(Apply("add", tuple(parts)))
