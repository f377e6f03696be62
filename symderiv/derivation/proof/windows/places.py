"""One term of a sum over windows, brought into a normal form in which each place that is read has an index.

    Σ_i G[i] w[j - s i], 0 ≤ j - s i < k    as    Σ_i Σ_a G[i] w[a] over the i and a with s i + a = j

An index for a place runs along its axis, so that what said that the place lies there need not be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symderiv.derivation.proof.sameness import numbered
from symderiv.derivation.proof.windows.place_forms import (
    alone,
    differences,
    frozen,
    is_floor,
    only_number,
    says_it_is_whole,
    signed,
    sizes,
)
from symderiv.derivation.proof.windows.powers_of import powers_of
from symderiv.derivation.proof.windows.size_polynomials import (
    Polynomial,
    expression,
    factor_of,
    is_never_negative,
    less,
    polynomial,
    put,
    scaled,
    total,
)
from symderiv.derivation.proof.windows.sum_terms import Term
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    Apply,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
    transform,
    walk,
)

UNIT: Polynomial = {(): Fraction(1)}
Told = tuple[object, ...]


def last(size: Expr | None) -> Polynomial:
    """The last index along an axis of this size."""
    assert size is not None
    return less(polynomial(size), UNIT)


class Places:
    """One term: the entries that it reads, what is 0, what is 0 or more, and where indices end."""

    def __init__(self, term: Term, free: dict[Variable, Polynomial]) -> None:
        self.free, self.ends, self.term = free, dict(term.ends), term
        self.arrays: list[Variable] = []
        self.indices: list[list[Polynomial]] = []
        self.exponents: list[Polynomial] = []
        self.number, self.rest = Fraction(1), list[tuple[Expr, Polynomial]]()
        self.zero: list[Polynomial] = []
        self.not_negative: list[Polynomial] = []
        self.named: list[tuple[Variable, Polynomial]] = []
        self.open: set[Variable] = set()

    def told(self) -> Told | None:
        """A normal form: terms that are the same sum are the same in it; None for what isn't read."""
        read = all(map(self._read_guard, self.term.guards)) and all(map(self._read_factor, self.term.factors))
        if not read or not self._without_floors() or not self._at_places():
            return None
        self._at_the_only_place()
        self._without_unread()
        self._at_the_entry_at_hand()
        self._without_sure()
        return None if self.open else self._in_order()

    def _read_guard(self, guard: Expr) -> bool:
        match guard:
            case Apply(head="le" | "lt" | "eq" as head, args=(a, b)):
                difference = less(polynomial(b), polynomial(a))
                if head == "eq":
                    self.zero.append(difference)
                else:
                    self.not_negative.append(difference if head == "le" else less(difference, UNIT))
                return True
        return False

    def _read_factor(self, factor: Expr) -> bool:
        return all(self._read_power(*power) for power in powers_of(factor))

    def _read_power(self, base: Expr, exponent: Polynomial) -> bool:
        match base:
            case Number() if exponent == UNIT:
                self.number *= base.value
                return True
            case Apply(head="delta", args=(a, b)) if exponent == UNIT:
                self.zero.append(less(polynomial(a), polynomial(b)))
                return True
            case Index(base=Variable() as array, indices=at, origin=0) if len(array.kind.shape) == len(at):
                self.arrays.append(array)
                self.indices.append([polynomial(k) for k in at])
                self.exponents.append(exponent)
                return not array.kind.zero_outside and None not in array.kind.shape
            case Index(base=Sequence() as table, indices=at) if (number := only_number(table)) is not None:
                self.number *= number
                return exponent == UNIT and all(
                    self._runs_along(k, n) for k, n in zip(at, sizes(table), strict=True)
                )
        self.rest.append((transform(base, _with_tidy_floor), exponent))
        return True

    def _runs_along(self, k: Expr, size: int) -> bool:
        """Whether an index is sure to lie on an axis."""
        p = polynomial(k)
        return self._holds(p) and self._holds(less({(): Fraction(size - 1)}, p))

    def _every_index(self) -> Iterator[tuple[int, int, Polynomial]]:
        for number, indices in enumerate(self.indices):
            for axis in range(len(indices)):
                yield number, axis, self.indices[number][axis]

    def _moves(self, p: Polynomial) -> bool:
        return any(self._is_moving(letter) for each in p for letter in each)

    def _is_moving(self, letter: Expr) -> bool:
        """Whether it is an index, or rests on one."""
        names = free_variables(letter)
        return any(name in self.ends or name in self.free or name in self.open for name in names)

    def _without_floors(self) -> bool:
        """⌊u/m⌋ is an index t where ``m ⌊u/m⌋ = u`` is asked: t with m t = u."""
        while (floor := self._next_floor()) is not None:
            if not any(says_it_is_whole(equation, floor) for equation in self.zero):
                return False
            name = self._fresh()
            self.open.add(name)
            self._put(floor, {(name,): Fraction(1)})
        return True

    def _next_floor(self) -> Expr | None:
        read = (p for _, _, p in self._every_index())
        letters = [letter for p in (*read, *self.zero, *self.not_negative) for each in p for letter in each]
        letters += [part for base, _ in self.rest for part in walk(base)]
        return next((letter for letter in letters if is_floor(letter) and self._is_moving(letter)), None)

    def _fresh(self) -> Variable:
        self.named.append((index_variable(f"·t{len(self.named)}"), {}))
        return self.named[-1][0]

    def _put(self, letter: Expr, value: Polynomial) -> None:
        self.zero = [put(p, letter, value) for p in self.zero]
        self.not_negative = [put(p, letter, value) for p in self.not_negative]
        self.indices = [[put(p, letter, value) for p in indices] for indices in self.indices]
        new = expression(value)
        self.rest = [
            (transform(base, lambda node: new if node == letter else node), exponent)
            for base, exponent in self.rest
        ]

    def _at_places(self) -> bool:
        """A place that is computed gets an index that runs along the axis; it has to lie on the axis."""
        for number, axis, p in self._every_index():
            end = last(self.arrays[number].kind.shape[axis])
            name = alone(p)
            if not self._moves(p) or name in self.free or (name is not None and self.ends.get(name) == end):
                continue
            if not self._is_sure(p) or not self._is_sure(less(end, p)):
                return False
            if name is None or name in self.ends:
                name = self._name_of(p, end)
            self.ends[name] = end
            self.open.discard(name)
            self.indices[number][axis] = {(name,): Fraction(1)}
        return True

    def _name_of(self, p: Polynomial, end: Polynomial) -> Variable:
        """The index for a place, the same for the same place."""
        for name, place in self.named:
            if place == p and self.ends[name] == end:
                return name
        name = self._fresh()
        self.named[-1] = (name, p)
        self.zero.append(less({(name,): Fraction(1)}, p))
        return name

    def _is_sure(self, p: Polynomial) -> bool:
        """Whether p ≥ 0 is asked, or holds for all indices."""
        return p in self.not_negative or self._holds(p)

    def _holds(self, p: Polynomial) -> bool:
        return is_never_negative(p, {**self.free, **self.ends})

    def _at_the_only_place(self) -> None:
        """An index along an axis of one entry is 0."""
        for name in [name for name, end in self.ends.items() if not end]:
            del self.ends[name]
            self._put(name, {})

    def _without_unread(self) -> None:
        """An index at which nothing is read is what an equation says it is: for that the term counts once."""
        read = {name for _, _, p in self._every_index() for each in p for name in each}
        for name in [name for name in (*self.open, *self.ends) if name not in read]:
            for equation in self.zero:
                c = equation.get((name,))
                if c in (1, -1) and factor_of(equation, name) == {(): c}:
                    value = scaled(put(equation, name, {}), -c)
                    self.zero.remove(equation)
                    self._put(name, value)
                    self._no_longer_runs(name, value)
                    break

    def _no_longer_runs(self, name: Variable, value: Polynomial) -> None:
        if name in self.open:
            self.open.remove(name)
        else:
            self.not_negative += [value, less(self.ends.pop(name), value)]

    def _at_the_entry_at_hand(self) -> None:
        """A place that an equation says is the place j of the result is called j."""
        for equation in tuple(self.zero):
            at_hand = next((name for name in self.free if equation in differences(name, self.ends)), None)
            for name in [name for name in self.ends if at_hand and equation.get((name,))]:
                if at_hand is not None and self.ends[name] == self.free[at_hand]:
                    self.zero.remove(equation)
                    del self.ends[name]
                    self._put(name, {(at_hand,): Fraction(1)})

    def _without_sure(self) -> None:
        """What is asked without what holds anyway, the equations holding."""
        self.not_negative = [
            p
            for p in self.not_negative
            if not self._holds(p)
            and not any(self._holds(total(p, scaled(q, sign))) for q in self.zero for sign in (1, -1))
        ]

    def _in_order(self) -> Told:
        """Every index named by what it reads."""
        names: dict[Variable, str] = {}
        for array, indices in zip(self.arrays, self.indices, strict=True):
            for axis, p in enumerate(indices):
                name = alone(p)
                if name is not None and name not in self.free:
                    names[name] = f"{names.get(name, '')} {array.name}.{axis}"
        order = sorted((name for name in self.ends), key=lambda name: (names.get(name, ""), name.name))
        for k, name in enumerate(order):
            self._put(name, {(index_variable(f"·{k:03}"),): Fraction(1)})
        powers: dict[object, Polynomial] = {}
        for base, exponent in self._bases():
            powers[base] = total(powers.get(base, {}), exponent)
        return (
            self.number,
            tuple(frozen(self.ends[name]) for name in order),
            frozenset((base, frozen(exponent)) for base, exponent in powers.items() if exponent),
            frozenset(map(frozen, map(signed, self.zero))),
            frozenset(map(frozen, self.not_negative)),
        )

    def _bases(self) -> Iterator[tuple[object, Polynomial]]:
        for array, indices, exponent in zip(self.arrays, self.indices, self.exponents, strict=True):
            yield (array, tuple(map(frozen, indices))), exponent
        for base, exponent in self.rest:
            yield numbered(transform(base, _with_tidy_indices)), exponent


def _with_tidy_floor(node: Expr) -> Expr:
    return expression(polynomial(node)) if is_floor(node) else node


def _with_tidy_indices(node: Expr) -> Expr:
    if not isinstance(node, Index):
        return node
    return Index(node.base, tuple(expression(polynomial(k)) for k in node.indices), node.origin)
