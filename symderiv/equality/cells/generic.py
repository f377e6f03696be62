"""Conditions that hold generically: for almost all values of the real names, at every size and index.

``W x`` has a zero entry on a null set only: each entry is analytic in the entries of W and x, and positive
where these all are, so that it isn't the zero function. Finitely many null sets make a null set.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from symderiv.equality.cells.open_facts import leaves_room
from symderiv.expression.build import add, compare, mul, negative, subtract
from symderiv.expression.contents import contents
from symderiv.expression.kinds import POSITIVE
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Call,
    Constant,
    Expr,
    Index,
    Number,
    Variable,
    transform,
    walk,
)
from symderiv.index.every_size.accesses import runs
from symderiv.index.every_size.certain import for_each, is_certain
from symderiv.index.every_size.positivity import is_nonnegative, is_positive
from symderiv.index.integer_sets.integers import is_integer
from symderiv.index.normal import new_session
from symderiv.index.session import Session

MAX_NAMES = 5
MAX_SWITCHES = 3
_SWITCHES = frozenset(("abs", "max", "min"))
_ENTIRE = frozenset(
    ("add", "mul", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf")
)  # analytic on all of ℝ

_AT_NOUGHT: dict[str, Expr] = {
    **dict.fromkeys(("sin", "sinh", "tanh", "atan", "asinh", "erf"), ZERO),
    **dict.fromkeys(("exp", "cos", "cosh"), ONE),
}

Exceptions = tuple[Expr, ...]


def without_generic(condition: Expr, facts: tuple[Expr, ...]) -> tuple[Expr, Exceptions]:
    """The condition without "for all" parts that fail on null sets only, and the equations of these sets.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import index_variable
    >>> n, i = Variable("n", SIZE), index_variable("i")
    >>> nonzero = Apply("ne", (Index(Variable("x", Kind(shape=(n,))), (i,)), ZERO))
    >>> without_generic(Binder("forall", nonzero, i, ZERO, Apply("add", (n, MINUS_ONE))), ())[0] == TRUE
    True
    """
    parts = conjuncts(condition)
    if not any(map(_speaks_of_all, parts)) or not all(map(leaves_room, facts)):
        return condition, ()
    session = new_session((condition,), facts)
    kept: list[Expr] = []
    exceptions: dict[Expr, None] = {}
    for part in parts:
        found = _exceptions(session, part) if _speaks_of_all(part) else None
        if found is None:
            kept.append(part)
        else:
            exceptions.update(dict.fromkeys(found))
    left = Apply("and", tuple(kept)) if len(kept) > 1 else kept[0] if kept else TRUE
    return left, tuple(exceptions)


def vanishes_rarely(value: Expr, facts: tuple[Expr, ...]) -> bool:
    """Is the zero set of the value null, whatever the sizes and indices?"""
    return all(map(leaves_room, facts)) and _is_no_zero_function(new_session((value,), facts), value)


def vanishes_rarely_beside(value: Expr, calls: tuple[Call, ...]) -> bool:
    """Is the zero set null whatever the values of these calls are: is it not 0 where all other names are?"""
    inside = frozenset[Variable]().union(*map(free_variables, calls))
    constant: dict[Expr, Expr] = dict.fromkeys(calls, ONE)
    if not all(map(_is_analytic, walk(substitute(value, constant)))):
        return False
    at_nought = transform(value, lambda node: node if _is_of(node, inside) else _nought(node))
    return isinstance(at_nought, Number) and at_nought != ZERO


def _is_of(node: Expr, names: frozenset[Variable]) -> bool:
    return (node.base if isinstance(node, Index) else node) in names


def takes_values_rarely(value: Expr) -> bool:
    """Does it take each of its values on a null set only: is it analytic, and not constant?"""
    at_nought = transform(value, _nought)
    moving = subtract(value, at_nought)
    return isinstance(at_nought, Number) and _is_no_zero_piece(new_session((moving,), ()), moving)


def _speaks_of_all(condition: Expr) -> bool:
    if Binder not in contents(condition).classes:
        return False
    return any(isinstance(node, Binder) and node.kind == "forall" for node in walk(condition))


def _exceptions(session: Session, condition: Expr) -> Exceptions | None:
    """Equations of null sets off which the condition holds, or None."""
    if condition == TRUE or is_certain(session, condition):
        return ()
    match condition:
        case Apply(head="and"):
            found = [_exceptions(session, part) for part in condition.args]
            known = [part for part in found if part is not None]
            return tuple(e for part in known for e in part) if len(known) == len(found) else None
        case Apply(head="or"):
            known = [part for part in (_exceptions(session, p) for p in condition.args) if part is not None]
            return min(known, key=len, default=None)
        case Binder(kind="forall"):
            return _of_each(session, condition)
        case Apply(head="ne", args=(left, right)):
            value = right if left == ZERO else subtract(left, right)
            return (compare("eq", value, ZERO),) if _is_no_zero_function(session, value) else None
        case Apply(head="lt", args=(zero, value)) if zero == ZERO and is_nonnegative(value):
            return (compare("eq", value, ZERO),) if _is_no_zero_function(session, value) else None
    return None


def _of_each(session: Session, condition: Binder) -> Exceptions | None:
    """Some value in the range is zero: their product is."""
    with for_each(session, condition) as (body, back):
        found = _exceptions(session, body)
    if found is None:
        return None
    values = (back(equation).children[0] for equation in found)
    return tuple(compare("eq", zero_for_some(value, condition), ZERO) for value in values)


def zero_for_some(value: Expr, over: Binder) -> Expr:
    """The value, or the product over the range of those of its names that runs over it: zero where one is.

    >>> from symderiv.expression.tree import index_variable
    >>> i, n = index_variable("i"), Variable("n")
    >>> zero_for_some(Apply("abs", (i,)), Binder("sum", ONE, i, ZERO, n)) == Binder("prod", i, i, ZERO, n)
    True
    """
    if over.variable not in free_variables(value):
        return value
    plain = value.args[0] if isinstance(value, Apply) and value.head == "abs" else value
    return Binder("prod", plain, over.variable, over.lower, over.upper, over.condition)


def _is_no_zero_function(session: Session, value: Expr) -> bool:
    """Is each of its pieces analytic in its real names, and none the zero function?"""
    return all(_is_no_zero_piece(session, piece) for piece in _pieces(value, MAX_SWITCHES))


def _pieces(value: Expr, left: int) -> Iterator[Expr]:
    """What the value may be: ``|u|`` is u or −u, ``max(a, b)`` is a or b (sums stay: both may occur)."""
    switch = next(_switches(value), None)
    if switch is None or left == 0:
        yield value
        return
    choices = switch.args if switch.head != "abs" else (*switch.args, negative(*switch.args))
    for choice in choices:
        yield from _pieces(substitute(value, {switch: choice}), left - 1)


def _switches(value: Expr) -> Iterator[Apply]:
    if isinstance(value, Apply) and value.head in _SWITCHES:
        yield value
    if not isinstance(value, Binder):
        for child in value.children:
            yield from _switches(child)


def _is_no_zero_piece(session: Session, value: Expr) -> bool:
    """Is it analytic in its real names, and not zero at nought, or positive where these have some signs?

    The names may be declared to lie elsewhere: what is zero on any open set is zero on all of ℝ.
    """
    if not all(map(_is_analytic, walk(value))):
        return False
    at_nought = transform(value, _nought)
    if isinstance(at_nought, Number) and at_nought != ZERO:
        return True
    names = sorted((v for v in _variables(value) if not is_integer(v)), key=lambda v: v.name)
    if len(names) > MAX_NAMES:
        return False
    return any(
        is_positive(_with_signs(value, dict(zip(names, signs, strict=True))), lambda b: runs(session, b))
        for signs in product((1, -1), repeat=len(names))
    )


def _variables(value: Expr) -> set[Variable]:
    return {node for node in walk(value) if isinstance(node, Variable)}


def _is_analytic(node: Expr) -> bool:
    """As a function of the real names, at fixed sizes and indices."""
    match node:
        case Number() | Constant():
            return True
        case Variable():
            return not node.kind.function and not (node.kind.domain.integer and bool(node.kind.shape))
        case Index():
            return isinstance(node.base, Variable)
        case Binder(kind="sum" | "prod"):
            return node.condition == TRUE
        case Apply(head="pow", args=(_, Number(value=int() as exponent))):
            return exponent > 0
        case Apply(head="delta"):
            return all(is_integer(v) for v in _variables(node))
        case Apply():
            return node.head in _ENTIRE
    return False


def _nought(node: Expr) -> Expr:
    """The node with all real names zero."""
    match node:
        case Apply(head="add"):
            return add(*node.args)
        case Apply(head="mul"):
            return mul(*node.args)
        case Apply(head="pow", args=(base, Number())) if base == ZERO:
            return ZERO
        case Apply(head=head, args=(arg,)) if arg == ZERO:
            return _AT_NOUGHT.get(head, node)
        case Binder(kind="sum", body=body) if body == ZERO:
            return ZERO
        case Variable() if not is_integer(node) and not node.kind.shape:
            return ZERO
        case Index(base=Variable() as name) if not is_integer(name):
            return ZERO
    return node


def _with_signs(value: Expr, signs: dict[Variable, int]) -> Expr:
    """The value, names replaced by positive ones or their opposites."""

    def signed(node: Expr) -> Expr:
        if isinstance(node, Apply) and node.head == "mul":
            return mul(*node.args)
        if isinstance(node, Binder) and node.kind == "sum":
            return _sign_outside(node)
        name = node.base if isinstance(node, Index) else node
        if not isinstance(name, Variable) or name not in signs or bool(name.kind.shape) != (name is not node):
            return node
        positive = Variable(name.name, name.kind.with_domain(POSITIVE))
        entry = Index(positive, node.indices, node.origin) if isinstance(node, Index) else positive
        return entry if signs[name] > 0 else mul(MINUS_ONE, entry)

    return transform(value, signed)


def _sign_outside(total: Binder) -> Expr:
    """``Σ -f = -Σ f``."""
    body = total.body
    lead = body.args[0] if isinstance(body, Apply) and body.head == "mul" else None
    if not isinstance(lead, Number) or lead.value >= 0:
        return total
    ends = (total.variable, total.lower, total.upper, total.condition)
    return mul(MINUS_ONE, Binder("sum", mul(MINUS_ONE, body), *ends))
