"""Problems for procedures that are asked by themselves, without the search for a witness before them."""

from __future__ import annotations

from symderiv.derivation.given import ALL_FUNCTIONS
from symderiv.derivation.meaning.meaning import scalar_of
from symderiv.equality.problem import Problem
from symderiv.equality.verdict import Policy
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import TRUE, Expr, Variable
from symderiv.language import Scope, read_text

POLICY: Policy = "almost everywhere"


def scope(**names: Kind) -> Scope:
    return Scope(names={name: Variable(name, kind) for name, kind in names.items()}, functions=ALL_FUNCTIONS)


REALS = scope(x=Kind(), y=Kind())


def value(text: str, names: Scope = REALS) -> Expr:
    return scalar_of(read_text(text, names)).value


def problem(a: str, b: str, *facts: str, names: Scope = REALS) -> Problem:
    return Problem(value(a, names), value(b, names), TRUE, TRUE, tuple(value(f, names) for f in facts))
