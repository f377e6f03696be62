"""Conditions that hold at almost all points: ``f ≠ 0`` of an analytic f that is not zero at one exact point.

The zeros of an analytic function on a connected open set are all of it or a null set (Krantz and Parks, *A
Primer of Real Analytic Functions*, 4.1): one point at which f is not zero settles which.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import prod

from symderiv.derivation.proof.existence.almost_always import almost_always
from symderiv.equality.cells.open_facts import leaves_room
from symderiv.equality.evaluate.evaluator import evaluate
from symderiv.expression.build import disjunction, subtract
from symderiv.expression.instantiation import expand, instantiate, refold
from symderiv.expression.kinds import Domain
from symderiv.expression.kink_conditions import off_kinks
from symderiv.expression.parts import disjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Constant, Expr, Index, Number, Variable
from symderiv.tensor import Tensor

MAX_CONDITIONS = 4_000

_ENTIRE = ("add", "mul", "exp", "sin", "cos", "tanh", "sinh", "cosh", "atan")


def exists_almost_everywhere(t: Tensor, facts: tuple[Expr, ...]) -> bool:
    """Whether every entry is proved to exist off a null set."""
    defined = off_kinks(t.defined)
    if defined == TRUE:
        return True
    if not all(map(leaves_room, facts)):
        return False
    if almost_always(defined):
        return True
    if t.sizes is None:
        return False
    ranges = {index: range(size) for index, size in zip(t.indices, t.sizes, strict=True)}
    return _holds_for_all(_apart(defined), ranges)


Ranges = dict[Variable, range]


def _holds_for_all(condition: Expr, ranges: Ranges) -> bool:
    """Whether a condition holds almost everywhere, whatever numbers its indices are."""
    match condition:
        case Apply(head="and", args=parts):
            return all(_holds_for_all(part, ranges) for part in parts)
        case Binder(kind="forall", lower=Number(value=int(lower)), upper=Number(value=int(upper))):
            if condition.condition != TRUE:
                return False
            return _holds_for_all(condition.body, {**ranges, condition.variable: range(lower, upper + 1)})
    unequal = disjunction(*_unequal(condition))
    first = free_variables(unequal)
    left_over = (at for at in _numbered(ranges, first) if not _is_generic(instantiate(unequal, at)))
    return all(_otherwise(instantiate(condition, at), ranges) for at in left_over)


def _otherwise(condition: Expr, ranges: Ranges) -> bool:
    """The same where what is unequal elsewhere is one: two places of a window that are the same place."""
    if condition == TRUE:
        return True
    rest = (instantiate(condition, at) for at in _numbered(ranges, free_variables(condition)))
    return all(map(_is_generic, rest))


def _numbered(ranges: Ranges, names: frozenset[Variable]) -> Iterator[dict[Variable, Expr]]:
    """Every choice of numbers for the indices among the names."""
    indices = [index for index in ranges if index in names]
    if prod(len(ranges[index]) for index in indices) > MAX_CONDITIONS:
        yield {}
        return
    for numbers in product(*(ranges[index] for index in indices)):
        yield dict(zip(indices, map(Number, numbers), strict=True))


def _unequal(condition: Expr) -> tuple[Apply, ...]:
    choices = disjuncts(condition)
    return tuple(part for part in choices if isinstance(part, Apply) and part.head == "ne")


def _is_generic(condition: Expr) -> bool:
    condition = expand(condition)
    return condition == TRUE or any(_is_not_zero(subtract(*part.args)) for part in _unequal(condition))


def _apart(condition: Expr) -> Expr:
    """A condition that implies the given one: u ≠ v for ``u ≠ w or v ≠ w``, w a maximum reached once."""
    if isinstance(condition, Apply) and condition.head == "or":
        return disjunction(*_without_third(tuple(map(_apart, condition.args))))
    if isinstance(condition, Binder) or (isinstance(condition, Apply) and condition.head == "and"):
        return refold(condition, tuple(map(_apart, condition.children)))
    return condition


def _without_third(choices: tuple[Expr, ...]) -> tuple[Expr, ...]:
    unequal = [part for part in choices if isinstance(part, Apply) and part.head == "ne"]
    for one, other in combinations(unequal, 2):
        for w in set(one.args) & set(other.args):
            u, v = (part.args[0] if part.args[1] == w else part.args[1] for part in (one, other))
            rest = tuple(part for part in choices if part not in (one, other))
            return (Apply("ne", (u, v)), *rest)
    return choices


def _is_not_zero(f: Expr) -> bool:
    """Whether an analytic f is not zero at a point."""
    atoms: dict[Expr, None] = {}
    if not _is_entire(f, atoms):
        return False
    return any(_differs_from_zero(f, _point(tuple(atoms), start)) for start in (1, 5))


def _differs_from_zero(f: Expr, point: dict[Expr, Fraction]) -> bool:
    return evaluate(Apply("ne", (f, ZERO)), point) is True


def _is_entire(f: Expr, atoms: dict[Expr, None]) -> bool:
    """Whether f is analytic in all its real names, wherever these lie; the names are noted."""
    match f:
        case Number() | Constant():
            return True
        case Variable() | Index(base=Variable()):
            atoms[f] = None
            return _is_free(f)
        case Apply(head="pow", args=(base, Number(value=int(k)))):
            return k >= 0 and _is_entire(base, atoms)
        case Apply(head=head, args=args):
            return head in _ENTIRE and all(_is_entire(arg, atoms) for arg in args)
    return False


def _is_free(name: Variable | Index) -> bool:
    base = name.base if isinstance(name, Index) else name
    assert isinstance(base, Variable)
    if isinstance(name, Index) and not all(isinstance(k, Number) for k in name.indices):
        return False
    domain = base.kind.domain
    plain = not (base.kind.index or base.kind.function or base.kind.symmetric or domain.integer)
    return plain and (domain.lower is None or domain.lower != domain.upper)


def _point(atoms: tuple[Expr, ...], start: int) -> dict[Expr, Fraction]:
    """Coordinates without a pattern, each within its domain."""
    found: dict[Expr, Fraction] = {}
    for k, atom in enumerate(atoms):
        base = atom.base if isinstance(atom, Index) else atom
        assert isinstance(base, Variable)
        found[atom] = _within(base.kind.domain, Fraction((7919 * (k + start) ** 2 + 31) % 10007 + 1, 10009))
    return found


def _within(domain: Domain, share: Fraction) -> Fraction:
    if domain.lower is None:
        return 6 * share - 3 if domain.upper is None else domain.upper - 3 * share
    return domain.lower + share * (3 if domain.upper is None else domain.upper - domain.lower)
