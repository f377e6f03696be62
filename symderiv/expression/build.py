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

from collections.abc import Callable
from collections.abc import Mapping as Map
from fractions import Fraction

from symderiv.errors import LimitExceeded, MeaningError
from symderiv.expression.substitution import free_variables, fresh
from symderiv.expression.tree import (
    FALSE,
    HALF,
    MINUS_ONE,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Exact,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
)

MAX_POWER_BITS = 100_000
MAX_TERMS = 100_000


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
    if base == ONE:
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
    if all(isinstance(arg, Number) for arg in args):
        folded = _fold(head, *(arg.value for arg in args))  # type: ignore[attr-defined]
        if folded is not None:
            return folded
    if head in ("max", "min") and len(args) == 1:
        return args[0]
    return Apply(head, args)


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
    flat: list[Expr] = []
    for condition in conditions:
        parts = (
            condition.args if isinstance(condition, Apply) and condition.head == "and" else (condition,)
        )
        for part in parts:
            if part == FALSE:
                return FALSE
            if part != TRUE and part not in flat:
                flat.append(part)
    if not flat:
        return TRUE
    return flat[0] if len(flat) == 1 else Apply("and", tuple(flat))


def disjunction(*conditions: Expr) -> Expr:
    flat: list[Expr] = []
    for condition in conditions:
        parts = condition.args if isinstance(condition, Apply) and condition.head == "or" else (condition,)
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
    """``base[indices]``, counting from 0; a literal table with numbers for indices gives its entry."""
    if isinstance(base, Sequence) and indices and isinstance(indices[0], Number):
        position = indices[0].value
        if not isinstance(position, int) or not 0 <= position < len(base.items):
            raise MeaningError(f"index {position} is outside 0 … {len(base.items) - 1}")
        item = base.items[position]
        return entry_of(item, indices[1:]) if len(indices) > 1 else item
    return Index(base, indices) if indices else base


_REBUILD: dict[str, Callable[..., Expr]] = {
    "add": add,
    "mul": mul,
    "pow": power,
    "delta": delta,
    "and": conjunction,
    "or": disjunction,
    "not": negation,
}


def refold(expr: Expr, children: tuple[Expr, ...]) -> Expr:
    """``expr`` over new children, through the constructors, so that numbers fold."""
    if isinstance(expr, Apply):
        constructor = _REBUILD.get(expr.head)
        if constructor is not None:
            return constructor(*children)
        if expr.head in ("lt", "le", "eq", "ne"):
            return compare(expr.head, *children)
        return function(expr.head, *children) if not expr.options else expr.rebuild(children)
    if isinstance(expr, Index):
        return entry_of(children[0], children[1:])
    if isinstance(expr, Cases):
        rebuilt = expr.rebuild(children)
        assert isinstance(rebuilt, Cases)
        return cases(rebuilt.branches, rebuilt.otherwise)
    return expr.rebuild(children)


def instantiate(expr: Expr, values: Map[Variable, Expr]) -> Expr:
    """An entry formula with expressions put in for variables, numbers folded on the way.

    A branch whose condition turns false is dropped before its value is looked at, so a table is never
    read outside its bounds; sums whose bounds become numbers stay sums (see `expand`).

    >>> i = Variable("i")
    >>> instantiate(add(i, Number(1)), {i: Number(2)}).value
    3
    """
    if isinstance(expr, Variable):
        return values.get(expr, expr)
    if isinstance(expr, Cases):
        return _instantiate_cases(expr, values)
    if isinstance(expr, Binder):
        return _instantiate_binder(expr, values)
    children = expr.children
    if not children:
        return expr
    if isinstance(expr, Index) and isinstance(expr.base, Sequence):
        position = instantiate(expr.indices[0], values)
        if isinstance(position, Number):
            row = entry_of(expr.base, (position,))
            if len(expr.indices) > 1:
                return instantiate(Index(row, expr.indices[1:]), values)
            return instantiate(row, values)
    changed = tuple(instantiate(child, values) for child in children)
    if all(new is old for new, old in zip(changed, children, strict=True)):
        return expr
    return refold(expr, changed)


