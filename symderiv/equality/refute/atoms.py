"""What a point has to say: the scalars, integers and opaque functions that occur in expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flint import fmpq

from symderiv.equality.evaluate.opaque import Polynomial, concrete_function
from symderiv.equality.evaluate.point import human_numbers
from symderiv.equality.facts import narrowed
from symderiv.expression.kinds import Domain
from symderiv.expression.tree import Binder, Call, Expr, Number, Variable


@dataclass(frozen=True, slots=True)
class Atoms:
    """Free names, sorted: ``integers`` has sizes first, then other integers, then indices."""

    integers: tuple[Variable, ...]
    reals: tuple[Variable, ...]
    arrays: tuple[Variable, ...]
    functions: tuple[tuple[Variable, int, int], ...]  # with arity and highest order
    narrowed: Mapping[Variable, Domain] = field(default_factory=dict)  # by facts such as 0 < x

    def numbers(self, variable: Variable) -> tuple[fmpq, ...]:
        """Small numbers that a real name may be."""
        return human_numbers(self.narrowed.get(variable, variable.kind.domain))

    def within(self, facts: tuple[Expr, ...]) -> Atoms:
        """The same names, what the facts say of a real one by itself counted with its domain.

        >>> from symderiv.expression.tree import Apply
        >>> x = Variable("x")
        >>> found = atoms((x,)).within((Apply("lt", (Number(0), x)), Apply("lt", (x, Number(1)))))
        >>> all(0 < number < 1 for number in found.numbers(x))
        True
        """
        found = {variable: narrowed(variable, facts) for variable in self.reals}
        return replace(self, narrowed=found)

    @property
    def continuous(self) -> bool:
        """Whether anything here ranges over the reals, so that null sets exist."""
        return bool(self.reals or self.functions) or any(
            not array.kind.domain.integer for array in self.arrays
        )

    def concrete(self, pattern: int) -> dict[Variable, Polynomial]:
        """A polynomial for each opaque function."""
        return {
            function: concrete_function(
                arity, order, number, pattern % 4, function.kind.function == "nondecreasing"
            )
            for number, (function, arity, order) in enumerate(self.functions)
        }


class _Search:
    """One walk over the trees, each node once."""

    def __init__(self) -> None:
        self.names: set[Variable] = set()
        self.calls: dict[Variable, tuple[int, int]] = {}
        self.seen: set[int] = set()

    def visit(self, expr: Expr, bound: frozenset[Variable] = frozenset()) -> None:
        if not bound:
            if id(expr) in self.seen:
                return
            self.seen.add(id(expr))
        if isinstance(expr, Variable):
            if expr not in bound and not expr.kind.function:
                self._name(expr, bound)
            return
        if isinstance(expr, Call):
            arity, order = self.calls.get(expr.function, (0, 0))
            self.calls[expr.function] = (max(arity, len(expr.args)), max(order, *expr.orders, 0))
        inner = bound | {expr.variable} if isinstance(expr, Binder) else bound
        for child in expr.children:
            if type(child) is not Number:
                self.visit(child, inner)

    def _name(self, variable: Variable, bound: frozenset[Variable]) -> None:
        if variable in self.names:
            return
        self.names.add(variable)
        for size in variable.kind.shape:
            if size is not None:
                self.visit(size, bound)


def atoms(exprs: Iterable[Expr]) -> Atoms:
    """The free names of these expressions, and the sizes in the shapes of their arrays."""
    search = _Search()
    for expr in exprs:
        search.visit(expr)
    names = sorted(search.names, key=lambda v: v.name)
    return Atoms(
        tuple(sorted((v for v in names if _is_integer(v)), key=_rank)),
        tuple(v for v in names if not v.kind.shape and not v.kind.domain.integer),
        tuple(v for v in names if v.kind.shape),
        tuple((f, *search.calls[f]) for f in sorted(search.calls, key=lambda v: v.name)),
    )


def _is_integer(variable: Variable) -> bool:
    return not variable.kind.shape and variable.kind.domain.integer


def _rank(variable: Variable) -> int:
    if variable.kind.index:
        return 2
    return 0 if variable.kind.domain.is_positive else 1
