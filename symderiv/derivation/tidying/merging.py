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


def stacked(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """stack(a, b) + stack(c, d) as stack(a + c, b + d), where the first of them stood."""
    stacks = [term for term in terms if _is_stack(term)]
    if len(stacks) < 2 or len({len(stack.children) for stack in stacks}) > 1:
        return terms
    slices = zip(*(stack.children for stack in stacks), strict=True)
    whole = Apply("stack", tuple(_sum_of_slices(parts) for parts in slices))
    first = stacks[0]
    return tuple(whole if term is first else term for term in terms if term is first or term not in stacks)


def _is_stack(term: Expr) -> bool:
    return isinstance(term, Apply) and term.head == "stack" and not term.options


def _sum_of_slices(parts: tuple[Expr, ...]) -> Expr:
    kept = [part for part in parts if not _is_empty(part)]
    return _sum(kept) if kept else parts[0]


def _is_empty(part: Expr) -> bool:
    return isinstance(part, Apply) and part.head == "zeros"


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
