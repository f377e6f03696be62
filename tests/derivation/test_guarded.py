"""Conditions that are sure by their own premises, and sums of even powers: zero on a null set alone."""

from __future__ import annotations

import pytest

from symderiv.derivation import read_given
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.existence.almost_always import almost_always
from symderiv.derivation.proof.existence.guarded import is_sure
from symderiv.derivation.proof.sameness import numbered
from symderiv.expression.tree import ZERO, Apply, Binder, Expr, Number, Variable, index_variable
from symderiv.language import infer, read

i, j, n = Variable("i"), index_variable("j"), Variable("n")


def _unless(premise: Expr, said: Expr) -> Expr:
    return Apply("or", (Apply("not", (premise,)), said))


def _le(a: Expr, b: Expr) -> Expr:
    return Apply("le", (a, b))


def test_a_premise_is_sure_of_what_it_says() -> None:
    assert is_sure(_unless(_le(i, Number(1)), Apply("lt", (i, Number(2)))))
    assert is_sure(_unless(_le(i, n), _unless(_le(ZERO, i), Apply("and", (_le(i, n), _le(ZERO, i))))))


def test_a_premise_is_not_sure_of_more() -> None:
    assert not is_sure(_unless(_le(i, Number(2)), Apply("lt", (i, Number(2)))))
    assert not is_sure(_unless(Apply("lt", (i, n)), _le(n, i)))


def test_a_premise_about_another_index_of_that_name_says_nothing() -> None:
    inside = Binder("forall", _le(j, n), j, ZERO, Number(3))
    assert not is_sure(_unless(_le(j, n), inside))


def test_terms_in_any_order_are_numbered_alike() -> None:
    def total(a: str, b: str, *, turned: bool) -> Expr:
        first, second = Apply("mul", (Number(2), index_variable(a))), index_variable(b)
        terms = (second, first, Number(-1)) if turned else (first, second, Number(-1))
        inner = Binder("sum", Apply("add", terms), index_variable(b), ZERO, Number(1))
        return Binder("sum", inner, index_variable(a), ZERO, Number(1))

    assert numbered(total("a", "b", turned=False)) == numbered(total("d", "c", turned=True))


def _exists(text: str, *given: str) -> bool:
    known = read_given(given)
    return almost_always(tensor_of(read(text, infer([text], known.scope, "text"))).defined)


@pytest.mark.parametrize("p", [2, 4])
def test_even_norms_exist_almost_everywhere_at_every_size(p: int) -> None:
    assert _exists(f"1/lp_pool1d(x, {p}, 2)", "x: vector(2*n)")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("1/lp_pool1d(x, 3, 2)", "x: vector(2*n)"),  # the cubes may have a negative sum
        ("1/sum(x ⊙ x)", "x: integer vector(n)"),
        ("1/(x[0]^2 - x[1]^2)", "x: vector(3)"),
    ],
)
def test_others_are_not_said_to(text: str, given: str) -> None:
    assert not _exists(text, given)
