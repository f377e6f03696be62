"""What is said for all values of an index and doesn't speak of it, said by itself."""

from __future__ import annotations

from symderiv.expression.build import add, conjunction
from symderiv.expression.parts import conjuncts
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import ONE, TRUE, ZERO, Binder, Expr, Number, Variable


def said_once(condition: Expr) -> Expr:
    """What is said for all indices and doesn't speak of them, by itself, where there surely is one.

    >>> from symderiv.expression.build import compare
    >>> a, i = Variable("a"), Variable("i")
    >>> said_once(Binder("forall", compare("ne", a, ZERO), i, ZERO, ONE)) == compare("ne", a, ZERO)
    True
    """
    found: list[Expr] = []
    for part in conjuncts(condition):
        match part:
            case Binder(kind="forall", variable=k, body=body, upper=Expr() as last) if (
                part.condition == TRUE and part.lower == ZERO and _is_some_index(last)
            ):
                parts = conjuncts(said_once(body))
                apart = [each for each in parts if k not in free_variables(each)]
                within = conjunction(*(each for each in parts if each not in apart))
                found += apart if within == TRUE else [*apart, Binder("forall", within, k, ZERO, last)]
            case _:
                found.append(part)
    return conjunction(*found)


def _is_some_index(last: Expr) -> bool:
    """Is it the last index along a size?"""
    size = add(last, ONE)
    if isinstance(size, Number):
        return size.value >= 1
    return isinstance(size, Variable) and size.kind.domain.integer and size.kind.domain.is_positive
