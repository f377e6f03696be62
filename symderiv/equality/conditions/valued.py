"""Which expressions are integers wherever they are defined."""

from __future__ import annotations

from symderiv.equality.evaluate.arrays import table_entries
from symderiv.expression.tree import Apply, Binder, Cases, Expr, Index, Number, Sequence, Variable

_INTEGER_HEADS = frozenset(("floor", "sign", "delta"))
_CLOSED_HEADS = frozenset(("add", "mul", "max", "min", "abs", "gamma"))


def is_integer_valued(expr: Expr) -> bool:
    """Whether an expression takes integer values only.

    >>> from symderiv.expression.kinds import SIZE
    >>> n = Variable("n", SIZE)
    >>> is_integer_valued(Apply("add", (n, Number(1)))), is_integer_valued(Apply("pow", (n, Number(-1))))
    (True, False)
    """
    match expr:
        case Number():
            return isinstance(expr.value, int)
        case Variable():
            return expr.kind.domain.integer and not expr.kind.function
        case Index(base=Variable() as base):
            return base.kind.domain.integer
        case Index(base=Sequence() as table):
            return all(map(is_integer_valued, table_entries(table)))
        case Apply(head="pow", args=(base, exponent)):
            return is_integer_valued(base) and isinstance(exponent, Number) and _is_natural(exponent)
        case Apply():
            return expr.head in _INTEGER_HEADS or (
                expr.head in _CLOSED_HEADS and all(map(is_integer_valued, expr.args))
            )
        case Binder():
            return expr.kind in ("sum", "prod", "max", "min") and is_integer_valued(expr.body)
        case Cases():
            values = [value for _, value in expr.branches]
            values += [] if expr.otherwise is None else [expr.otherwise]
            return all(map(is_integer_valued, values))
    return False


def _is_natural(exponent: Number) -> bool:
    return isinstance(exponent.value, int) and exponent.value >= 0
