"""Inequalities multiplied, facts with denominators, repeated factors: what must not be proved of them.

No search for a witness comes before: what the refuter would have found says nothing about a proof.
"""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given, scalar_of
from symderiv.equality.conditions.condition import knowledge
from symderiv.equality.problem import Problem
from symderiv.equality.procedures.conditions.square_free import by_square_free
from symderiv.equality.prove import prove_problem
from symderiv.expression.tree import Expr
from symderiv.language import Scope, read

MAX = "max(abs(1-e*m),abs(1-e*M))"


def _names(*declared: str) -> Scope:
    return read_given(declared).scope


def _value(text: str, scope: Scope) -> Expr:
    return scalar_of(read(text, scope)).value


@pytest.mark.parametrize(
    ("facts", "condition", "follows"),
    [
        (("x >= 0", "y >= 0"), "x*y >= 0", True),
        (("x >= 0", "y >= 0"), "x*y > 0", False),
        (("a <= 0", "a + c > 0"), "a*c <= 0", True),
        (("a <= 0", "a + c > 0"), "a*c < 0", False),
        (("a + c > 0", "a*c > b^2"), "a > 0", True),
        (("a + c >= 0", "a*c >= b^2"), "a >= 0", True),
        (("a + c >= 0", "a*c >= b^2"), "a > 0", False),
        (("a*c > b^2",), "a > 0", False),
    ],
)
def test_products_of_relations(facts: tuple[str, ...], condition: str, follows: bool) -> None:
    scope = _names("a: real", "b: real", "c: real", "x: real", "y: real")
    known = knowledge(tuple(_value(fact, scope) for fact in facts))
    assert known.implies(_value(condition, scope)) is follows


@pytest.mark.parametrize(
    ("a", "b", "declared", "facts", "proved"),
    [
        ("abs(x)", "x", ("x: real", "y: positive"), ("x/y > 0",), True),
        ("abs(x)", "x", ("x: real", "y: positive"), ("x/y^3 > 0",), True),
        ("abs(x)", "x", ("x: real", "y: real"), ("x/y > 0",), False),
        ("abs(x)", "x", ("x: real", "y: negative"), ("x/y > 0",), False),
        ("abs(x)", "-x", ("x: real", "y: negative"), ("x/y > 0",), True),
        ("abs(x*y)", "x*y", ("x: real", "y: real"), ("x/y > 0",), True),
        (MAX, "max(1-e*m,e*M-1)", ("e: positive", "m: positive", "M: positive"), ("m <= M",), True),
        (MAX, "max(1-e*m,e*M-1)", ("e: negative", "m: negative", "M: negative"), ("m <= M",), False),
        (MAX, "max(1-e*M,e*m-1)", ("e: negative", "m: negative", "M: negative"), ("m <= M",), True),
    ],
)
def test_signs_of_what_is_given(
    a: str, b: str, declared: tuple[str, ...], facts: tuple[str, ...], proved: bool
) -> None:
    scope = _names(*declared)
    given = tuple(_value(fact, scope) for fact in facts)
    found = prove_problem(Problem(_value(a, scope), _value(b, scope), facts=given))
    assert (found is not None) is proved


@pytest.mark.parametrize(("domain", "proved"), [("positive", True), ("nonnegative", False), ("real", False)])
def test_only_factors_that_are_never_zero_are_left_out(domain: str, proved: bool) -> None:
    scope = _names(f"a: {domain}", "x: real")
    equations = (_value("a*x^3 == 0", scope), _value("x == 0", scope))
    given = Problem(*equations)
    found = by_square_free(given, lambda plain: prove_problem(plain) if plain.a == plain.b else None)
    assert (found is not None) is proved
