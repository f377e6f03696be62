"""Where summation variables stand in an atom: the affine forms in its indices, and the rest as a text."""

from __future__ import annotations

from math import gcd, lcm

from symderiv.expression.tree import Apply, Binder, Exact, Expr, Index, Variable
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.integers import affine
from symderiv.index.keys import key, names
from symderiv.index.session import Session
from symderiv.index.terms.terms import Monomial

Slot = tuple[str, Affine]


def is_polynomial(base: Expr, exponent: Exact) -> bool:
    """Is it a bare integer to a natural power, ``i²``: no slot, but a factor of the coefficient."""
    return isinstance(base, Variable) and not base.kind.shape and isinstance(exponent, int) and exponent > 0


def slots(session: Session, monomial: Monomial, dims: tuple[Variable, ...]) -> list[Slot]:
    """The affine forms in which ``dims`` occur, each with its colour: what stands around it.

    Colours don't change under a change of variables, so they order the slots before anything is named.
    A slot is an integer wherever its variables are: i, and not i/2, stands in ``sin(i/2)``.
    """
    found: list[Slot] = []
    wanted = frozenset(v.name for v in dims)
    for base, exponent in monomial:
        if is_polynomial(base, exponent) or not names(base) & wanted:
            continue
        forms: list[tuple[str, Affine]] = []
        skeleton = _skeleton(session, base, wanted, forms)
        found += [(f"{skeleton}^{exponent}#{place}", form) for place, form in forms]
    return found


def _skeleton(session: Session, expr: Expr, wanted: frozenset[str], forms: list[Slot]) -> str:
    if not names(expr) & wanted:
        return key(expr)
    if not isinstance(expr, (Index, Binder)):
        form = affine(session, expr)
        if form is not None:
            scale = lcm(form.constant.denominator, *(c.denominator for c in form.terms.values()))
            forms.append((str(len(forms)), _free_part(session, form.scaled(scale), wanted)))
            return "#" if scale == 1 else f"#/{scale}"
    first = len(forms)
    parts = [_skeleton(session, child, wanted, forms) for child in expr.children]
    if isinstance(expr, Index) and isinstance(expr.base, Variable) and expr.base.kind.symmetric:
        forms[first:] = [(str(first), form) for _, form in forms[first:]]
        parts[1:] = sorted(parts[1:])
    head = expr.head if isinstance(expr, Apply) else type(expr).__name__
    return f"({head} {' '.join(parts)})"


def _free_part(session: Session, form: Affine, wanted: frozenset[str]) -> Affine:
    """The form without variables that are bound inside the atom."""
    bound = [v for v in form.terms if v.name.startswith(session.prefix) and v.name not in wanted]
    if not bound:
        return form
    return Affine({v: c for v, c in form.terms.items() if v not in bound}, form.constant)


def greatest_divisor_is_one(form: Affine, dims: tuple[Variable, ...]) -> bool:
    coefficients = [form.coefficient(v) for v in dims]
    return all(isinstance(c, int) for c in coefficients) and gcd(*map(int, coefficients)) == 1
