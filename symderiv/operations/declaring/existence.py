"""Where arithmetic exists over the reals: a denominator that isn't 0, a base that has the power asked for."""

from __future__ import annotations

from symderiv.equality.facts import only_integers
from symderiv.equality.integers.whole import is_whole
from symderiv.equality.normal_forms.integrality import is_integer as is_integer_element
from symderiv.equality.normal_forms.plain import plain_forms
from symderiv.equality.normal_forms.reading import to_expr
from symderiv.expression import build
from symderiv.expression.build import compare, conjunction, disjunction
from symderiv.expression.tree import MINUS_ONE, TRUE, ZERO, Apply, Constant, Expr, Number, Variable


def always(a: Expr, b: Expr) -> Expr:
    return TRUE


def nonzero(a: Expr) -> Expr:
    """``a ≠ 0`` where a exists, folded where it is plain; a power by a name is 0 only where its base is."""
    if isinstance(a, Number):
        return build.boolean(a.value != 0)
    if isinstance(a, Constant) or (isinstance(a, Apply) and a.head in ("exp", "cosh", "gamma")):
        return TRUE
    if isinstance(a, Variable) and (a.kind.domain.is_positive or a.kind.domain.is_negative):
        return TRUE
    if isinstance(a, Apply) and a.head == "mul":
        return conjunction(*(nonzero(factor) for factor in a.args))
    if isinstance(a, Apply) and a.head == "pow" and not isinstance(a.args[1], Number):
        base, exponent = a.args
        return disjunction(nonzero(base), compare("le", exponent, ZERO))
    if isinstance(a, Apply) and a.head == "pow" and isinstance(a.args[0], Variable) and only_integers(a):
        return nonzero(a.args[0])
    return compare("ne", a, ZERO)


def positive(a: Expr) -> Expr:
    """``a > 0``, folded where it is plain."""
    if isinstance(a, Number):
        return build.boolean(a.value > 0)
    if isinstance(a, Apply) and a.head in ("exp", "cosh"):
        return TRUE
    if isinstance(a, Constant) and a.name in ("e", "pi"):
        return TRUE
    if isinstance(a, Variable) and a.kind.domain.is_positive:
        return TRUE
    if isinstance(a, Apply) and a.head == "pow" and a.args[1] == MINUS_ONE:
        return positive(a.args[0])
    return compare("lt", ZERO, a)


def nonnegative(a: Expr) -> Expr:
    """``a ≥ 0``, folded where it is plain."""
    if isinstance(a, Number):
        return build.boolean(a.value >= 0)
    if isinstance(a, Apply) and a.head == "abs":
        return TRUE
    if isinstance(a, Variable) and a.kind.domain.is_nonnegative:
        return TRUE
    return TRUE if positive(a) == TRUE else compare("le", ZERO, a)


def power_exists(base: Expr, exponent: Expr) -> Expr:
    """Where ``base^exponent`` exists in the reals: base ≠ 0 for negative integers, base ≥ 0 for fractions.

    A real name for an exponent is a fraction; what is made of integers may be whole at some of them.
    """
    if isinstance(exponent, Number):
        if isinstance(exponent.value, int):
            return TRUE if exponent.value >= 0 else nonzero(base)
        return nonnegative(base) if exponent.value > 0 else positive(base)
    if positive(base) == TRUE:
        return TRUE
    if is_integer(exponent):
        return disjunction(compare("le", ZERO, exponent), nonzero(base)) if nonzero(base) != TRUE else TRUE
    at_zero = conjunction(compare("eq", base, ZERO), compare("lt", ZERO, exponent))
    if not only_integers(exponent):
        return disjunction(positive(base), at_zero)
    whole = compare("eq", build.function("floor", exponent), exponent)
    at_whole = conjunction(whole, disjunction(compare("le", ZERO, exponent), nonzero(base)))
    return disjunction(positive(base), at_zero, at_whole)


def is_integer(a: Expr) -> bool:
    """Whether an expression is an integer by the kinds of what it is made of, once real names cancel."""
    return is_whole(a) or cancelled(a) is not a


def cancelled(a: Expr) -> Expr:
    """``n x/x`` as the integer n, ``sin(x)² + cos(x)²`` as 1; all else as it is."""
    if not a.children or only_integers(a):
        return a
    if isinstance(a, Apply) and a.head in ("max", "min", "abs"):
        inner = a.rebuild(tuple(map(cancelled, a.args)))
        return inner if only_integers(inner) else a
    found = plain_forms(a)
    if found is None:
        return a
    nf, (value,) = found
    if nf.arithmetic.is_zero(value):
        return ZERO
    simple = nf.arithmetic.reduced_element(value)
    return to_expr(nf.field, simple.num) if is_integer_element(nf.field, simple) else a


def power(base: Expr, exponent: Expr) -> Expr:
    """``base^exponent``, the exponent without real names that cancel: x^(n y/y) is a power of x alone."""
    return build.power(base, cancelled(exponent))
