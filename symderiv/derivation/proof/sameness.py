"""Two arrays that are written alike up to the names of their bound indices: equal without further proof."""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.derivation.proof.existence.guarded import is_sure
from symderiv.derivation.vocabulary import is_size
from symderiv.expression.build import add, compare, disjunction, mul, power
from symderiv.expression.instantiation import instantiate
from symderiv.expression.kink_conditions import off_kinks
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Expr,
    Number,
    Variable,
    index_variable,
    walk,
)
from symderiv.tensor import Tensor


def written_alike(left: Tensor, right: Tensor) -> bool:
    """The same shape, the same formula and the same conditions, each perhaps said more than once.

    >>> i, j = index_variable("i"), index_variable("j")
    >>> sums = [Binder("sum", k, k, Number(0), Number(9)) for k in (i, j)]
    >>> written_alike(*map(Tensor.scalar, sums))
    True
    """
    if left.shape != right.shape:
        return False
    at = left.indices
    values = numbered(left.formula(*at)), numbered(right.formula(*at))
    if values[0] != values[1] and _sorted(values[0]) != _sorted(values[1]):
        return False
    return conditions(left.condition(*at)) == conditions(right.condition(*at))


def in_the_names_of(left: Tensor, right: Tensor) -> Tensor:
    """The right side with the sums of the left one in the place of those that differ in their bound names.

    >>> i, j = index_variable("i"), index_variable("j")
    >>> a, b = (Tensor.scalar(Binder("sum", k, k, Number(0), Number(9))) for k in (i, j))
    >>> in_the_names_of(a, b) == a
    True
    """
    at = left.indices
    sums = (node for e in (left.value, left.defined) for node in walk(e) if isinstance(node, Binder))
    known = {numbered(node): node for node in sums}
    if not known:
        return right
    value, defined = (_known_as(e, known) for e in (right.formula(*at), right.condition(*at)))
    return Tensor(right.shape, at, value, defined)


def _known_as(expr: Expr, known: dict[Expr, Binder]) -> Expr:
    found = known.get(numbered(expr)) if isinstance(expr, Binder) else None
    if found is not None:
        return found
    changed = tuple(_known_as(child, known) for child in expr.children)
    if all(new is old for new, old in zip(changed, expr.children, strict=True)):
        return expr
    return expr.rebuild(changed)


_STEM = "·"
"""No text can be read as a name that begins so."""


def is_bound(name: Variable) -> bool:
    return name.kind.index and name.name.startswith(_STEM)


def numbered(expr: Expr, depth: int = 0) -> Expr:
    """The expression with its bound names numbered from the outside."""
    if isinstance(expr, Binder):
        name = index_variable(f"{_STEM}{depth}")
        body, condition = (instantiate(part, {expr.variable: name}) for part in (expr.body, expr.condition))
        lower, upper = (None if end is None else numbered(end, depth) for end in (expr.lower, expr.upper))
        return Binder(
            expr.kind, numbered(body, depth + 1), name, lower, upper, numbered(condition, depth + 1)
        )
    children = expr.children
    changed = tuple(numbered(child, depth) for child in children)
    if isinstance(expr, Apply) and expr.head == "add":
        changed = _in_order(changed)
    if all(new is old for new, old in zip(changed, children, strict=True)):
        return expr
    return expr.rebuild(changed)


