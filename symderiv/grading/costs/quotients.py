"""Costs that are no sums of products, ``k^n`` or ``n/log n``: told apart by where their quotient goes.

Some names grow as t, the others stay at 3. A quotient that goes to 0 there has no bound the other way round;
of one name alone, two quotients with positive limits bound each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from time import thread_time

from symderiv.derivation import meaning
from symderiv.equality import decide
from symderiv.equality.verdict import Different, Equal, Verdict, Witness
from symderiv.errors import SymderivError
from symderiv.expression.printing.text import to_text
from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import TRUE, ZERO, Apply, Constant, Expr, Number, Variable, transform

STAYS = Number(3)
MAX_NAMES = 4
SECONDS = 3.0
T = Variable("t")
BOUNDS = ("O", "Theta", "pos")


def by_quotients(a: Expr, b: Expr) -> Verdict | None:
    """The verdict where limits of ``a/b`` and ``b/a`` settle it.

    >>> n = Variable("n")
    >>> by_quotients(Apply("pow", (Number(2), n)), Apply("pow", (Number(3), n))).witness.right
    'grows slower than the right cost as t → oo'
    """
    names = sorted(free_variables(a) | free_variables(b), key=lambda name: name.name)
    if not 0 < len(names) <= MAX_NAMES or any(name.kind.shape for name in names):
        return None
    deadline = thread_time() + SECONDS
    for grown in _sets(names):
        along: dict[Expr, Expr] = {name: T if name in grown else STAYS for name in names}
        small, large = (substitute(transform(cost, _bare), along) for cost in (a, b))
        for above, below, which in ((small, large, "slower"), (large, small, "faster")):
            if _holds(Apply("eq", (_limit(above, below), ZERO)), deadline):
                point = tuple((name.name, to_text(along[name])) for name in names)
                return Different(
                    "a limit", Witness(point, to_text(a), f"grows {which} than the right cost as t → oo")
                )
        if len(names) == 1 and all(
            _holds(Apply("gt", (_limit(above, below), ZERO)), deadline)
            for above, below in ((small, large), (large, small))
        ):
            return Equal("the quotient has a positive limit")
    return None


def _sets(names: Sequence[Variable]) -> Iterator[tuple[Variable, ...]]:
    for count in range(1, len(names) + 1):
        yield from combinations(names, count)


def _bare(node: Expr) -> Expr:
    """Without O, and a set of costs as their sum."""
    if isinstance(node, Apply) and node.head in BOUNDS:
        return node.args[0]
    return Apply("add", node.args) if isinstance(node, Apply) and node.head == "set" else node


def _limit(above: Expr, below: Expr) -> Expr:
    return Apply("limit", (Apply("div", (above, below)), T, Constant("oo")))


def _holds(statement: Expr, deadline: float) -> bool:
    try:
        return isinstance(decide(meaning(statement), meaning(TRUE), deadline=deadline), Equal)
    except SymderivError:
        return False
