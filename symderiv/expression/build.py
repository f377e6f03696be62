"""The entry language: the small vocabulary in which tensors state their entries.

A tree as written says ``a/b - c``; an entry says ``add(mul(a, pow(b, -1)), mul(-1, c))``. These
constructors fold exact numbers and flatten sums and products, nothing more: they never combine like
terms and never look at a domain (a tensor keeps the conditions apart, gathered before anything folds).

The vocabulary
  numbers    Number, Constant pi, e, oo; Variable (scalar), Index(array or literal table or Call, …)
  algebra    add, mul (n-ary), pow(base, exponent)
  functions  exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf gamma
  signs      abs sign heaviside max min (n-ary), Cases
  integers   floor, delta(i, j), mod is written with floor
  booleans   true false lt le eq ne and or not, Binder forall
  binders    sum prod max min (over a range), integral
  opaque     Call(f, args, orders)
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.parts import conjuncts, disjuncts, terms_of
from symderiv.expression.tree import (
    FALSE,
    HALF,
    INFINITY,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Cases,
    Exact,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    walk,
)

MAX_POWER_BITS = 100_000


def number(value: Exact) -> Number:
    return Number(value)


def add(*terms: Expr) -> Expr:
    """``a + b + …`` with nested sums flattened and numbers added up, the number last."""
    total: Exact = 0
    flat: list[Expr] = []
    for term in terms:
        if isinstance(term, Number):
            total += term.value
        elif isinstance(term, Apply) and term.head == "add":
            for part in term.args:
                if isinstance(part, Number):
                    total += part.value
                else:
                    flat.append(part)
        else:
            flat.append(term)
    if total != 0 or not flat:
        flat.append(Number(total))
    return flat[0] if len(flat) == 1 else Apply("add", tuple(flat))


def mul(*factors: Expr) -> Expr:
    """``a b …`` with nested products flattened and numbers multiplied, the number first; 0 swallows all."""
    total: Exact = 1
    flat: list[Expr] = []
    for factor in factors:
        if isinstance(factor, Number):
            total *= factor.value
        elif isinstance(factor, Apply) and factor.head == "mul":
            for part in factor.args:
                if isinstance(part, Number):
                    total *= part.value
                else:
                    flat.append(part)
        else:
            flat.append(factor)
    if total == 0:
        return ZERO
    if total != 1 or not flat:
        flat.insert(0, Number(total))
    return flat[0] if len(flat) == 1 else Apply("mul", tuple(flat))


def negative(a: Expr) -> Expr:
    return mul(MINUS_ONE, a)


def subtract(a: Expr, b: Expr) -> Expr:
    return add(a, negative(b))


def divide(a: Expr, b: Expr) -> Expr:
    """``a b⁻¹``. Division by the number 0 is kept: the tensor's condition says that it is undefined."""
    return mul(a, power(b, MINUS_ONE))


def power(base: Expr, exponent: Expr) -> Expr:
    """``base^exponent``; integer powers of numbers are computed, up to a cap on their size."""
    if exponent == ONE:
        return base
    if exponent == ZERO:
        return ONE
    if isinstance(base, Number) and isinstance(exponent, Number) and isinstance(exponent.value, int):
        return _number_power(base.value, exponent.value)
    if base == ONE and INFINITY not in walk(exponent):
        return ONE
    return Apply("pow", (base, exponent))


def _number_power(base: Exact, exponent: int) -> Expr:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(exponent) > MAX_POWER_BITS:
        raise LimitExceeded(f"a power with more than {MAX_POWER_BITS} bits")
    if base == 0 and exponent < 0:
        return Apply("pow", (ZERO, Number(exponent)))
    return Number(Fraction(base) ** exponent)


def sqrt(a: Expr) -> Expr:
    return power(a, HALF)


def function(head: str, *args: Expr) -> Expr:
    """``exp(a)``, ``abs(a)``, … with the few values that are numbers for sure folded."""
    numbers = [arg.value for arg in args if isinstance(arg, Number)]
    if len(numbers) == len(args):
        folded = _fold(head, *numbers)
        if folded is not None:
            return folded
    if head in ("max", "min") and len(args) == 1:
        return args[0]
    if head == "exp" and _is_below_all(args[0]):
        return ZERO
    return Apply(head, args)


def _is_below_all(a: Expr) -> bool:
    """-oo, or -oo and real numbers: a score that is masked out."""
    terms = terms_of(a)
    rest = [term for term in terms if term != _LOWEST]
    return len(rest) < len(terms) and not any(node == INFINITY for term in rest for node in walk(term))


_LOWEST = Apply("mul", (MINUS_ONE, INFINITY))


