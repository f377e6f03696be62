"""Geometric sums: ``Σ_{i=L}^{U} r^i = (r^(U+1) - r^L) / (r - 1)`` where r is surely not 1."""

from __future__ import annotations

from symderiv.expression.build import add, divide, function, power, subtract
from symderiv.expression.tree import MINUS_ONE, ONE, Apply, Exact, Expr, Number, Variable
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.integers import affine
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.sums.counting import cells
from symderiv.index.terms.reading import read
from symderiv.index.terms.terms import Term, Terms, product


def geometric(session: Session, term: Term) -> Terms | None:
    """The term with a dummy summed out that occurs in one power ``r^(c i + …)`` only."""
    for dummy in term.dummies:
        bases = [base for base in term.powers if dummy.name in names(base)]
        found = _exponent(session, bases[0], term.powers[bases[0]]) if len(bases) == 1 else None
        if found is not None:
            result = _summed(session, term, dummy, bases[0], *found)
            if result is not None:
                return result
    return None


def _exponent(session: Session, base: Expr, exponent: Exact) -> tuple[Expr, Affine] | None:
    """The r and the affine form f of a factor ``r^f``, r a number other than 0 and ±1, or e."""
    if not isinstance(base, Apply):
        return None
    if base.head == "exp":
        form = affine(session, base.args[0])
        return None if form is None else (function("exp", ONE), form.scaled(exponent))
    if base.head == "pow" and exponent == 1 and isinstance(base.args[0], Number):
        form = affine(session, base.args[1])
        if form is not None and abs(base.args[0].value) not in (0, 1):
            return base.args[0], form
    return None


def _summed(
    session: Session, term: Term, dummy: Variable, base: Expr, ratio: Expr, form: Affine
) -> Terms | None:
    c = form.coefficient(dummy)
    step = _power(ratio, Affine({}, c))
    rest = {b: p for b, p in term.powers.items() if b != base}
    dummies = tuple(v for v in term.dummies if v != dummy)
    found = cells(session, term.domain, dummy, dummies)
    if found is None or c == 0:
        return None
    result: Terms = []
    for bottom, top, cell in found:
        low, high = affine(session, bottom), affine(session, add(top, ONE))
        if low is None or high is None:
            return None
        ends = (_power(ratio, form.put({dummy: end})) for end in (high, low))
        value = divide(subtract(*ends), add(step, MINUS_ONE))
        result += product([Term(term.coefficient, rest, dummies, cell)], read(session, value, universe()))
    return result


def _power(ratio: Expr, form: Affine) -> Expr:
    if isinstance(ratio, Number):
        return power(ratio, form.to_expr())
    return function("exp", form.to_expr())
