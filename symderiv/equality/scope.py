"""Where an equality holds, in words: everywhere, or except on null sets that are named."""

from __future__ import annotations

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.equality.facts import parts
from symderiv.equality.problem import Problem
from symderiv.equality.proof import Proof
from symderiv.equality.verdict import EVERYWHERE
from symderiv.expression.build import add, compare
from symderiv.expression.parts import terms_of
from symderiv.expression.printing.display import readable
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import FALSE, ZERO, Apply, Binder, Expr, Number, Sequence

MAX_TEXT = 80
EXCEPT = "except where "


def scope_of(exceptions: tuple[Expr, ...]) -> str:
    """``everywhere`` or ``except where x = 0``.

    >>> from symderiv.expression.tree import Apply, Variable, ZERO
    >>> scope_of((Apply("eq", (Variable("x"), ZERO)),))
    'except where x = 0'
    """
    whole = {e.args[1] for e in exceptions if _says_whole(e) and isinstance(e, Apply)}
    kept = (e for e in exceptions if not (isinstance(e, Apply) and _is_one_of(whole, e)))
    named = dict.fromkeys(_named(e) for e in kept)
    return f"{EXCEPT}{' or '.join(sorted(named))}" if named else EVERYWHERE


def is_whole(value: Expr) -> Expr:
    """The equation that says that a value is an integer, a whole summand left out."""
    terms = terms_of(value)
    left = add(*(term for term in terms if not (isinstance(term, Number) and is_integer_valued(term))))
    return Apply("eq", (Apply("floor", (left,)), left))


def _says_whole(equation: Expr) -> bool:
    left, right = equation.children
    return left == Apply("floor", (right,))


def _is_one_of(whole: set[Expr], equation: Apply) -> bool:
    """An equation ``x = 2`` where all integers x are named anyway."""
    return equation.args[0] in whole and is_integer_valued(equation.args[1])


def _named(equation: Expr) -> str:
    """``x = 1``; ``x is an integer``; ``x[i] = 0 for some i``; the beginning of what is long."""
    assert isinstance(equation, Apply)
    left, right = equation.args
    if _says_whole(equation):
        return f"{_short(readable(right))} is an integer"
    if isinstance(left, Binder) and left.kind == "prod" and right == ZERO:
        return _of_some(left)
    return f"{_short(readable(left))} = {to_text(readable(right))}"


def _of_some(product: Binder) -> str:
    """Which factor of the product is zero."""
    variables: list[Expr] = []
    value: Expr = product
    while isinstance(value, Binder) and value.kind == "prod":
        variables.append(value.variable)
        value = value.body
    shown = readable(Sequence((value, *variables), "tuple"))
    assert isinstance(shown, Sequence)
    names = ", ".join(map(to_text, shown.items[1:]))
    return f"{_short(shown.items[0])} = 0 for some {names}"


def _short(expr: Expr) -> str:
    text = to_text(expr)
    if len(text) <= MAX_TEXT:
        return text
    terms = f" ({len(expr.args)} terms)" if isinstance(expr, Apply) and expr.head == "add" else ""
    return f"{text[:MAX_TEXT].rstrip()} …{terms}"


def structural(problem: Problem) -> Proof | None:
    """The same expression under the same conditions; its denominators' zeros are the scope."""
    if problem.a != problem.b or problem.defined_a != problem.defined_b:
        return None
    return Proof("structure", tuple(_zeros(problem.defined_a)))


def _zeros(defined: Expr) -> list[Expr]:
    found = []
    for part in parts((defined,)):
        equation = compare("eq", *part.args) if part.head == "ne" else FALSE
        if equation != FALSE and not all(isinstance(arg, Number) for arg in part.args):
            found.append(equation)
    return found


def shared_poles(problem: Problem, exceptions: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The exceptions left where "undefined" counts as a value that both sides may share."""
    shared = set(_zeros(problem.defined_a)) & set(_zeros(problem.defined_b))
    return tuple(e for e in exceptions if e not in shared)
