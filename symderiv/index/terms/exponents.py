"""Exponents joined: ``r^k r^i = r^(k + i)``, ``exp(Σ_{i<k} x_i) exp(x_k) = exp(Σ_{i≤k} x_i)``."""

from __future__ import annotations

from collections import Counter

from symderiv.expression.build import add, mul, power
from symderiv.expression.tree import MINUS_ONE, ONE, Apply, Binder, Expr, Number
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.terms.entries import is_entry
from symderiv.index.terms.reading import read
from symderiv.index.terms.terms import Term, Terms, product


def alternating(session: Session, term: Term, base: Apply) -> Terms | None:
    """``(-1)^i x_i`` is x_i for even i, and -x_i for odd ones; without an entry beside it stays a power."""
    own = names(base) & {v.name for v in term.dummies}
    if base.args[0] != MINUS_ONE or not any(is_entry(b) and names(b) & own for b in term.powers):
        return None
    form = affine(session, base.args[1])
    if form is None or not form.is_integral() or not isinstance(term.powers[base], int):
        return None
    rest = {b: p for b, p in term.powers.items() if b != base}
    even = session.constraint(f"({session.text(form)}) mod 2 = 0", list(form.terms))
    sign = (-1) ** int(term.powers[base])
    cells = ((1, even), (sign, even.complement()))
    return [Term(c * term.coefficient, rest, term.dummies, term.domain.intersect(cell)) for c, cell in cells]


def joined_powers_of(session: Session, term: Term, root: Expr) -> Terms | None:
    """``r^k (r^i)^p = r^(k + p i)`` for integers."""
    exponents = {b: _exponent_of(b, root) for b in term.powers}
    parts = {b: e for b, e in exponents.items() if e is not None and isinstance(term.powers[b], int)}
    total = add(*(mul(Number(term.powers[b]), e) for b, e in parts.items()))
    form = affine(session, total)
    if form is None or not form.is_integral() or (len(parts) == 1 and set(parts) == {power(root, total)}):
        return None
    rest = {b: p for b, p in term.powers.items() if b not in parts}
    alone = [Term(term.coefficient, rest, term.dummies, term.domain)]
    joined = power(root, integer_expr(session, form))
    if not isinstance(joined, Apply) or isinstance(joined.args[-1], Number):
        return product(alone, read(session, joined, term.domain.intersect(session.outer)))
    if set(parts) == {joined} and term.powers[joined] == 1:
        return None
    return product(alone, [Term(1, {joined: 1})])


def _exponent_of(base: Expr, root: Expr) -> Expr | None:
    if base == root:
        return ONE
    return base.args[1] if isinstance(base, Apply) and base.head == "pow" and base.args[0] == root else None


def joined_exponentials(session: Session, term: Term) -> Terms | None:
    """Exponentials of sums of the same, taken together; None if that changes nothing."""
    powers = {b: p for b, p in term.powers.items() if isinstance(b, Apply) and b.head == "exp"}
    bodies = Counter(b.args[0].body for b in powers if isinstance(b, Apply) and isinstance(b.args[0], Binder))
    if not bodies or max(bodies.values()) == 1:
        return None
    total = add(*(mul(Number(p), b.args[0]) for b, p in powers.items() if isinstance(b, Apply)))
    joined = read(session, Apply("exp", (total,)), term.domain.intersect(session.outer))
    if len(joined) == 1 and joined[0].powers == powers:
        return None
    rest = {b: p for b, p in term.powers.items() if b not in powers}
    return product([Term(term.coefficient, rest, term.dummies, term.domain)], joined)
