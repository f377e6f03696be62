"""Entry expressions as rational functions over generators, inside one sign cell.

Every class of functions has its file, and all of them stand in `table`; this one dispatches. A conversion may
- raise `Split`: a sign is needed that the cell doesn't fix;
- raise `Relearn`: a finer generator is needed;
- raise `Decline`: not our class;
- raise `UndefinedHere`: the expression has no value anywhere in the cell.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from symderiv.equality.cells.signs import Signs, Split
from symderiv.equality.normal_forms.generators import Decline, Field, Generator, Poly
from symderiv.equality.normal_forms.inside import has_integers
from symderiv.equality.normal_forms.rational import Arithmetic, Element
from symderiv.expression.tree import Apply, Binder, Call, Cases, Constant, Expr, Index, Number, Variable
from symderiv.index.deadlines import in_force

MAX_DEPTH = 150


class UndefinedHere(Exception):
    """No value on the whole cell: log of a negative number, 1/0."""


class OutOfTime(Exception):
    """The deadline has passed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What each kind of node becomes; all stand in `table`.

    ``powers``: ``exp(c l)`` for a generator l that is a logarithm; ``signs``: what tells a sign where the
    cell doesn't.
    """

    heads: Mapping[str, Callable[[NormalForm, Apply], Element]]
    constants: Mapping[str, Callable[[NormalForm, Constant], Element]]
    entry: Callable[[NormalForm, Index], Element]
    call: Callable[[NormalForm, Call], Element]
    binder: Callable[[NormalForm, Binder], Element]
    cases: Callable[[NormalForm, Cases], Element]
    powers: Mapping[str, Callable[[NormalForm, Generator, Fraction], Element]]
    signs: tuple[Callable[[NormalForm, int], tuple[int, tuple[int, ...]] | None], ...]


class NormalForm:
    """The conversion in one cell; remembers what it used, and where it divided or jumped.

    ``marks`` maps interned polynomials to the expression that they come from: where one of them vanishes,
    a denominator does, or a switch jumps; ``mixed`` are those that come from several. With ``opaque``
    switches (|x|, max, …) stay unknowns; it is ``blurred`` once one did.
    """

    def __init__(
        self,
        field: Field,
        signs: Signs,
        rules: Rules,
        *,
        opaque: bool = False,
        deadline: float | None = None,
    ) -> None:
        self.field = field
        self.signs = signs
        self.rules = rules
        self.opaque = opaque
        self.deadline = in_force() if deadline is None else deadline
        self.arithmetic = Arithmetic(field)
        self.blurred = False
        self.side = "a"
        self.poles: dict[str, set[int]] = {"a": set(), "b": set()}
        self.marks: dict[int, Expr | None] = {}
        self.mixed: set[int] = set()
        self.classes: set[str] = set()
        self._memo: dict[Expr, Element] = {}
        self._depth = 0
        self._count = 0

    def convert(self, expr: Expr) -> Element:
        """The normal form of an entry expression."""
        found = self._memo.get(expr)
        if found is None:
            self._tick()
            self._depth += 1
            if self._depth > MAX_DEPTH:
                raise Decline("an expression nested too deeply")
            found = self._memo[expr] = self._converted(expr)
            self._depth -= 1
        return found

    def _tick(self) -> None:
        self._count += 1
        if self._count % 16 == 0 and time.thread_time() > self.deadline:
            raise OutOfTime

    def _converted(self, expr: Expr) -> Element:
        match expr:
            case Number():
                return self.arithmetic.number(expr.value)
            case Apply():
                convert = self.rules.heads.get(expr.head)
                if convert is None or expr.options:
                    raise Decline(f"the function {expr.head}")
                return convert(self, expr)
            case Variable() | Index():
                return self._atom(expr)
            case Constant():
                return self._constant(expr)
            case Cases():
                return self.rules.cases(self, expr)
            case Call():
                return self.rules.call(self, expr)
            case Binder():
                return self.rules.binder(self, expr)
        raise Decline(f"a {type(expr).__name__.lower()} as a number")

    def _atom(self, expr: Variable | Index) -> Element:
        if isinstance(expr, Index):
            return self.rules.entry(self, expr)
        if expr.kind.shape or expr.kind.function:
            raise Decline(f"the array {expr.name} as a number")
        return self.arithmetic.unknown(self.field.generator("atom", f"atom {expr.name}", expr))

    def _constant(self, expr: Constant) -> Element:
        constant = self.rules.constants.get(expr.name)
        if constant is None:
            raise Decline(f"the constant {expr.name}")
        return constant(self, expr)

    def label(self, element: Element) -> str:
        """A text that equal elements share: they name generators by their arguments."""
        above, below = self.arithmetic.as_polynomials(element)
        return f"({above})/({below})" if not below.is_one() else f"({above})"

    def mark(self, element: Element, origin: Expr | None) -> None:
        """Note that something breaks where the element's numerator vanishes."""
        if not element.num.is_constant():
            number = self.field.intern(element.num / element.num.leading_coefficient())
            self.mark_factor(number, origin)
            if origin is not None:
                self.poles[self.side].add(number)

    def mark_factor(self, number: int, origin: Expr | None) -> None:
        if self.marks.setdefault(number, origin) != origin:
            self.mixed.add(number)

    def leave(self, seen: tuple[int, ...]) -> NoReturn:
        """Undefined in the open cell; where a factor is zero at an integer the value may exist."""
        for number in seen:
            if has_integers(self.field, self.field.poly(number)):
                self.mark_factor(number, None)
        raise UndefinedHere

    def sign(self, element: Element) -> tuple[int, tuple[int, ...]]:
        """The sign inside the cell, and the irreducible factors at whose zeros it may change or vanish."""
        if self.arithmetic.is_zero(element):
            return 0, ()
        quick = self._quick_sign(element)
        if quick is not None:
            return quick, ()
        constant, above = self.field.factor(element.num)
        below: list[tuple[int, int]] = []
        for number, multiplicity in element.den.items():
            below += [(p, m * multiplicity) for p, m in self.field.factor(self.field.poly(number))[1]]
        sign, seen = (1 if constant.numerator > 0 else -1), []
        for number, multiplicity in above + below:
            if multiplicity % 2 == 0:
                seen.append(number)
                continue
            factor_sign, factors = self.factor_sign(number)
            sign *= factor_sign
            seen.extend(factors)
        return sign, tuple(seen)

    def _quick_sign(self, element: Element) -> int | None:
        sign = 1
        for number in (self.field.intern(element.num), *element.den):
            known = self.signs.base.of(number)
            if known is None or not known[1]:
                return None
            if number in element.den and element.den[number] % 2 == 0:
                continue
            sign *= known[0]
        return sign

    def factor_sign(self, number: int) -> tuple[int, tuple[int, ...]]:
        """The sign of an irreducible polynomial in the cell; `Split` where it is open."""
        known = self.signs.of(number)
        if known is not None:
            return known[0], (number,)
        for reduce in self.rules.signs:
            found = reduce(self, number)
            if found is not None:
                return found
        raise Split((((number, 1),), ((number, -1),)))

    def used(self, poly: Poly) -> list[Generator]:
        return self.field.used(poly)
