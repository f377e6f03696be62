"""What is given beside the expressions, over generators: inequalities are signs, equations are zeros."""

from __future__ import annotations

from symderiv.equality.cells.positivity import Sign
from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.facts import parts
from symderiv.equality.normal_forms.generators import Decline, Field, Poly
from symderiv.equality.normal_forms.integrality import is_integer
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.table import RULES
from symderiv.expression.tree import Apply, Expr


def known_signs(field: Field, facts: tuple[Expr, ...]) -> dict[int, Sign]:
    """The signs of polynomials that the facts state."""
    known: dict[int, Sign] = {}
    nf = NormalForm(field, Signs(field, {}), RULES, opaque=True)
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
    nf = NormalForm(field, Signs(field, {}), RULES, opaque=True)
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
