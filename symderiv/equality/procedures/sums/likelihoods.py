"""Products over a range under a logarithm or a root, as a likelihood and a perplexity are read.

``log Π u_i = Σ log u_i`` and ``(Π u_i)^a = exp(a Σ log u_i)`` for positive u.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.build import add, compare, conjunction, function, mul
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, transform, walk


def with_sums_of_logarithms(a: Expr, b: Expr, facts: tuple[Expr, ...] = ()) -> tuple[Expr, Expr]:
    """Both sides with each logarithm of a product of what is surely positive as a sum.

    Its roots, too, where an exponential or a logarithm stands on one of the sides: else ``Π √u_i`` is nearer.

    >>> from symderiv.expression.kinds import POSITIVE, SIZE, Kind
    >>> from symderiv.expression.tree import ONE, Variable, index_variable
    >>> i, n, p = index_variable("i"), Variable("n", SIZE), Variable("p", Kind(domain=POSITIVE))
    >>> print(with_sums_of_logarithms(function("log", Binder("prod", p, i, ONE, n)), p)[0])
    sum(log(p), (i, 1, n))
    """
    if not any(Binder in contents(side).classes for side in (a, b)):
        return a, b
    rewritten = _root_apart if any(map(_is_transcendental, (*walk(a), *walk(b)))) else _logarithm_apart
    left, right = (transform(side, lambda node: rewritten(node, facts)) for side in (a, b))
    return left, right


def _is_transcendental(node: Expr) -> bool:
    return isinstance(node, Apply) and node.head in ("exp", "log")


def without_positive_products(defined: Expr, facts: tuple[Expr, ...] = ()) -> Expr:
    """The condition without the parts that say that a product of what is surely positive is positive."""
    if Binder not in contents(defined).classes:
        return defined
    parts = conjuncts(defined)
    return conjunction(*(part for part in parts if not _says_positive(part, facts)))


def _says_positive(part: Expr, facts: tuple[Expr, ...]) -> bool:
    match part:
        case Apply(head="lt", args=(zero, u)) if zero == ZERO and any(map(_is_product, walk(u))):
            return _logarithm(u, knowledge(facts)) is not None
    return False


def _logarithm_apart(node: Expr, facts: tuple[Expr, ...]) -> Expr:
    match node:
        case Apply(head="log", args=(u,)) if any(map(_is_product, walk(u))):
            return _logarithm(u, knowledge(facts)) or node
    return node


def _root_apart(node: Expr, facts: tuple[Expr, ...]) -> Expr:
    match node:
        case Apply(head="pow", args=(u, a)) if _is_product(u) and not is_integer_valued(a):
            found = _logarithm(u, knowledge(facts))
            return node if found is None else function("exp", mul(a, found))
    return _logarithm_apart(node, facts)


def _is_product(node: Expr) -> bool:
    return isinstance(node, Binder) and node.kind == "prod"


def _logarithm(u: Expr, known: Knowledge) -> Expr | None:
    """The logarithm of a product, a power, a positive factor; ``None`` where its sign isn't known."""
    match u:
        case Binder(kind="prod") if u.condition == TRUE:
            inner = _logarithm(u.body, knowledge(facts_inside(u, known.facts)))
            return None if inner is None else Binder("sum", inner, u.variable, u.lower, u.upper)
        case Apply(head="mul", args=factors):
            parts = [_logarithm(factor, known) for factor in factors]
            found = [part for part in parts if part is not None]
            return add(*found) if len(found) == len(parts) else None
        case Apply(head="pow", args=(base, exponent)) if known.implies(compare("lt", ZERO, base)):
            inner = _logarithm(base, known)
            return None if inner is None else mul(exponent, inner)
    return function("log", u) if known.implies(compare("lt", ZERO, u)) else None
