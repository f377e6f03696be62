"""Inequalities said of letters for what stands in them: ``x_i e^(-x_i) ≤ 1/e``, ``log(1 + x y) ≤ x y``.

What holds for every number of a sign holds for the value of an entry, of a norm, of a product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from symderiv.equality.conditions.condition import Knowledge, knowledge
from symderiv.equality.conditions.signs import NEGATIVE, NONNEGATIVE, NONPOSITIVE, POSITIVE
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.inequalities import always_holds
from symderiv.equality.procedures.inequalities.claims import said_to_hold
from symderiv.equality.procedures.inequalities.several_letters import holds_in_several
from symderiv.equality.proof import Proof
from symderiv.expression.build import mul
from symderiv.expression.contents import contents
from symderiv.expression.kinds import Domain, Kind
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    HALF,
    Apply,
    Binder,
    Call,
    Cases,
    Expr,
    Index,
    Number,
    Variable,
    transform,
    walk,
)

Facts = tuple[Expr, ...]
BORDER = Fraction(0)
MAX_PARTS, MAX_PRODUCTS = 4, 3


def by_letters_for_parts(problem: Problem) -> Proof | None:
    """A proof that a condition always holds, or never, by one that says more."""
    claims = said_to_hold(problem)
    holds = bool(claims) and all(holds_in_letters(claim, problem.facts) for claim in claims)
    return Proof("signs of derivatives") if holds else None


def holds_in_letters(claim: Expr, facts: Facts) -> bool:
    """A proof of ``u ≤ v`` or ``u < v`` with letters for the parts of both."""
    if not (isinstance(claim, Apply) and claim.head in ("lt", "le")) or Cases in contents(claim).classes:
        return False
    return any(
        always_holds(told, given) or holds_in_several(told, given) for told, given in _told(claim, facts)
    )


def _told(claim: Expr, facts: Facts) -> Iterator[tuple[Expr, Facts]]:
    """What says more, in one real letter or in several; and what is given of these."""
    known = knowledge(facts)
    parts = list(dict.fromkeys(_closed(claim)))
    if len(parts) > MAX_PARTS:
        return
    letters = {part: _letter(part, place, known) for place, part in enumerate(parts)}
    told, given = substitute(claim, letters), tuple(substitute(fact, letters) for fact in facts)
    if parts:
        yield told, _only_of(told, given)
    for product in _products(told):
        one = _letter(product, len(parts), knowledge(given))
        each = _replaced(told, product, one)
        if free_variables(each) == {one}:
            yield each, ()


def _closed(expr: Expr) -> Iterator[Expr]:
    """Entries, values of named functions, sums and their roots, the outermost of them."""
    if isinstance(expr, (Index, Binder, Call)) or _is_root_of_a_sum(expr):
        yield expr
    else:
        for child in expr.children:
            yield from _closed(child)


def _is_root_of_a_sum(expr: Expr) -> bool:
    return isinstance(expr, Apply) and expr.head == "pow" and expr.args[1] == HALF and _is_sum(expr.args[0])


def _is_sum(expr: Expr) -> bool:
    return isinstance(expr, Binder) and expr.kind == "sum"


def _letter(part: Expr, place: int, known: Knowledge) -> Variable:
    """A real name that has the sign which a part surely has."""
    signs = known.signs(part)
    domain = Domain()
    for side, bounded in (
        (POSITIVE, Domain(lower=BORDER, lower_open=True)),
        (NONNEGATIVE, Domain(lower=BORDER)),
        (NEGATIVE, Domain(upper=BORDER, upper_open=True)),
        (NONPOSITIVE, Domain(upper=BORDER)),
    ):
        if signs <= side:
            domain = bounded
            break
    return Variable(f"§p{place}", Kind(domain=domain))


def _only_of(told: Expr, given: Facts) -> Facts:
    names = free_variables(told)
    return tuple(fact for fact in given if free_variables(fact) <= names)


def _products(expr: Expr) -> Sequence[Expr]:
    """The products of several names, and the exponentials, that stand in functions or by themselves."""
    found: dict[Expr, None] = {}
    for node in walk(expr):
        if isinstance(node, Apply) and node.head == "exp" and free_variables(node):
            found.setdefault(node)
        for term in terms_of(node) if isinstance(node, Apply) and node.head in ("mul", "add") else ():
            product = mul(*(factor for factor in factors_of(term) if not isinstance(factor, Number)))
            if isinstance(product, Apply) and product.head == "mul":
                found.setdefault(product)
    return list(found)[:MAX_PRODUCTS]


def _replaced(expr: Expr, product: Expr, letter: Variable) -> Expr:
    """The letter for a product wherever its factors stand together."""
    wanted = Counter(factors_of(product))

    def each(node: Expr) -> Expr:
        if node == product:
            return letter
        if isinstance(node, Apply) and node.head == "mul":
            there = Counter(node.args)
            if wanted <= there:
                return mul(letter, *(there - wanted).elements())
        return node

    return transform(expr, each)
