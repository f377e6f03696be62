"""One proof: the difference is zero in every sign cell, and what may go wrong on the cells' boundaries.

With switches kept as unknowns first (a stable softmax needs no more); then cell by cell. A cell in which
the difference isn't zero fails the proof, unless the cell is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from dataclasses import field as made

from symderiv.equality.cells.emptiness import is_empty, thin_facts
from symderiv.equality.cells.given import known_signs, zero_polynomials
from symderiv.equality.cells.marks import breaking_points
from symderiv.equality.cells.outside import Outside, uncovered
from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.cells.solving import Solution
from symderiv.equality.cells.truths import truth
from symderiv.equality.integers.remainders import finite_values
from symderiv.equality.normal_forms.generators import Field, Plan, Poly, Relearn
from symderiv.equality.normal_forms.inside import has_integers
from symderiv.equality.normal_forms.integrality import over_integers
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.normal_forms.table import RULES
from symderiv.equality.problem import Problem
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, Expr

MAX_CELLS = 600
MAX_ATTEMPTS = 40

AtValue = Callable[[Solution], bool]
Values = tuple[Element | None, Element | None]
Cell = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Attempt:
    """What a run over the cells showed.

    ``marks``: irreducible polynomials at whose zeros nothing was shown, each with what it came from;
    ``mixed``: those that came from several.
    ``live``: some cell has values (else both sides are undefined everywhere).
    ``shared``: those at which both sides divide by zero in some cell, ``lonely``: only one side does.
    ``failed``, ``values``: the cell that failed, and what the two sides are there (None: undefined),
    except where one of the polynomials ``broken`` vanishes.
    ``zeros``: polynomials that are zero by what is given.
    ``final``: without a switch in the way the difference isn't zero, so that cells won't help.
    """

    field: Field
    proved: bool
    marks: dict[int, Expr | None] = made(default_factory=dict)
    mixed: set[int] = made(default_factory=set)
    classes: set[str] = made(default_factory=set)
    cells: int = 1
    live: bool = False
    final: bool = False
    shared: set[int] = made(default_factory=set)
    lonely: set[int] = made(default_factory=set)
    failed: Cell = ()
    values: Values | None = None
    broken: tuple[int, ...] = ()
    zeros: tuple[Poly, ...] = ()

    def note(self, number: int, origin: Expr | None) -> None:
        """One more mark."""
        if self.marks.setdefault(number, origin) != origin:
            self.mixed.add(number)
        if self.marks[number] is None:
            self.marks[number] = origin


class TooManyCells(Exception):
    """The arrangement has more cells than the cap."""


def attempt_whole(problem: Problem) -> Attempt:
    """A proof over one cell, in which switches are unknowns."""
    return _learning(problem, _Run.whole, lambda _: False)


def attempt_in_cells(problem: Problem, at: AtValue = lambda _: False) -> Attempt:
    """A proof over all sign cells; of finitely many integers in one, ``at`` proves the problem at each."""
    return _learning(problem, _Run.over_cells, at)


def _learning(problem: Problem, run: Callable[[_Run], Attempt], at: AtValue) -> Attempt:
    """Begun again, as long as a finer generator is needed than the one before."""
    plan = Plan(capacity=_capacity(problem))
    for _ in range(MAX_ATTEMPTS):
        try:
            return run(_Run(problem, plan, at))
        except Relearn:
            continue
    raise TooManyCells


def _capacity(problem: Problem) -> int:
    """Room for each name and an exponential or logarithm of it.

    Starting over takes as long again, but all that room is walked through whenever a term is looked at.
    """
    names = free_variables(problem.a) | free_variables(problem.b)
    return next((room for room in _ROOMS if 2 * len(names) + 2 <= room), _ROOMS[-1])


_ROOMS = (8, 16, 24, 32, 40, 48, 64, 96, 128)


class _Run:
    def __init__(self, problem: Problem, plan: Plan, at: AtValue) -> None:
        self.problem = problem
        self.at = at
        self.field = Field(plan)
        self.zeros = tuple(zero_polynomials(self.field, problem.facts)) if problem.facts else ()
        self.signs = Signs(self.field, known_signs(self.field, problem.facts) if problem.facts else {})
        self.outside: list[Outside] = []
        self.borders: dict[int, Expr | None] = {}

    def whole(self) -> Attempt:
        nf = NormalForm(self.field, self.signs, RULES, opaque=True, deadline=self.problem.deadline)
        result = Attempt(self.field, False, classes=nf.classes, zeros=self.zeros)
        try:
            result.proved = self._agree(nf, result)
        except Split:
            return result
        if result.proved:
            result.marks = breaking_points(nf, {**self.borders, **nf.marks})
            result.mixed = nf.mixed
        result.final = not result.proved and not nf.blurred and not nf.classes & {"integer parts"}
        return result

    def over_cells(self) -> Attempt:
        result = Attempt(self.field, True, cells=0, zeros=self.zeros)
        stack: list[Cell] = [()]
        seen = 0
        while stack:
            cell = stack.pop()
            seen += 1
            if seen > MAX_CELLS:
                raise TooManyCells
            if not self._one_cell(cell, stack, result):
                return replace(result, proved=False, failed=cell)
        for number in uncovered(self.outside):
            result.note(number, None)
        return result

    def _one_cell(self, cell: Cell, stack: list[Cell], result: Attempt) -> bool:
        signs = self.signs.cell({p: (s, True) for p, s in cell}) if cell else self.signs
        nf = NormalForm(self.field, signs, RULES, deadline=self.problem.deadline)
        self.borders = {}
        try:
            if not self._agree(nf, result):
                result.broken = tuple(nf.marks)
                if not is_empty(signs):
                    return self._finitely_many(signs)
                self._note_border(cell, nf, result)
                self._leave_out(cell, nf, dict.fromkeys((*dict(cell), *thin_facts(signs))))
                return True
        except Split as split:
            stack.extend(cell + more for more in reversed(split.cells))
            return True
        result.cells += 1
        result.classes |= nf.classes
        self._note_integers(signs.sharpened, result)
        for number, origin in breaking_points(nf, nf.marks).items():
            result.note(number, origin)
        result.mixed |= nf.mixed
        if result.values == (None, None):
            self._leave_out(cell, nf, self.borders)
        return True

    def _leave_out(self, cell: Cell, nf: NormalForm, borders: dict[int, Expr | None]) -> None:
        """Note the border of a cell in which there was nothing to compare."""
        if borders:
            self.outside.append(Outside(dict(cell), frozenset(breaking_points(nf, borders))))

    def _note_border(self, cell: Cell, nf: NormalForm, result: Attempt) -> None:
        """The integers on the border of an open cell without any: no other cell need hold them."""
        self._note_integers((*(number for number, _ in cell), *nf.marks), result)

    def _note_integers(self, numbers: Iterable[int], result: Attempt) -> None:
        for number in numbers:
            known = self.signs.of(number)
            if over_integers(self.field, self.field.poly(number)) and not (known and known[1]):
                result.note(number, None)

    def _finitely_many(self, signs: Signs) -> bool:
        values = finite_values(signs)
        return values is not None and all(self.at(value) for value in values)

    def _agree(self, nf: NormalForm, result: Attempt) -> bool:
        nf.side = "a"
        left = self._value(nf, self.problem.defined_a, self.problem.a)
        nf.side = "b"
        right = self._value(nf, self.problem.defined_b, self.problem.b)
        result.values = (left, right)
        if left is None or right is None:
            return left is right
        result.live = True
        result.shared |= nf.poles["a"] & nf.poles["b"]
        result.lonely |= nf.poles["a"] ^ nf.poles["b"]
        return nf.arithmetic.is_zero(self._reduced(nf.arithmetic.subtract(left, right)))

    def _reduced(self, gap: Element) -> Element:
        """What is left of a difference modulo the equations that are given."""
        for zero in self.zeros:
            gap = Element(divmod(gap.num, zero)[1], gap.den)
        return gap

    def _value(self, nf: NormalForm, defined: Expr, value: Expr) -> Element | None:
        shared = self.problem.defined_a == self.problem.defined_b
        try:
            if defined != TRUE and not truth(nf, defined, mark=not shared):
                self._note_borders(nf, defined)
                return None
            return nf.convert(value)
        except UndefinedHere:
            return None

    def _note_borders(self, nf: NormalForm, condition: Expr) -> None:
        """Where a condition fails in the open cell it may hold on its border: at an integer, or at all."""
        before = dict(nf.marks)
        truth(nf, condition)
        new = {number: nf.marks[number] for number in nf.marks if number not in before}
        integral = {n: new[n] for n in new if has_integers(self.field, self.field.poly(n))}
        self.borders.update((n, origin) for n, origin in new.items() if n not in integral)
        nf.marks = {**integral, **before}
