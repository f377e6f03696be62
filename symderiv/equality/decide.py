"""The cascade: is what two answers mean equal, different, or can't we tell?

Shapes first, then entries; each pair of entries by proof, and where there is none by a search for a witness.
Nothing else may say ``Equal`` or ``Different``.
"""

from __future__ import annotations

from symderiv.equality.compound.arrays import decide_tensors
from symderiv.equality.compound.listings import decide_listings, decide_records
from symderiv.equality.scalars.pair import decide_scalar
from symderiv.equality.verdict import ALMOST_EVERYWHERE, Different, Policy, Verdict, Witness
from symderiv.expression.tree import Expr
from symderiv.tensor import Listing, Meaning, Record, Tensor

__all__ = ["decide", "decide_scalar"]

_KINDS: dict[type, str] = {Tensor: "an array", Record: "a mapping", Listing: "a list"}


def decide(
    a: Meaning,
    b: Meaning,
    facts: tuple[Expr, ...] = (),
    *,
    policy: Policy = ALMOST_EVERYWHERE,
    strict_shape: bool = False,
    deadline: float | None = None,
) -> Verdict:
    """Whether two meanings are equal; ``deadline`` is a moment of `time.thread_time`: of
    processor time, so that a busy machine changes no verdict.

    ``policy`` is "almost everywhere" (null sets become the scope) or "everywhere" (a difference on a null set
    is a difference). Unless ``strict_shape``, a vector of n equals an n×1 and a 1×n, and a 1×1 is a scalar.

    >>> from symderiv.expression.tree import Apply, Variable
    >>> x = Variable("x")
    >>> decide(Tensor.scalar(Apply("exp", (x,))), Tensor.scalar(x)).verdict
    'different'
    """
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return decide_tensors(a, b, facts, policy, strict_shape, deadline)

    def inner(left: Meaning, right: Meaning) -> Verdict:
        return decide(left, right, facts, policy=policy, strict_shape=strict_shape, deadline=deadline)

    if isinstance(a, Record) and isinstance(b, Record):
        return decide_records(a, b, inner)
    if isinstance(a, Listing) and isinstance(b, Listing):
        return decide_listings(a, b, inner)
    return Different("kind", Witness((), _KINDS[type(a)], _KINDS[type(b)]))
