"""Affine relations over the integers, exactly: isl says whether any integer point is left."""

from __future__ import annotations

from symderiv.equality.conditions.bounds import Bounds
from symderiv.equality.conditions.polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    TooLarge,
    atom,
    constant,
    minus,
    plus,
    polynomial,
    primitive,
    scaled,
)
from symderiv.equality.conditions.relations import Relation
from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.tree import Apply, Expr, Variable
from symderiv.index.integer_sets import isl

MAX_NAMES = 24


def empty(relations: list[Relation], bounds: dict[Expr, Bounds]) -> bool:
    """Whether no integers satisfy the relations among integer atoms.

    Products count as integers of their own: what is true of all integers is true of products.
    """
    whole = [r for r in relations if all(map(_is_integral, r.poly))]
    names: dict[Monomial, str] = {}
    lines = [_line(r.poly, {"ge": ">=", "gt": ">", "eq": "="}[r.kind], names) for r in whole]
    done = 0
    while done < len(names) <= MAX_NAMES:  # floors bring in new names
        monomial = list(names)[done]
        lines.extend(_known(monomial, bounds, names))
        done += 1
    if not lines or len(names) > MAX_NAMES:
        return False
    text = f"[{','.join(names.values())}] -> {{ : {' and '.join(lines)} }}"
    return bool(isl.Set(text).is_empty())


def _is_integral(monomial: Monomial) -> bool:
    return all(is_integer_valued(base) for base, _ in monomial)


def _line(poly: Polynomial, relation: str, names: dict[Monomial, str]) -> str:
    parts = ["0"]
    for monomial, c in primitive(poly).items():
        if monomial == UNIT:
            parts.append(str(c.numerator))
        else:
            parts.append(f"{c.numerator}*{names.setdefault(monomial, f'v{len(names)}')}")
    return f"{' + '.join(parts)} {relation} 0"


def _known(monomial: Monomial, bounds: dict[Expr, Bounds], names: dict[Monomial, str]) -> list[str]:
    """Bounds of an atom, its residue class, and what defines a floor."""
    if len(monomial) != 1:
        return []
    ((base, exponent),) = monomial
    if exponent != 1:
        return []
    rows = bounds.get(base, Bounds()).rows(base)
    lines = [_line(poly, ">" if is_open else ">=", names) for poly, is_open in rows]
    kind = base.kind if isinstance(base, Variable) else None
    if kind is not None and kind.domain.modulus > 1:
        lines.append(f"({names[monomial]} - {kind.domain.residue}) mod {kind.domain.modulus} = 0")
    if isinstance(base, Apply) and base.head == "floor":
        lines.extend(_floor_lines(base, names))
    return lines


def _floor_lines(base: Apply, names: dict[Monomial, str]) -> list[str]:
    """``0 ≤ u - ⌊u⌋ < 1``, where u is rational in integers."""
    try:
        rest = minus(polynomial(base.args[0]), atom(base))
    except TooLarge:
        return []
    if not all(map(_is_integral, rest)):
        return []
    return [_line(rest, ">=", names), _line(plus(constant(1), scaled(rest, -1)), ">", names)]
