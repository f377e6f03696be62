"""Formulas that are zero on a null set alone, at every size, for an entry in them is free: x_i + f, t f - 1.

A X[…] + B, where X stands in neither A nor B, is zero at one value of this entry, whatever the others are,
unless A = 0. So it is zero on a null set if A is, or if B is (Fubini). Under sums Σ_k A_k X[…, k] + B the
entries are different ones as long as each k stands as an index of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from symderiv.derivation.vocabulary import is_size
from symderiv.equality.refute.coordinates import variable_of
from symderiv.expression.build import add
from symderiv.expression.tree import MINUS_ONE, TRUE, ZERO, Apply, Binder, Expr, Index, Number, Variable


def almost_never_zero(f: Expr) -> bool:
    """Whether a formula, where it exists, is zero on a null set only."""
    match f:
        case Number(value=value):
            return value != 0
        case Variable() | Index(base=Variable()):
            return is_free(f)
        case Apply(head="exp"):
            return True
        case Apply(head="pow", args=(base, Number(value=q))):
            return almost_never_zero(base) if q > 0 else isinstance(base, Number) or is_size(base)
        case Apply(head="mul", args=factors) if all(map(almost_never_zero, factors)):
            return True
        case Apply(head="add") | Binder(kind="sum") | Apply(head="mul"):
            return _has_sure_square(f) or _has_free_entry(f)
    return False


def is_free(entry: Expr) -> bool:
    """Whether an entry ranges over an interval, whatever the others are."""
    X = entry.base if isinstance(entry, Index) else entry
    if not isinstance(X, Variable) or X.definition is not None or X.value is not None:
        return False
    kind, domain = X.kind, X.kind.domain
    plain = not (kind.index or kind.function or kind.zero_outside or kind.symmetric)
    return plain and not domain.integer and (domain.lower is None or domain.lower != domain.upper)


def is_nonnegative(f: Expr) -> bool:
    """Even powers, their sums, and positive multiples of them."""
    match f:
        case Number(value=value):
            return value >= 0
        case Apply(head="pow", args=(base, Number(value=q))):
            even = isinstance(q, int) and q % 2 == 0
            return even or isinstance(q, Fraction) or is_size(base)
        case Apply(head="add" | "mul", args=parts):
            return all(map(is_nonnegative, parts))
        case Binder(kind="sum"):
            return is_nonnegative(f.body)
    return is_size(f)


def _has_sure_square(f: Expr) -> bool:
    """Σ of terms that are never negative, one of them almost never zero."""
    match f:
        case Apply(head="add", args=terms):
            return all(map(is_nonnegative, terms)) and any(map(almost_never_zero, terms))
        case Binder(kind="sum"):
            return _has_terms(f) and is_nonnegative(f.body) and almost_never_zero(f.body)
    return False


def _has_free_entry(f: Expr) -> bool:
    counts = Counter(variable_of(node) for node in _entries(f))
    if any(X.definition is not None or X.value is not None for X in counts):
        return False
    return any(count == 1 and _is_solved_for(f, X) for X, count in counts.items())


def _is_solved_for(f: Expr, X: Variable) -> bool:
    """Whether f is A X[…] + B, and A or B almost never zero."""
    found = _taken_apart(f, X)
    if found is None:
        return False
    entry, dummies, factors, rest = found
    indices = entry.indices if isinstance(entry, Index) else ()
    if not is_free(entry) or not all(indices.count(k) == 1 for k in dummies):
        return False
    alone = not dummies and rest is not None and almost_never_zero(rest)
    return alone or all(map(almost_never_zero, factors))


Apart = tuple[Expr, tuple[Variable, ...], tuple[Expr, ...], Expr | None]
"""The entry, the sums that it stands under, the factors beside it, and what is added outside of all sums."""


def _taken_apart(f: Expr, X: Variable) -> Apart | None:
    match f:
        case Variable() | Index(base=Variable()):
            return f, (), (), None
        case Binder(kind="sum") if _has_terms(f):
            inner = _taken_apart(f.body, X)
            if inner is None:
                return None
            entry, dummies, factors, _ = inner
            return entry, (*dummies, f.variable), factors, None
        case Apply(head="add" | "mul", args=parts):
            own = [part for part in parts if any(variable_of(node) == X for node in _entries(part))]
            inner = _taken_apart(own[0], X) if len(own) == 1 else None
            if inner is None:
                return None
            entry, dummies, factors, rest = inner
            others = tuple(part for part in parts if part is not own[0])
            if f.head == "mul":
                return entry, dummies, (*factors, *others), None
            return entry, dummies, factors, add(*others, *(() if rest is None else (rest,)))
    return None


def _entries(f: Expr) -> Iterator[Expr]:
    """The names that f reads, each array with its indices."""
    if isinstance(f, Variable) or (isinstance(f, Index) and isinstance(f.base, Variable)):
        yield f
    for child in f.indices if isinstance(f, Index) and isinstance(f.base, Variable) else f.children:
        yield from _entries(child)


def _has_terms(total: Binder) -> bool:
    """Whether a sum runs over at least one number."""
    match total.lower, total.upper:
        case Number(value=lower), Number(value=upper):
            return total.condition == TRUE and lower <= upper
        case Number(value=0), Apply(head="add", args=(size, last)):
            return total.condition == TRUE and last == MINUS_ONE and is_size(size)
    return total.condition == TRUE and total.lower == total.upper == ZERO