def _in_order(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The terms of ``2 i + a - 1`` in an order that doesn't rest on what the indices were called before."""
    names = [name for term in terms if (name := _name_in(term)) is not None]
    if len(names) < len(terms) or len(set(names)) < len(names):
        return terms
    by_name = dict(zip(names, terms, strict=True))
    return tuple(by_name[name] for name in sorted(names))


def _sorted(expr: Expr) -> Expr:
    """The numbered expression with terms and factors in an order that rests on them alone, powers as one,
    the numbers in them by themselves: 1/(2 d) is (1/2) (1/d)."""
    children = tuple(map(_sorted, expr.children))
    match expr, children:
        case Apply(head="pow"), (Apply(head="pow", args=(u, Number(value=int(a)))), Number(value=int(b))):
            return power(u, Number(a * b))
        case Apply(head="pow"), (
            Apply(head="mul", args=(Number() as c, *rest)),
            Number(value=int()) as n,
        ) if c != ZERO:
            return _sorted(mul(power(c, n), power(mul(*rest), n)))
        case Apply(head="mul"), _:
            product = mul(*children)
            ordered = isinstance(product, Apply) and product.head == "mul"
            return product.rebuild(tuple(sorted(product.children, key=hash))) if ordered else product
        case Apply(head="add"), _:
            children = tuple(sorted(children, key=hash))
    if all(new is old for new, old in zip(children, expr.children, strict=True)):
        return expr
    return expr.rebuild(children)


def _name_in(term: Expr) -> str | None:
    """The name of which a term is a multiple; a number comes after all names."""
    match term:
        case Number():
            return "\uffff"
        case Variable(name=name) | Apply(head="mul", args=(Number(), Variable(name=name))):
            return name
    return None


def conditions(condition: Expr) -> frozenset[Expr]:
    """What is asked, without what follows from the rest."""
    parts = _parts(off_kinks(condition))
    asked = dict.fromkeys(part for part in parts if part == TRUE or not is_sure(part))
    for part in tuple(asked):
        if isinstance(part, Apply) and part.head == "le" and _is_not_zero(part.args[1], asked):
            asked[compare("lt", *part.args)] = None
    for part in tuple(asked):
        if any(_implies(other, part) for other in asked if other != part):
            del asked[part]
    return frozenset(asked) or frozenset((TRUE,))


def _parts(condition: Expr) -> tuple[Expr, ...]:
    """What is asked one by one; "for all k" of something without k is that, where there is a k."""
    if isinstance(condition, Apply) and condition.head == "and":
        return tuple(part for inner in condition.args for part in _parts(inner))
    if isinstance(condition, Binder) and condition.kind == "forall" and condition.condition == TRUE:
        return tuple(part for inner in conjuncts(condition.body) for part in _for_all(condition, inner))
    return (numbered(condition),)


def _for_all(range_of: Binder, asked: Expr) -> tuple[Expr, ...]:
    if range_of.variable not in free_variables(asked) and _has_one(range_of):
        return _parts(asked)
    if isinstance(asked, Apply) and asked.head == "or":
        once = [part for part in asked.args if range_of.variable not in free_variables(part)]
        each = [part for part in asked.args if part not in once]
        if once and each:
            return (disjunction(*map(numbered, once), *_for_all(range_of, disjunction(*each))),)
    lower, upper = range_of.lower, range_of.upper
    return (numbered(Binder("forall", asked, range_of.variable, lower, upper, range_of.condition)),)


def _has_one(range_of: Binder) -> bool:
    """Whether 0 … upper holds an index for certain: a number, or n - 1 for a size n."""
    if range_of.lower != ZERO or range_of.upper is None:
        return False
    length = add(range_of.upper, ONE)
    if isinstance(length, Number):
        return length.value >= 1
    return is_size(length)


def _implies(known: Expr, asked: Expr) -> bool:
    """u > 0 says that u ≥ 0 and u^q ≠ 0, anything "this, or something else"; so do they for all k."""
    if isinstance(known, Binder) and isinstance(asked, Binder):
        same_range = known.children[1:] == asked.children[1:] and known.kind == asked.kind == "forall"
        return same_range and known.variable == asked.variable and _implies(known.body, asked.body)
    if not isinstance(known, Apply) or not isinstance(asked, Apply):
        return False
    if asked.head == "or":
        return known in asked.args
    if known.head != "lt" or known.args[0] != ZERO:
        return False
    u = known.args[1]
    if asked.head == "le":
        return asked.args == (ZERO, u)
    return asked.head == "ne" and asked.args[1] == ZERO and _is_power(asked.args[0], u)


def _is_power(expr: Expr, u: Expr) -> bool:
    return expr == u or (isinstance(expr, Apply) and expr.head == "pow" and expr.args[0] == u)


def _is_not_zero(u: Expr, asked: Iterable[Expr]) -> bool:
    """Whether u ≠ 0 is asked, or u^q ≠ 0, which for q > 0 says the same."""
    return any(
        isinstance(part, Apply)
        and part.head == "ne"
        and part.args[1] == ZERO
        and (part.args[0] == u or (_is_power(part.args[0], u) and _is_positive(part.args[0].children[1])))
        for part in asked
    )


def _is_positive(exponent: Expr) -> bool:
    return isinstance(exponent, Number) and exponent.value > 0
