"""What one normalisation knows: names for isl, the context (sizes ≥ 1, facts), fresh dummies, sums met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from time import thread_time
from typing import Any, TypeAlias

from symderiv.errors import LimitExceeded
from symderiv.expression.tree import Binder, BinderKind, Expr, Variable, index_variable, walk
from symderiv.index.deadlines import in_force
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.points import parse_set, universe
from symderiv.index.keys import key
from symderiv.index.terms.terms import Pairs, Terms

MAX_DUMMIES = 400
MAX_STEPS = 3000
MAX_PIECES = 24


Summands = Callable[["Session", Terms], Pairs]
OverRange: TypeAlias = "Callable[[Session, BinderKind, Expr, Variable, isl.Set], Expr]"


@dataclass
class Session:
    """One normalisation. Every set in it is a set of parameters, dummies too: they get projected out.

    ``symbols`` name variables for isl; ``hidden`` are integer parameters that stand for a product such as
    ``k i`` (true for all integers is true for all products: good for proofs, not for counter-examples).
    """

    summands: Summands
    over_range: OverRange
    rules: Mapping[str, Callable[..., Terms]]
    taken: set[str] = field(default_factory=set)
    symbols: dict[Variable, str] = field(default_factory=dict)
    by_symbol: dict[str, Variable] = field(default_factory=dict)
    dummies: set[Variable] = field(default_factory=set)
    dummy_names: set[str] = field(default_factory=set)
    hidden: dict[Variable, Expr] = field(default_factory=dict)
    hidden_of: dict[Expr, Variable] = field(default_factory=dict)
    context: isl.Set = field(default_factory=universe)
    outer: isl.Set = field(default_factory=universe)
    spent: int = 0
    deadline: float = field(default_factory=in_force)
    ranges_met: dict[object, list[tuple[isl.Set, list[Expr]]]] = field(default_factory=dict)
    sums_met: list[tuple[Any, Pairs]] = field(default_factory=list)
    vanishing: list[Any] = field(default_factory=list)
    values: dict[Expr, Pairs] = field(default_factory=dict)
    forms: dict[int, tuple[Expr, Affine | None]] = field(default_factory=dict)
    readings: dict[Expr, list[tuple[isl.Set, Terms]]] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)
    prefix: str = "_s"

    @contextmanager
    def inside(self, outer: isl.Set) -> Iterator[None]:
        """While an atom is normalised that is only looked at inside ``outer``."""
        before, self.outer = self.outer, outer
        try:
            yield
        finally:
            self.outer = before

    def spend(self, points: isl.Set | None = None) -> None:
        """Count a step; one with too many, too late, or with a set in too many pieces, is given up."""
        self.spent += 1 if points is None else points.n_basic_set()
        if self.spent > MAX_STEPS:
            raise LimitExceeded(f"a normal form of more than {MAX_STEPS} steps")
        if thread_time() > self.deadline:
            raise LimitExceeded("a normal form that takes longer than there is time")
        if points is not None and points.n_basic_set() > MAX_PIECES:
            raise LimitExceeded(f"a range in more than {MAX_PIECES} pieces")

    def note(self, expr: Expr) -> None:
        """Take note of every name in an expression, so that fresh ones are fresh."""
        for node in walk(expr):
            if isinstance(node, Variable):
                self.taken.add(node.name)
                for size in node.kind.shape:
                    if size is not None:
                        self.note(size)
            elif isinstance(node, Binder):
                self.taken.add(node.variable.name)

    def symbol(self, variable: Variable) -> str:
        found = self.symbols.get(variable)
        if found is None:
            found = f"v{len(self.symbols)}"
            self.symbols[variable] = found
            self.by_symbol[found] = variable
        return found

    def dummy(self) -> Variable:
        """A summation variable that occurs nowhere else."""
        number = next(self.numbers)
        if number > MAX_DUMMIES:
            raise LimitExceeded(f"more than {MAX_DUMMIES} summation variables")
        variable = index_variable(self._free(f"_d{number}"))
        self.dummies.add(variable)
        self.dummy_names.add(variable.name)
        return variable

    def position(self, number: int) -> Variable:
        """The ``number``-th canonical summation variable: equal sums share them."""
        return index_variable(f"{self.prefix}{number}")

    def _free(self, name: str) -> str:
        while name in self.taken:
            name = "_" + name
        return name

    def is_dummy(self, variable: Variable) -> bool:
        return variable in self.dummies or variable.name.startswith(self.prefix)

    def hide(self, expr: Expr) -> Variable:
        """The integer parameter that stands for an expression which isn't affine."""
        found = self.hidden_of.get(expr)
        if found is None:
            found = index_variable(self._free(f"_p{len(self.hidden)}"))
            self.hidden_of[expr] = found
            self.hidden[found] = expr
        return found

    def text(self, form: Affine) -> str:
        """An affine form with integer coefficients, as isl reads it."""
        parts = [f"{int(c)}*{self.symbol(v)}" for v, c in form.terms.items()]
        return " + ".join([*parts, str(int(form.constant))])

    def constraint(self, text: str, variables: list[Variable]) -> isl.Set:
        names = sorted({self.symbol(v) for v in variables})
        return parse_set(f"[{','.join(names)}] -> {{ : {text} }}")

    def compare(self, form: Affine, relation: str) -> isl.Set:
        """The points at which ``form relation 0``; relation is ``>=``, ``=``, ``!=`` or ``>``."""
        form = form.scaled(form.denominator)
        return self.constraint(f"{self.text(form)} {relation} 0", list(form.terms))

    def within(self, form: Affine, lower: Affine, upper: Affine) -> isl.Set:
        return self.compare(form - lower, ">=").intersect(self.compare(upper - form, ">="))

    def order(self, variable: Variable) -> str:
        """Hidden parameters are ordered by what they stand for."""
        hidden = self.hidden.get(variable)
        return variable.name if hidden is None else key(hidden)