def _fold(head: str, *values: Exact) -> Expr | None:
    first = values[0] if values else 0
    match head:
        case "max":
            return Number(max(values))
        case "min":
            return Number(min(values))
        case "abs":
            return Number(first if first >= 0 else -first)
        case "sign":
            return Number(-1 if first < 0 else int(first > 0))
        case "heaviside":
            return HALF if first == 0 else Number(int(first > 0))
        case "floor":
            return Number(first.numerator // first.denominator)
        case "exp" | "cos" | "cosh" if first == 0:
            return ONE
        case "sin" | "tan" | "sinh" | "tanh" | "asin" | "atan" | "asinh" | "atanh" | "erf" if first == 0:
            return ZERO
        case "log" if first == 1:
            return ZERO
    return None


def delta(i: Expr, j: Expr) -> Expr:
    """Kronecker's delta: 1 where i = j, else 0."""
    if i == j:
        return ONE
    if isinstance(i, Number) and isinstance(j, Number):
        return ZERO
    return Apply("delta", (i, j))


def boolean(value: bool) -> Expr:
    return TRUE if value else FALSE


def compare(head: str, a: Expr, b: Expr) -> Expr:
    """``lt``, ``le``, ``eq`` or ``ne`` (``gt`` and ``ge`` are turned round)."""
    if head in ("gt", "ge"):
        return compare({"gt": "lt", "ge": "le"}[head], b, a)
    if isinstance(a, Number) and isinstance(b, Number):
        x, y = a.value, b.value
        return boolean({"lt": x < y, "le": x <= y, "eq": x == y, "ne": x != y}[head])
    if a == b and head in ("eq", "le"):
        return TRUE
    return Apply(head, (a, b))


def conjunction(*conditions: Expr) -> Expr:
    """All of them, each part once: ``true`` is left out, ``false`` takes all, and v ≠ 0 goes beside 0 < v."""
    flat: list[Expr] = []
    for condition in conditions:
        if condition is TRUE:
            continue
        parts = conjuncts(condition)
        for part in parts:
            if part == FALSE:
                return FALSE
            if part != TRUE and part not in flat:
                flat.append(part)
    if not flat:
        return TRUE
    if len(flat) > 1:
        flat = [part for part in flat if not _is_said_by_another(part, flat)]
    return flat[0] if len(flat) == 1 else Apply("and", tuple(flat))


def _is_said_by_another(part: Expr, parts: list[Expr]) -> bool:
    """Whether it is a ≠ b beside a < b or b < a."""
    if not isinstance(part, Apply) or part.head != "ne":
        return False
    return any(Apply("lt", sides) in parts for sides in (part.args, part.args[::-1]))


def disjunction(*conditions: Expr) -> Expr:
    """One of them, each part once: ``false`` is left out, ``true`` takes all."""
    flat: list[Expr] = []
    for condition in conditions:
        parts = disjuncts(condition)
        for part in parts:
            if part == TRUE:
                return TRUE
            if part != FALSE and part not in flat:
                flat.append(part)
    if not flat:
        return FALSE
    return flat[0] if len(flat) == 1 else Apply("or", tuple(flat))


_OPPOSITE = {"eq": "ne", "ne": "eq"}


def negation(condition: Expr) -> Expr:
    """The opposite: of ``=`` is ``≠``, of ``a < b`` is ``b ≤ a``, of a "not" what stands in it."""
    if condition == TRUE:
        return FALSE
    if condition == FALSE:
        return TRUE
    if isinstance(condition, Apply):
        if condition.head in _OPPOSITE:
            return Apply(_OPPOSITE[condition.head], condition.args)
        if condition.head in ("lt", "le"):
            a, b = condition.args
            return Apply("le" if condition.head == "lt" else "lt", (b, a))
        if condition.head == "not":
            return condition.args[0]
    return Apply("not", (condition,))


def cases(branches: tuple[tuple[Expr, Expr], ...], otherwise: Expr | None) -> Expr:
    """A case distinction, branches with a false condition dropped, the first true one taking all."""
    kept: list[tuple[Expr, Expr]] = []
    for condition, value in branches:
        if condition == TRUE:
            otherwise = value
            break
        if condition != FALSE:
            kept.append((condition, value))
    while kept and otherwise is not None and kept[-1][1] == otherwise:
        kept.pop()
    if not kept and otherwise is not None:
        return otherwise
    return Cases(tuple(kept), otherwise)


def entry_of(base: Expr, indices: tuple[Expr, ...]) -> Expr:
    """``base[indices]``, counting from 0; a literal table with numbers for indices gives its entry.

    An entry of a symmetric matrix is the one on or above the diagonal: each has one name.
    """
    if isinstance(base, Sequence) and indices and isinstance(indices[0], Number):
        position = indices[0].value
        if not isinstance(position, int) or not 0 <= position < len(base.items):
            raise MeaningError(f"index {position} is outside 0 … {len(base.items) - 1}")
        item = base.items[position]
        return entry_of(item, indices[1:]) if len(indices) > 1 else item
    match base, indices:
        case Variable(kind=kind), (Number(value=row), Number(value=column)) if (
            kind.symmetric and row > column
        ):
            return Index(base, (indices[1], indices[0]))
    return Index(base, indices) if indices else base