def _instantiate_cases(expr: Cases, values: Map[Variable, Expr]) -> Expr:
    branches: list[tuple[Expr, Expr]] = []
    for condition, value in expr.branches:
        holds = instantiate(condition, values)
        if holds == FALSE:
            continue
        branches.append((holds, instantiate(value, values)))
        if holds == TRUE:
            return cases(tuple(branches), None)
    otherwise = None if expr.otherwise is None else instantiate(expr.otherwise, values)
    return cases(tuple(branches), otherwise)


def _instantiate_binder(expr: Binder, values: Map[Variable, Expr]) -> Expr:
    inner = {old: new for old, new in values.items() if old != expr.variable}
    names = frozenset(v.name for new in inner.values() for v in free_variables(new))
    variable = expr.variable
    if variable.name in names:
        taken = names | {v.name for v in free_variables(expr.body)}
        variable = Variable(fresh(variable.name, taken), variable.kind)
        inner[expr.variable] = variable
    lower = None if expr.lower is None else instantiate(expr.lower, values)
    upper = None if expr.upper is None else instantiate(expr.upper, values)
    body = instantiate(expr.body, inner)
    condition = instantiate(expr.condition, inner)
    return Binder(expr.kind, body, variable, lower, upper, condition)


_NEUTRAL = {"sum": ZERO, "prod": ONE, "forall": TRUE}
_JOIN = {"sum": add, "prod": mul, "forall": conjunction}


def expand(expr: Expr) -> Expr:
    """Every binder whose bounds are numbers written out, innermost first.

    >>> i, x = Variable("i"), Variable("x")
    >>> expand(Binder("sum", add(x, i), i, Number(1), Number(2))) == add(x, x, Number(3))
    True
    """
    if isinstance(expr, Binder) and expr.kind in ("sum", "prod", "forall", "max", "min"):
        lower = None if expr.lower is None else expand(expr.lower)
        upper = None if expr.upper is None else expand(expr.upper)
        if isinstance(lower, Number) and isinstance(upper, Number):
            return _write_out(expr, lower.value, upper.value)
        return Binder(
            expr.kind, expand(expr.body), expr.variable, lower, upper, expand(expr.condition)
        )
    children = expr.children
    if not children:
        return expr
    changed = tuple(expand(child) for child in children)
    if all(new is old for new, old in zip(changed, children, strict=True)):
        return expr
    return refold(expr, changed)


def _write_out(expr: Binder, lower: Exact, upper: Exact) -> Expr:
    first, last = -(-lower.numerator // lower.denominator), upper.numerator // upper.denominator
    if last - first > MAX_TERMS:
        raise LimitExceeded(f"a {expr.kind} of more than {MAX_TERMS} terms")
    terms: list[Expr] = []
    for position in range(first, last + 1):
        values: dict[Variable, Expr] = {expr.variable: Number(position)}
        holds = expand(instantiate(expr.condition, values))
        if holds == FALSE:
            continue
        term = expand(instantiate(expr.body, values))
        if holds != TRUE:
            if expr.kind not in _NEUTRAL:
                raise MeaningError(f"the condition of this {expr.kind} is not decided by its index")
            term = cases(((holds, term),), _NEUTRAL[expr.kind])
        terms.append(term)
    if expr.kind in _JOIN:
        return _JOIN[expr.kind](*terms)
    if not terms:
        raise MeaningError(f"the {expr.kind} of nothing")
    return function(expr.kind, *terms)


_ARITHMETIC: dict[str, Callable[..., Expr]] = {
    "add": add,
    "sub": subtract,
    "mul": mul,
    "neg": negative,
    "pos": lambda a: a,
    "div": divide,
    "pow": power,
    "floordiv": lambda a, b: function("floor", divide(a, b)),
    "floor": lambda a: function("floor", a),
}


def arithmetic(tree: Expr) -> Expr:
    """A written size (``d - k + 1``, ``n // 2``) as an entry expression.

    >>> n = Variable("n")
    >>> arithmetic(Apply("sub", (n, Number(1)))) == add(n, Number(-1))
    True
    """
    children = tuple(arithmetic(child) for child in tree.children)
    if isinstance(tree, Apply) and not tree.options and tree.head in _ARITHMETIC:
        return _ARITHMETIC[tree.head](*children)
    return tree.rebuild(children) if children else tree
