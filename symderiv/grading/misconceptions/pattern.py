"""What a misconception is: wrong forms of the question, tree to tree, and a hint without the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from symderiv.equality.verdict import ALMOST_EVERYWHERE, Policy
from symderiv.expression.tree import Expr

Rewrite = Callable[[Expr], Iterator[Expr]]
"""The wrong forms of a tree."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question on which the pattern fires: declarations, the right answer, and a wrong one.

    ``policy`` is how the two are compared: a difference at one point alone counts only ``everywhere``.
    """

    given: tuple[str, ...]
    right: str
    wrong: str
    policy: Policy = ALMOST_EVERYWHERE


@dataclass(frozen=True, slots=True)
class Misconception:
    """``forms(question)`` yields what somebody with this misconception would have computed.

    ``hint`` says what is wrong and where, never the answer.
    """

    name: str
    hint: str
    forms: Rewrite
    example: Example
