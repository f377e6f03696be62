"""Growth of sums of monomials in variables ≥ 1 that grow independently.

x^a = O(Σ_i x^(b_i)) for x ≥ 1 exactly if a lies below a convex combination of the b_i: a ≤ Σ λ_i b_i with
λ ≥ 0, Σ λ_i = 1. Otherwise a direction w ≥ 0 separates them, w·a > w·b_i for all i, and along
x = t^w the monomial outgrows every b_i. Both are decided exactly (linear programming in fractions).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from symderiv.errors import MeaningError
from symderiv.expression.tree import HALF, Apply, Expr, Number, Variable
from symderiv.grading.costs.logarithms import has_logs, in_powers, of_log, tied_direction, without_logs
from symderiv.grading.costs.signs import Monomial, is_signed, positive_terms, times

Monomials = frozenset[Monomial]
MAX_MONOMIALS = 200


def growth(tree: Expr) -> Monomials:
    """The monomials of a cost; constants, ``O``, maxima and what is subtracted dissolve.

    >>> n = Variable("n")
    >>> growth(Apply("O", (Apply("mul", (Number(3), n)),)))
    frozenset({(('n', Fraction(1, 1)),)})
    """
    if isinstance(tree, Number) and tree.value > 0:
        return frozenset({()})
    if isinstance(tree, Variable) and not tree.kind.shape:
        return frozenset({((tree.name, Fraction(1)),)})
    if is_signed(tree):
        return positive_terms(tree)
    match tree:
        case Apply(options=options) if options:
            pass
        case Apply(head="O" | "Theta" | "pos", args=(inner,)):
            return growth(inner)
        case Apply(head="add" | "max" | "set", args=terms):
            return _capped(frozenset().union(*map(growth, terms)))
        case Apply(head="mul", args=factors):
            return _product(list(map(growth, factors)))
        case Apply(head="div", args=(above, below)):
            return _product([growth(above), _inverse(growth(below))])
        case Apply(head="pow", args=(base, exponent)):
            return _power(growth(base), exponent)
        case Apply(head="log", args=(Number(value=value),) | (Number(value=value), Number())) if value > 1:
            return frozenset({()})
        case Apply(head="log", args=(inner,) | (inner, Number())):
            return of_log(growth(inner))
        case Apply(head="sqrt", args=(inner,)):
            return _power(growth(inner), HALF)
    raise MeaningError("this is no sum of products of sizes", expected="a cost such as l*m*n + l*n*o")


def _capped(found: Monomials) -> Monomials:
    if len(found) > MAX_MONOMIALS:
        raise MeaningError("too many terms")
    return found


def _product(factors: list[Monomials]) -> Monomials:
    result: Monomials = frozenset({()})
    for factor in factors:
        result = _capped(frozenset(times(a, b) for a in result for b in factor))
    return result


def _inverse(found: Monomials) -> Monomials:
    if len(found) != 1:
        raise MeaningError("a quotient by a sum is no sum of products")
    return frozenset({tuple((name, -power) for name, power in next(iter(found)))})


def _power(base: Monomials, exponent: Expr) -> Monomials:
    if isinstance(exponent, Apply) and exponent.head == "div" and all(map(_is_number, exponent.args)):
        top, bottom = (Fraction(arg.value) for arg in exponent.args if isinstance(arg, Number))
        exponent = Number(top / bottom) if bottom else exponent
    if not isinstance(exponent, Number) or (
        len(base) > 1 and (exponent.value < 0 or exponent.value != int(exponent.value))
    ):
        raise MeaningError("this exponent is no number")
    if len(base) > 1:
        return _product([base] * min(int(exponent.value), 20))
    return frozenset({tuple((name, power * exponent.value) for name, power in next(iter(base)))})


def _is_number(tree: Expr) -> bool:
    return isinstance(tree, Number)


def dominated(monomial: Monomial, others: Monomials) -> tuple[tuple[str, int], ...] | None:
    """None where the monomial is O(Σ others); else a direction of integer powers in which it isn't.

    >>> square, line = (("n", Fraction(2)),), (("n", Fraction(1)),)
    >>> dominated(line, frozenset({square})), dominated(square, frozenset({line}))
    (None, (('n', 1),))
    """
    names = sorted({name for m in (monomial, *others) for name, _ in m})
    own, rest = dict(monomial), [dict(other) for other in sorted(others)]
    gaps = [[own.get(n, Fraction(0)) - other.get(n, Fraction(0)) for n in names] for other in rest]
    direction = separating(gaps)
    if direction is None:
        return None
    if has_logs(monomial, *others):
        bounded = dominated(in_powers(monomial), frozenset(map(without_logs, others))) is None
        return None if bounded else _beyond_logs(monomial, others)
    scale = lcm(*(value.denominator for value in direction))
    return tuple((name, int(value * scale)) for name, value in zip(names, direction, strict=True) if value)


def _beyond_logs(monomial: Monomial, others: Monomials) -> tuple[tuple[str, int], ...]:
    """The direction of one that isn't bounded by powers of names and logarithms that grow by themselves."""
    direction = tied_direction(monomial, others)
    if direction is None:
        raise MeaningError("the growth of these logarithms isn't compared")
    return direction


def separating(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """w ≥ 0 with row·w > 0 for every row, or None: Fourier–Motzkin, by eliminating one name at a time."""
    width = len(rows[0]) if rows else 0
    if not width:
        return [] if not rows else None
    bounds: list[list[Fraction]] = []
    for axis in range(width):
        bounds.append([Fraction(int(k == axis)) for k in range(width)])
    return _solve([(row, True) for row in rows] + [(row, False) for row in bounds], width)


Row = tuple[list[Fraction], bool]


def _solve(rows: list[Row], width: int) -> list[Fraction] | None:
    """A solution of row·w > 0 (strict) or ≥ 0, built up from the first name on."""
    if width == 0:
        return None if any(strict for _, strict in rows) else []
    lower = [r for r in rows if r[0][width - 1] > 0]
    upper = [r for r in rows if r[0][width - 1] < 0]
    rest = [(row[: width - 1], strict) for row, strict in rows if row[width - 1] == 0]
    combined = [_combine(a, b, width) for a in lower for b in upper]
    if len(rest) + len(combined) > 5000:
        raise MeaningError("too many terms")
    solution = _solve(_unique(rest + combined), width - 1)
    if solution is None:
        return None
    return [*solution, _between(lower, upper, solution, width)]


def _combine(a: Row, b: Row, width: int) -> Row:
    p, q = a[0][width - 1], -b[0][width - 1]
    return [x * q + y * p for x, y in zip(a[0][: width - 1], b[0][: width - 1], strict=True)], a[1] or b[1]


def _unique(rows: list[Row]) -> list[Row]:
    return [
        (list(row), strict) for row, strict in dict.fromkeys((tuple(row), strict) for row, strict in rows)
    ]


def _between(lower: list[Row], upper: list[Row], solution: list[Fraction], width: int) -> Fraction:
    def bound(row: Row) -> Fraction:
        return -sum((c * w for c, w in zip(row[0], solution, strict=False)), Fraction(0)) / row[0][width - 1]

    least = max((bound(row) for row in lower), default=None)
    most = min((bound(row) for row in upper), default=None)
    if least is None:
        return most - 1 if most is not None else Fraction(0)
    return least + 1 if most is None else (least + most) / 2
