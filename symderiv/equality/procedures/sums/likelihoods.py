"""Products over a range under a logarithm or a root, as a likelihood and a perplexity are read.

``log Π u_i = Σ log u_i`` for u that are never negative, as such a product is positive where all of them are;
``(Π u_i)^a = exp(a Σ log u_i)`` for positive u. ``log|Π x_i|`` is the first of these.
"""

from __future__ import annotations

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.inside import facts_inside
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.build import add, compare, conjunction, function, mul
from symderiv.expression.contents import contents
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, Number, transform, walk


def with_sums_of_logarithms(a: Expr, b: Expr, facts: tuple[Expr, ...] = ()) -> tuple[Expr, Expr]:
    """Both sides with each logarithm of a product of what is surely not negative as a sum.

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
    """The condition with what is positive said of each factor of a product that is never negative."""
    if Binder not in contents(defined).classes:
        return defined
    return conjunction(*(_said_of_factors(part, facts) for part in conjuncts(defined)))


def _said_of_factors(part: Expr, facts: tuple[Expr, ...]) -> Expr:
    match part:
        case Apply(head="lt", args=(zero, u)) if zero == ZERO and any(map(_is_product, walk(u))):
            return part if _logarithm(u, knowledge(facts)) is None else _positive(u, knowledge(facts))
    return part


def _positive(u: Expr, known: Knowledge) -> Expr:
    """That a product is positive, whose logarithm is a sum."""
    match _with_sizes_inside(u):
        case Binder(kind="prod") as product:
            inner = _positive(product.body, knowledge(facts_inside(product, known.facts)))
            ends = product.variable, product.lower, product.upper
            return TRUE if inner == TRUE else Binder("forall", inner, *ends)
        case Apply(head="mul", args=factors):
            return conjunction(*(_positive(factor, known) for factor in factors))
        case Apply(head="pow", args=(base, Number(value=int(times)))) if times % 2 == 0:
            return compare("ne", base, ZERO)
        case factor:
            condition = compare("lt", ZERO, factor)
            return TRUE if known.implies(condition) else condition


def _with_sizes_inside(u: Expr) -> Expr:
    """``|Π x|`` as ``Π |x|``."""
    match u:
        case Apply(head="abs", args=(Binder(kind="prod") as product,)):
            ends = product.variable, product.lower, product.upper, product.condition
            return Binder("prod", function("abs", product.body), *ends)
        case Apply(head="abs", args=(Apply(head="mul", args=factors),)):
            return mul(*(function("abs", factor) for factor in factors))
    return u


def _logarithm_apart(node: Expr, facts: tuple[Expr, ...]) -> Expr:
    match node:
        case Apply(head="log", args=(u,)) if any(map(_is_product, walk(u))):
            return _logarithm(u, knowledge(facts)) or node
    return node


def _root_apart(node: Expr, facts: tuple[Expr, ...]) -> Expr:
    match node:
        case Apply(head="pow", args=(u, a)) if _is_product(u) and not is_integer_valued(a):
            found = _logarithm(u, knowledge(facts)) if _positive(u, knowledge(facts)) == TRUE else None
            return node if found is None else function("exp", mul(a, found))
    return _logarithm_apart(node, facts)


def _is_product(node: Expr) -> bool:
    return isinstance(node, Binder) and node.kind == "prod"


def _logarithm(u: Expr, known: Knowledge) -> Expr | None:
    """The logarithm of a product, a positive power, a factor; ``None`` where one may be negative."""
    match _with_sizes_inside(u):
        case Binder(kind="prod") as product if product.condition == TRUE:
            inner = _logarithm(product.body, knowledge(facts_inside(product, known.facts)))
            ends = product.variable, product.lower, product.upper
            return None if inner is None else Binder("sum", inner, *ends)
        case Apply(head="mul", args=factors):
            parts = [_logarithm(factor, known) for factor in factors]
            found = [part for part in parts if part is not None]
            return add(*found) if len(found) == len(parts) else None
        case Apply(head="pow", args=(base, exponent)) if known.implies(compare("lt", ZERO, base)):
            inner = _logarithm(base, known)
            return None if inner is None else mul(exponent, inner)
    return function("log", u) if known.implies(compare("le", ZERO, u)) else None
