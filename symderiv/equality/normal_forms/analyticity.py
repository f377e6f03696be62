"""Is the zero set of a polynomial over generators null? Only what is analytic, or independent by definition.

max(x, 0) vanishes on a half-line, and so does every function made of it: a mark that holds a switch, a floor
or an unknown δ is refused, however deep it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from symderiv.equality.normal_forms.generators import Field, Generator, Poly
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import Apply, Binder, Cases, Expr, walk

_SWITCHES = frozenset(("abs", "max", "min", "sign", "heaviside", "floor", "delta", "lt", "le", "eq", "ne"))
_LEAVES = frozenset(("atom", "call", "pi", "log prime", "root prime"))


def zero_set_is_null(field: Field, poly: Poly) -> bool:
    """Whether a polynomial that isn't zero vanishes on a null set only, as far as its unknowns show."""
    used = field.used(poly)
    if len(used) > 1 and any(generator.kind == "matrix" for generator in used):
        return False  # of one row the determinant of A is A[0, 0]
    if sum(not generator.free for generator in used) > 1 or all(g.ball is not None for g in used):
        return False
    return all(is_analytic(field, generator) for generator in used)


def is_analytic(field: Field, generator: Generator) -> bool:
    """Analytic where it is defined (a named function counts: its zeros are named)."""
    if generator.kind in _LEAVES:
        return True
    if generator.kind in ("exp", "tan"):
        exponents, below, _ = generator.data
        inner = [field.generators[k] for k, _ in exponents]
        return _all(field, inner) and (below < 0 or _all(field, field.used(field.poly(below))))
    if generator.kind in ("log", "root"):
        return _all(field, field.used(field.poly(generator.data)))
    if generator.kind == "log ratio":
        return all(_element(field, part) for part in generator.data)
    if generator.kind in ("atan", "erf", "gamma"):
        return _element(field, generator.data)
    if generator.kind == "matrix":
        return bool(generator.data)
    return generator.kind == "binder" and _has_no_switch(generator.expr)


def _all(field: Field, generators: Iterable[Generator]) -> bool:
    return all(is_analytic(field, generator) for generator in generators)


def _element(field: Field, element: Element) -> bool:
    below = [field.poly(number) for number in element.den]
    return all(_all(field, field.used(poly)) for poly in (element.num, *below))


def _has_no_switch(expr: Expr | None) -> bool:
    """A sum or product of analytic terms; a maximum over a range is none."""
    if expr is None:
        return False
    for node in walk(expr):
        if isinstance(node, Cases) or (isinstance(node, Apply) and node.head in _SWITCHES):
            return False
        if isinstance(node, Binder) and node.kind not in ("sum", "prod"):
            return False
    return True
