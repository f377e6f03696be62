"""Small change that nobody writes down: factors 1, zeros in sums, brackets, numbers in front of factors.

The rules for matrices stand in `symderiv.derivation.tidying.matrices`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from operator import is_

from symderiv.derivation.tidying.fractions import reduced
from symderiv.derivation.tidying.matrices import (
    entrywise,
    matrix_product,
    reshaped,
    row,
    total,
    transpose,
    without_units,
)
from symderiv.derivation.tidying.merging import merged, stacked
from symderiv.derivation.tidying.signs import (
    is_array_over_number,
    is_negative,
    negative,
    opposite,
    turned_round,
)
from symderiv.derivation.tidying.zeros import without_zeros
from symderiv.derivation.vocabulary import shape
from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.tree import (
    ONE,
    ZERO,
    Apply,
    Constant,
    Expr,
    Index,
    Number,
    Variable,
    walk,
)


def tidy(tree: Expr) -> Expr:
    """The tree without what changes nothing; its meaning and its domain stay.

    >>> from symderiv.expression.tree import Variable
    >>> x = Variable("x")
    >>> tidy(Apply("mul", (x, Number(3), Apply("mul", (ONE, x))))) == Apply("mul", (Number(3), x, x))
    True
    """
    return _tidied(tree, {})


def _tidied(tree: Expr, known: dict[int, tuple[Expr, Expr]]) -> Expr:
    """The same; a node that stands in several places, told by its identity, is tidied once."""
    children = tree.children
    found = known.get(id(tree))
    if found is not None:
        return found[1]
    changed = tuple([_tidied(child, known) for child in children])
    same = all(map(is_, changed, children))
    result = _tidy_node(tree if same else tree.rebuild(changed))
    known[id(tree)] = tree, result
    return result


def _tidy_node(node: Expr) -> Expr:
    if isinstance(node, Index):
        return row(node)
    if not isinstance(node, Apply) or node.options:
        return node
    shorter = without_zeros(node)
    if shorter is not None:
        return shorter
    rule = _RULES.get(node.head)
    return node if rule is None else rule(node)


def _product(node: Apply) -> Expr:
    """Factors in one row: a sign and a number in front, no ones, no unit matrices, 1/d as a denominator."""
    flat: list[Expr] = []
    for factor in node.args:
        flat.extend(_factors(factor))
    if ZERO in flat:
        return ZERO if all(map(_is_plain_number, flat)) else node
    flat = _numbers_out(flat)
    has_minus, number, others = _signed(flat)
    kept = without_units(tuple(others))
    front = () if number == 1 else (Number(number),)
    row = matrix_product((*front, *kept))
    product = _over_denominators(row)
    result = turned_round(product) if has_minus else product
    return node if result == node else result


def _is_plain_number(factor: Expr) -> bool:
    """A number or the name of one: it exists everywhere, so that 0 times it is 0."""
    return isinstance(factor, Number) or (isinstance(factor, Variable) and not factor.kind.shape)


def _numbers_out(factors: list[Expr]) -> list[Expr]:
    """2 (a/2) b as 2 (1/2) a b, so that the numbers meet."""
    if not any(isinstance(factor, Number) and factor.value != 1 for factor in factors):
        return factors
    found: list[Expr] = []
    for factor in factors:
        halved = isinstance(factor, Apply) and factor.head == "div" and isinstance(factor.args[1], Number)
        if isinstance(factor, Apply) and halved and _number(factor) is None:
            found += [Apply("div", (ONE, factor.args[1])), *_factors(factor.args[0])]
        else:
            found.append(factor)
    return found


def _factors(factor: Expr) -> tuple[Expr, ...]:
    match factor:
        case Apply(head="mul"):
            return factor.args
        case Apply(head="neg", args=(Apply(head="mul") as product,)):
            return (Number(-1), *product.args)
        case Apply(head="div", args=(Number() as above, Apply() | Variable() as below)) if above != ONE:
            return above, Apply("div", (ONE, below))
        case Apply(head="div", args=(Apply(head="eye") as unit, below)):
            return Apply("div", (ONE, below)), unit
        case Apply(head="div", args=(Apply() as above, below)) if is_array_over_number(above, below):
            return Apply("div", (ONE, below)), *_factors(above)
    return (factor,)


def _signed(factors: list[Expr]) -> tuple[bool, Fraction, list[Expr]]:
    """Whether the product has a minus sign, the product of its numbers, and the other factors."""
    has_minus = False
    number = Fraction(1)
    others: list[Expr] = []
    if sum(_number(factor) is not None for factor in factors) > 1:
        factors = [_number(factor) or factor for factor in factors]
    for factor in factors:
        if isinstance(factor, Apply) and factor.head == "neg":
            has_minus, factor = not has_minus, factor.args[0]
        if isinstance(factor, Number):
            has_minus = has_minus != (factor.value < 0)
            number *= abs(Fraction(factor.value))
        else:
            others.append(factor)
    return has_minus, number, others


def _number(factor: Expr) -> Number | None:
    """A number, written as one or as a fraction."""
    if isinstance(factor, Apply) and factor.head == "div":
        above, below = factor.args
        if isinstance(above, Number) and isinstance(below, Number) and below.value != 0:
            return Number(Fraction(above.value) / Fraction(below.value))
    return factor if isinstance(factor, Number) else None


def _over_denominators(row: tuple[Expr, ...]) -> Expr:
    """``1/d * a`` as ``a/d``, for a number d."""
    below = [f.args[1] for f in row if isinstance(f, Apply) and f.head == "div" and f.args[0] == ONE]
    if not below or len(row) == 1 or any(shape(factor) for factor in below):
        return _one_or("mul", row, ONE)
    above = tuple(f for f in row if not (isinstance(f, Apply) and f.head == "div" and f.args[0] == ONE))
    return _quotient(Apply("div", (_one_or("mul", above, ONE), _one_or("mul", tuple(below), ONE))))


def _sum(node: Apply) -> Expr:
    """Terms in one row, zeros left out where something else says the shape."""
    if len(set(node.args)) == 1 and not isinstance(node.args[0], Number):
        return _times(len(node.args), node.args[0])
    terms: list[Expr] = []
    for term in node.args:
        terms.extend(_terms(term))
    kept = _like_terms(stacked(merged(tuple(term for term in terms if term != ZERO))))
    if len(kept) == 2 and is_negative(kept[1]) and not is_negative(kept[0]):
        return Apply("sub", (kept[0], opposite(kept[1])))
    if len(kept) == 2 and _is_settled(kept[0]) and is_negative(kept[0]) and not is_negative(kept[1]):
        return Apply("sub", (kept[1], opposite(kept[0])))
    return node if kept == node.args else _one_or("add", kept, ZERO)


def _is_settled(term: Expr) -> bool:
    """Whether nothing is left to differentiate in a term, and no difference that could take its sign."""
    later = DERIVATIVES | {"sub"}
    return not any(isinstance(node, Apply) and node.head in later for node in walk(term))


def _like_terms(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """a + a as 2 a, and a - a left out beside other terms."""
    for term in terms:
        if is_negative(term) and opposite(term) in terms and len(terms) > 2:
            rest = list(terms)
            rest.remove(term)
            rest.remove(opposite(term))
            return _like_terms(tuple(rest))
    counted = Counter(terms)
    if len(counted) == len(terms) or any(isinstance(term, Number) for term in terms):
        return terms
    return tuple(term if n == 1 else _times(n, term) for term, n in counted.items())


def _times(n: int, term: Expr) -> Expr:
    if is_negative(term):
        return opposite(_times(n, opposite(term)))
    factors = term.args if isinstance(term, Apply) and term.head == "mul" else (term,)
    return (
        Apply("mul", (Number(n), *factors))
        if not isinstance(factors[0], Number)
        else _product(Apply("mul", (Number(n), term)))
    )


def _terms(term: Expr) -> tuple[Expr, ...]:
    if isinstance(term, Apply) and term.head == "add" and not term.options:
        return term.args
    if isinstance(term, Apply) and term.head == "sub":
        return (*_terms(term.args[0]), opposite(term.args[1]))
    return (term,)


def _difference(node: Apply) -> Expr:
    """``(a - b) - c`` without brackets, ``a - -b`` as a sum."""
    first, second = node.args
    if second == ZERO:
        return first
    if len(together := merged((first, Apply("neg", (second,))))) == 1:
        return together[0]
    if is_negative(second) or len(_terms(first)) > 1:
        return _sum(Apply("add", (first, opposite(second))))
    return node


def _quotient(node: Apply) -> Expr:
    above, below = reduced(*node.args)
    if below == ONE:
        return above
    if (above, below) != node.args:
        return Apply("div", (above, below))
    return Apply("neg", (Apply("div", (opposite(above), below)),)) if _has_sign(above) else node


def _has_sign(above: Expr) -> bool:
    return isinstance(above, Apply) and above.head == "neg"


def _one_or(head: str, kept: tuple[Expr, ...], neutral: Expr) -> Expr:
    return neutral if not kept else kept[0] if len(kept) == 1 else Apply(head, kept)


_RULES: dict[str, Callable[[Apply], Expr]] = {
    "mul": _product,
    "add": _sum,
    "sub": _difference,
    "neg": negative,
    "div": _quotient,
    "transpose": transpose,
    "log": lambda node: ONE if node.args == (Constant("e"),) else node,
    "hadamard": entrywise,
    "sum": total,
    "reshape": reshaped,
}
