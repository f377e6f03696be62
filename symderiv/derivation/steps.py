"""A derivation: a goal, and steps that each rewrite one piece by a named rule and were proved equal."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.derivation.dependence import defined, reached
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.displays import shown
from symderiv.equality.verdict import Equal, Undecided, Verdict
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Expr, Variable
from symderiv.tensor import Tensor


@dataclass(frozen=True, slots=True)
class Step:
    """``before`` became ``after`` by ``rule``; ``where`` holds names in the reason (``p = softmax(x)``)."""

    rule: str
    before: Expr
    after: Expr
    reason: str
    verdict: Verdict
    where: tuple[tuple[str, Expr], ...] = ()

    @property
    def is_proved(self) -> bool:
        return isinstance(self.verdict, Equal)

    @property
    def only(self) -> str:
        """Where the step was proved, if that is said of some points only: "where … exist"."""
        scope = self.verdict.scope if isinstance(self.verdict, Equal) else ""
        return scope if scope.startswith("where ") else ""

    @property
    def proof(self) -> str:
        """How the step was proved, and where if it is for some points only; or that it was not."""
        if isinstance(self.verdict, Equal):
            return f"{self.verdict.by}, {self.only}" if self.only else self.verdict.by
        return "not proved" if isinstance(self.verdict, Undecided) else self.verdict.verdict


@dataclass(frozen=True, slots=True)
class Derivation:
    """``goal = … = result``; ``kinks`` says of a number where it has no derivative, and the slopes there."""

    goal: Expr
    steps: tuple[Step, ...]
    kinks: tuple[str, ...] = ()

    @property
    def result(self) -> Expr:
        return self.steps[-1].after if self.steps else self.goal

    @property
    def tensor(self) -> Tensor:
        """What the result means, worked out when it is asked for."""
        return tensor_of(self.result)

    @property
    def shape(self) -> tuple[Expr, ...]:
        """The sizes of the result, none of a number."""
        return shape_of(self.result)

    @property
    def where(self) -> tuple[tuple[Variable, Expr], ...]:
        """The names that the derivation gave and its result has, each after those in its part."""
        return tuple(defined(self.result, reached(self.goal)).items())

    @property
    def in_full(self) -> Expr:
        """The result in the names of the goal alone."""
        result = self.result
        for name, part in reversed(self.where):
            result = substitute(result, {name: part})
        return result

    @property
    def is_proved(self) -> bool:
        return all(step.is_proved for step in self.steps)

    def __str__(self) -> str:
        return shown("derivation", "text", self) or repr(self)

    def _repr_html_(self) -> str | None:
        return shown("derivation", "html", self)

    def _repr_latex_(self) -> str | None:
        return shown("derivation", "latex", self)
