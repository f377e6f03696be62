"""Is a misconception what it claims to be? It must explain its own example, and that must be wrong."""

from __future__ import annotations

from symderiv.derivation import meaning, read_given
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal, Policy
from symderiv.errors import SymderivError
from symderiv.expression.tree import Expr
from symderiv.grading.diagnosis.wrong_forms import forms
from symderiv.grading.misconceptions import Misconception
from symderiv.grading.misconceptions.closed_forms import stated
from symderiv.language import read


def check_misconception(pattern: Misconception) -> None:
    """Raise AssertionError unless the pattern fires on its example, which is provably not the right answer.

    >>> from symderiv.grading.misconceptions import BY_NAME
    >>> check_misconception(BY_NAME["transposed"])
    """
    example = pattern.example
    scope = read_given(example.given, strict=True).scope
    right, wrong = read(example.right, scope), read(example.wrong, scope)
    apart = decide(meaning(wrong), meaning(right), policy=example.policy)
    if not isinstance(apart, Different):
        raise AssertionError(f"{pattern.name}: {example.wrong} is not proved different from {example.right}")
    if not any(_proved_equal(wrong, form, example.policy) for form in forms(pattern, stated(right))):
        raise AssertionError(f"{pattern.name}: no form of {example.right} is proved equal to {example.wrong}")


def _proved_equal(wrong: Expr, form: Expr, policy: Policy) -> bool:
    try:
        return isinstance(decide(meaning(wrong), meaning(form), policy=policy), Equal)
    except SymderivError:
        return False
