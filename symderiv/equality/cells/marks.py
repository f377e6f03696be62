"""Where a proof says nothing: zeros of denominators, and jumps. Those that can't occur are left out.

They are judged on the closed cell (its boundary belongs to it), with the facts and domains only.
"""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.equality.cells.signs import Signs
from symderiv.equality.normal_forms.conjugates import in_square_root
from symderiv.equality.normal_forms.generators import Decline, Generator, Poly
from symderiv.equality.normal_forms.monotone import as_difference
from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.expression.tree import Expr


def breaking_points(nf: NormalForm, marks: Mapping[int, Expr | None]) -> dict[int, Expr | None]:
    """The irreducible polynomials that a mark may vanish at on the closed cell."""
    if not marks:
        return {}
    closed = nf.signs.closed() if nf.signs.assumed else nf.signs
    found: dict[int, Expr | None] = {}
    for number, origin in marks.items():
        if _nonzero(nf, closed, number):
            continue
        for factor, _ in nf.field.factor(nf.field.poly(number))[1]:
            for part in _simplified(nf, closed, factor):
                if number in nf.mixed or found.get(part, origin) != origin:
                    nf.mixed.add(part)
                if found.get(part) is None:
                    found[part] = origin
    return found


def _nonzero(nf: NormalForm, closed: Signs, number: int) -> bool:
    sign = closed.of(number)
    return sign is not None and sign[1]


def _simplified(nf: NormalForm, closed: Signs, number: int) -> list[int]:
    """The zeros of an irreducible polynomial, as those of simpler ones: eˣ − 1 vanishes where x does."""
    if _nonzero(nf, closed, number):
        return []
    alone = nf.field.sole_generator(nf.field.poly(number))
    inner = None if alone is None else _vanishing_with(nf, alone)
    if inner is not None:
        factors = nf.field.factor(inner)[1]
        return [part for factor, _ in factors for part in _simplified(nf, closed, factor)]
    difference = as_difference(nf, number)
    if difference is None:
        return _by_norm(nf, closed, number)
    if nf.arithmetic.is_zero(difference):
        raise Decline("a denominator that vanishes")
    factors = nf.field.factor(difference.num)[1]
    return [part for factor, _ in factors for part in _simplified(nf, closed, factor)]


def _vanishing_with(nf: NormalForm, generator: Generator) -> Poly | None:
    """√u, atan u, erf u and ``|u|^n = exp(n log |u|)`` vanish where u does, log |u| where u² is 1."""
    match generator.kind:
        case "root":
            return nf.field.poly(generator.data)
        case "atan" | "erf":
            return generator.data.num
        case "log":
            return nf.field.poly(generator.data) ** 2 - 1
        case "exp":
            factors = [nf.field.generators[k] for k, _ in generator.data[0]]
            logs = [factor for factor in factors if factor.kind == "log"]
            return nf.field.poly(logs[0].data) if len(logs) == 1 else None
    return None


def _by_norm(nf: NormalForm, closed: Signs, number: int) -> list[int]:
    """α + βr vanishes only where its norm does; that is said of it where one unknown solves it."""
    split = in_square_root(nf, nf.field.poly(number))
    if split is None or nf.arithmetic.is_zero(split[2]):
        return [number]
    left = [p for p, _ in nf.field.factor(split[2].num)[1] if not _nonzero(nf, closed, p)]
    return left if all(_is_a_number(nf, p) for p in left) else [number]


def _is_a_number(nf: NormalForm, number: int) -> bool:
    """Does it say that an unknown is a rational number?"""
    poly = nf.field.poly(number)
    used = nf.field.used(poly)
    return len(used) == 1 and used[0].kind == "atom" and poly.total_degree() == 1
