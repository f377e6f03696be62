"""What is given beside the expressions: inequalities become signs, equations become substitutions."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.equality.cells.positivity import Sign
from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.normal_forms.generators import Decline, Field, Poly
from symderiv.equality.normal_forms.integrality import is_integer
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.expression.tree import HALF, Apply, Expr, Number


def parts(conditions: tuple[Expr, ...]) -> Iterator[Apply]:
    """The comparisons that hold together."""
    for condition in conditions:
        if isinstance(condition, Apply):
            if condition.head == "and":
                yield from parts(condition.args)
            else:
                yield condition


def squared(fact: Expr) -> Expr:
    """``√S = c`` as ``S = c²``, for a number c ≥ 0: a norm that is given says what a sum is."""
    match fact:
        case Apply(head="eq", args=(Apply(head="pow", args=(base, power)), Number(value=c))):
            if power == HALF and c >= 0:
                return Apply("eq", (base, Number(c * c)))
            if isinstance(base, Apply) and base.head == "pow" and (base.args[1], power) == (HALF, Number(2)):
                return Apply("eq", (base.args[0], Number(c)))
    return fact


def known_signs(field: Field, facts: tuple[Expr, ...]) -> dict[int, Sign]:
    """The signs of polynomials that the facts state."""
    known: dict[int, Sign] = {}
    nf = NormalForm(field, Signs(field, {}), opaque=True)
    for fact in parts(facts):
        if fact.head not in ("lt", "le"):
            continue
        try:
            _enter(nf, fact, known)
        except (Decline, Split, UndefinedHere):
            continue
    return known


def zero_polynomials(field: Field, facts: tuple[Expr, ...]) -> list[Poly]:
    """The polynomials that equations among the facts say are zero (those that no unknown solves)."""
    nf = NormalForm(field, Signs(field, {}), opaque=True)
    found = []
    for fact in parts(facts):
        if fact.head != "eq":
            continue
        try:
            gap = nf.arithmetic.subtract(*(nf.convert(side) for side in fact.args))
        except (Decline, Split, UndefinedHere):
            continue
        if not gap.num.is_constant():
            found.append(gap.num)
    return found


def _enter(nf: NormalForm, fact: Apply, known: dict[int, Sign]) -> None:
    a = nf.arithmetic
    gap = a.subtract(nf.convert(fact.args[1]), nf.convert(fact.args[0]))
    strict = fact.head == "lt"
    if is_integer(nf.field, gap) and not gap.num.is_constant():
        leading = gap.num.leading_coefficient()
        known[nf.field.intern(gap.num / leading)] = (1 if leading > 0 else -1, strict)
        gap = a.add(a.scaled(gap, 2), a.number(-1 if strict else 1))
        strict = True
    if gap.den or gap.num.is_constant():
        return
    leading = gap.num.leading_coefficient()
    known[nf.field.intern(gap.num / leading)] = (1 if leading > 0 else -1, strict)
