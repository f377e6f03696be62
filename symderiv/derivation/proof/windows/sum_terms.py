"""An entry formula as a sum of terms, each a product under its sums: Σ_i Σ_j [guards] u v w."""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.derivation.proof.windows.size_polynomials import Polynomial, polynomial
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import conjuncts
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Expr, Variable, index_variable

MAX_TERMS = 16


def terms_of(e: Expr) -> list[Term] | None:
    """The terms, every bound index with a name of its own; None if there are many.

    >>> from symderiv.expression.tree import Index, Number
    >>> i, x = index_variable("i"), Variable("x")
    >>> total = Binder("sum", Apply("mul", (Number(2), Index(x, (i,)))), i, ZERO, Number(3))
    >>> [len(term.factors) for term in terms_of(total) or ()]
    [2]
    """
    return _Reader().terms(e)


@dataclass
class Term:
    """``Σ … [guards] c · factors`` over indices from 0 to their ends."""

    ends: dict[Variable, Polynomial] = field(default_factory=dict)
    guards: tuple[Expr, ...] = ()
    factors: tuple[Expr, ...] = ()

    def times(self, other: Term) -> Term:
        return Term(
            {**self.ends, **other.ends}, (*self.guards, *other.guards), (*self.factors, *other.factors)
        )


class _Reader:
    """An entry formula as a sum of terms, every bound index with a name of its own."""

    def __init__(self) -> None:
        self.names = 0

    def terms(self, e: Expr) -> list[Term] | None:
        match e:
            case Binder(kind="sum", variable=k, lower=lower, upper=upper) if (
                lower == ZERO and upper is not None
            ):
                self.names += 1
                name = index_variable(f"·s{self.names}")
                inner = self.terms(instantiate(e.body, {k: name}))
                around = Term({name: polynomial(upper)}, conjuncts(instantiate(e.condition, {k: name})))
                return None if inner is None else [around.times(term) for term in inner]
            case Cases(branches=((condition, value),), otherwise=otherwise) if otherwise == ZERO:
                inner = self.terms(value)
                guarded = Term(guards=conjuncts(condition))
                return None if inner is None else [guarded.times(term) for term in inner]
            case Apply(head="add", args=parts):
                found = [self.terms(part) for part in parts]
                return _few([term for part in found for term in part or ()]) if None not in found else None
            case Apply(head="mul", args=parts):
                return self._product(parts)
        return [Term(factors=(e,))]

    def _product(self, parts: tuple[Expr, ...]) -> list[Term] | None:
        found: list[Term] | None = [Term()]
        for part in parts:
            inner = self.terms(part)
            if inner is None or found is None:
                return None
            found = _few([left.times(right) for left in found for right in inner])
        return found


def _few(terms: list[Term]) -> list[Term] | None:
    return terms if len(terms) <= MAX_TERMS else None
