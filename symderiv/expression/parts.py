"""Expressions taken apart at their root: terms, factors, and the parts of ``and`` and ``or``."""

from __future__ import annotations

from symderiv.expression.tree import FALSE, TRUE, Apply, Expr


def terms_of(expr: Expr) -> tuple[Expr, ...]:
    """The terms of a sum, any other expression by itself."""
    return expr.args if isinstance(expr, Apply) and expr.head == "add" else (expr,)


def factors_of(expr: Expr) -> tuple[Expr, ...]:
    """The factors of a product, any other expression by itself.

    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> factors_of(Apply("mul", (x, y))) == (x, y), factors_of(x) == (x,)
    (True, True)
    """
    return expr.args if isinstance(expr, Apply) and expr.head == "mul" else (expr,)


def all_but(parts: tuple[Expr, ...], one: Expr) -> tuple[Expr, ...]:
    """The parts without one: ``s⁻¹`` may be a factor twice, and is one still.

    >>> from symderiv.expression.tree import Variable
    >>> x, y = Variable("x"), Variable("y")
    >>> all_but((x, y, x), x) == (y, x)
    True
    """
    at = parts.index(one)
    return (*parts[:at], *parts[at + 1 :])


def conjuncts(condition: Expr) -> tuple[Expr, ...]:
    """What must hold: the parts of an ``and``, any other condition by itself, nothing for ``true``.

    >>> from symderiv.expression.tree import Variable
    >>> a, b = Variable("a"), Variable("b")
    >>> conjuncts(Apply("and", (a, b))) == (a, b), conjuncts(a) == (a,), conjuncts(TRUE)
    (True, True, ())
    """
    if isinstance(condition, Apply) and condition.head == "and":
        return condition.args
    return () if condition == TRUE else (condition,)


def says_it_of_all(condition: Expr) -> bool:
    """Does a condition on entries hold of an array where it does of each? ``x != 0`` may mean: of some.

    >>> from symderiv.expression.tree import Variable
    >>> a, b = Variable("a"), Variable("b")
    >>> says_it_of_all(Apply("lt", (a, b))), says_it_of_all(Apply("ne", (a, b)))
    (True, False)
    """
    return all(isinstance(part, Apply) and part.head in ("eq", "lt", "le") for part in conjuncts(condition))


def disjuncts(condition: Expr) -> tuple[Expr, ...]:
    """Of what one must hold: the parts of an ``or``, any other condition by itself, nothing for ``false``."""
    if isinstance(condition, Apply) and condition.head == "or":
        return condition.args
    return () if condition == FALSE else (condition,)
