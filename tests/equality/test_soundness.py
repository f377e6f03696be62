"""Random true rewrites are never called different, random changes never equal; verdicts don't depend on
the order of the two sides nor on names."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symderiv.equality import decide_scalar
from symderiv.equality.verdict import Different, Equal, Verdict
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Expr, Variable
from tests.equality.rewriting import CHANGES, NAMES, TRUE_REWRITES, Rewrite, expressions, somewhere

BRIEFLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
RENAMED: dict[Expr, Expr] = {name: Variable({"x": "q", "y": "a", "z": "m"}[name.name]) for name in NAMES}


def judged(a: Expr, b: Expr) -> Verdict:
    return decide_scalar(a, b, deadline=time.thread_time() + 1)


@BRIEFLY
@given(expressions, st.sampled_from(NAMES), st.sampled_from(TRUE_REWRITES), st.integers(1, 8))
def test_a_true_rewrite_is_never_different(e: Expr, t: Expr, rewrite: Rewrite, where: int) -> None:
    assert not isinstance(judged(e, somewhere(rewrite, e, t, where)), Different)


@BRIEFLY
@given(expressions, st.sampled_from(NAMES), st.sampled_from(CHANGES))
def test_a_change_is_never_equal(e: Expr, t: Expr, change: Rewrite) -> None:
    assert not isinstance(judged(e, change(e, t)), Equal)


@BRIEFLY
@given(expressions, expressions)
def test_the_two_sides_may_be_swapped(a: Expr, b: Expr) -> None:
    one, other = judged(a, b), judged(b, a)
    assert {type(one), type(other)} != {Equal, Different}


@BRIEFLY
@given(expressions, expressions)
def test_names_do_not_matter(a: Expr, b: Expr) -> None:
    one = judged(a, b)
    other = judged(substitute(a, RENAMED), substitute(b, RENAMED))
    assert {type(one), type(other)} != {Equal, Different}
