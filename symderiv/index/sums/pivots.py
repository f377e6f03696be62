"""Change of variables: indices of factors become the summation variables, and the smallest way wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.errors import LimitExceeded
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Exact, Expr, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, ratio, solve, variable_form
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.integers import integer_expr
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import free_position, key, names
from symderiv.index.session import Session
from symderiv.index.sums.settling import Summand, entry_put
from symderiv.index.terms.entries import is_entry
from symderiv.index.terms.reading import read
from symderiv.index.terms.slots import Slot, greatest_divisor_is_one, is_polynomial, slots
from symderiv.index.terms.terms import Monomial, Term, Terms, joined_powers, ordered, power_expr

MAX_CANDIDATES = 240


@dataclass(frozen=True)
class Settled:
    """``coefficient · summand`` over a set in the summand's own variables."""

    summand: Summand
    coefficient: Exact
    domain: isl.Set


def anchors(term: Term) -> Monomial:
    """The factors that are no bare powers of summation variables: they decide the names."""
    own = set(term.dummies)
    return tuple((b, p) for b, p in term.powers.items() if not (is_polynomial(b, p) and b in own))


def independent(found: list[Slot], dims: tuple[Variable, ...]) -> list[Slot]:
    """A largest independent choice of slots, in the order given."""
    chosen: list[Slot] = []
    rows: list[Affine] = []
    for slot in found:
        row = _new_row(rows, slot[1], dims)
        if row is not None:
            chosen.append(slot)
            rows.append(row)
    return chosen


def _new_row(rows: list[Affine], form: Affine, dims: tuple[Variable, ...]) -> Affine | None:
    """What a form adds to rows in echelon form; None if they determine it."""
    row = Affine({v: form.coefficient(v) for v in dims})
    for kept in rows:
        lead = next(iter(kept.terms))
        if row.coefficient(lead):
            row = row - kept.scaled(ratio(row.coefficient(lead), kept.coefficient(lead)))
    return row if row.terms else None


def sorted_slots(session: Session, term: Term) -> list[Slot]:
    found = dict.fromkeys(slots(session, anchors(term), term.dummies))
    live = [slot for slot in found if any(v in slot[1].terms for v in term.dummies)]
    return sorted(live, key=lambda s: (not greatest_divisor_is_one(s[1], term.dummies), s[0]))


def canonical(session: Session, term: Term) -> list[Settled]:
    """The term in canonical variables, averaged over the ways in which the same names could be given.

    ``Σ_{i<j} x_i x_j`` and ``Σ_{j<i} x_i x_j`` both become half the sum over i ≠ j.
    """
    if not term.dummies:
        monomial = ordered(term.powers)
        return [Settled(Summand(monomial, ()), term.coefficient, term.domain)]
    own = frozenset(v.name for v in term.dummies)
    first = free_position(session.prefix, (base for base, _ in anchors(term)), own, len(own))
    dims = tuple(session.position(first + k) for k in range(len(term.dummies)))
    best: list[_Renamed] = []
    for chosen in _choices(session, term):
        renamed = _rename(session, term, chosen, dims)
        if renamed is None:
            continue
        if not best or renamed.order < best[0].order:
            best = [renamed]
        elif renamed.order == best[0].order and all(renamed.values != b.values for b in best):
            best.append(renamed)
    if not best:
        raise LimitExceeded("a sum whose terms have no normal form")
    return [settled for renamed in best for settled in _settle(session, term, renamed, dims, len(best))]


@dataclass(frozen=True)
class _Renamed:
    order: tuple[int, str]
    coefficient: Exact
    powers: dict[Expr, Exact]
    values: dict[Variable, Affine]
    chosen: list[Affine]


def _choices(session: Session, term: Term) -> Iterator[list[Affine]]:
    """Sequences of independent slots whose colours are the first possible ones; ties all tried.

    Slots of one colour are told apart by which of their neighbours have been chosen before.
    """
    dims, found = term.dummies, sorted_slots(session, term)
    colours = [slot[0] for slot in independent(found, dims)]
    if len(colours) < len(dims):
        yield [form for _, form in independent(found, dims)] + [
            variable_form(v) for v in loose(independent(found, dims), dims)
        ]
        return
    count = 0
    groups: list[list[Slot]] = []
    stack: list[tuple[list[Slot], list[Affine]]] = [([], [])]
    while stack:
        prefix, rows = stack.pop()
        if len(prefix) == len(dims):
            yield [form for _, form in prefix]
            count += 1
            if count >= MAX_CANDIDATES:
                return
            continue
        alike = [slot for slot in found if slot[0] == colours[len(prefix)]]
        fitting = [(s, row) for s in alike if (row := _new_row(rows, s[1], dims)) is not None]
        if prefix and len(fitting) > 1:
            groups = groups or [slots(session, (factor,), dims) for factor in anchors(term)]
            places = [_place(groups, slot, prefix) for slot, _ in fitting]
            fitting = [each for each, place in zip(fitting, places, strict=True) if place == min(places)]
        stack += [([*prefix, slot], [*rows, row]) for slot, row in reversed(fitting)]


def _place(groups: list[list[Slot]], slot: Slot, prefix: list[Slot]) -> list[list[tuple[str, int]]]:
    """Around a slot: for each factor it stands in, where the other slots of it were chosen before."""
    positions = {form: k for k, (_, form) in enumerate(prefix)}
    return sorted(
        sorted((colour, positions.get(form, len(prefix))) for colour, form in group)
        for group in groups
        if slot in group
    )


def loose(chosen: list[Slot], dims: tuple[Variable, ...]) -> list[Variable]:
    """Dummies that complete the slots to a system of variables."""
    left: list[Variable] = []
    system = list(chosen)
    for v in reversed(dims):
        longer = [*system, ("", variable_form(v))]
        if len(independent(longer, dims)) == len(longer):
            system = longer
            left.insert(0, v)
    return left


def _rename(
    session: Session, term: Term, chosen: list[Affine], dims: tuple[Variable, ...]
) -> _Renamed | None:
    equations = [form - variable_form(new) for form, new in zip(chosen, dims, strict=True)]
    values = solve(equations, list(term.dummies))
    if values is None:
        return None
    changed = change(session, dict(anchors(term)), values, term.domain)
    if changed is None:
        return None
    coefficient, powers = changed
    broken = sum(not form.is_integral() for form in values.values())
    text = " ".join(f"{key(base)}^{p}" for base, p in ordered(powers))
    return _Renamed((broken, text), coefficient, powers, values, chosen)


def change(
    session: Session, powers: dict[Expr, Exact], values: dict[Variable, Affine], outer: isl.Set
) -> tuple[Exact, dict[Expr, Exact]] | None:
    """The product with affine forms put in, or None if it is no product any more."""
    session.spend(outer)
    inside = outer.intersect(session.outer) if session.outer is not universe() else outer
    touched = {v.name for v in values}
    result: dict[Expr, Exact] = {}
    coefficient: Exact = 1
    for base, exponent in powers.items():
        if not names(base) & touched:
            result = joined_powers(result, {base: exponent})
        elif is_entry(base):
            result = joined_powers(result, {entry_put(session, base, values): exponent})
        else:
            put: dict[Expr, Expr] = {v: integer_expr(session, form) for v, form in values.items()}
            terms = read(session, power_expr(substitute(base, put), exponent), moved(session, inside, values))
            if len(terms) != 1 or terms[0].dummies or terms[0].domain is not universe():
                return None
            coefficient = coefficient * terms[0].coefficient
            result = joined_powers(result, terms[0].powers)
    gone = touched - {v.name for form in values.values() for v in form.terms}
    if any(names(base) & gone for base in result):
        return None  # what was read again came out in the old names: it says nothing here
    return coefficient, result


def moved(session: Session, domain: isl.Set, values: dict[Variable, Affine]) -> isl.Set:
    """The set in the new variables; where one has the name of an old one, the old ones step aside first."""
    renamed = _renamed(session, domain, values)
    if renamed is not None:
        return renamed
    if any(v in values for form in values.values() for v in form.terms):
        aside = {old: session.dummy() for old in values}
        domain = moved(session, domain, {old: variable_form(new) for old, new in aside.items()})
        values = {aside[old]: form for old, form in values.items()}
    for old, form in values.items():
        domain = domain.intersect(session.compare(form - variable_form(old), "="))
    return project(session, domain, list(values))


def _renamed(session: Session, domain: isl.Set, values: dict[Variable, Affine]) -> isl.Set | None:
    """The set with other names for its variables, if no more than that is wanted."""
    new = {old: name for old, form in values.items() if (name := _only(form)) is not None}
    taken = set(domain.get_var_names(isl.dim_type.param))
    if len(set(new.values())) < len(values) or any(session.symbol(name) in taken for name in new.values()):
        return None
    for old, name in new.items():
        position = domain.find_dim_by_name(isl.dim_type.param, session.symbol(old))
        if position >= 0:
            domain = domain.set_dim_name(isl.dim_type.param, position, session.symbol(name))
    return domain


def _only(form: Affine) -> Variable | None:
    """The variable that a form is."""
    if form.constant == 0 and len(form.terms) == 1:
        ((variable, c),) = form.terms.items()
        return variable if c == 1 else None
    return None


def _settle(
    session: Session, term: Term, renamed: _Renamed, dims: tuple[Variable, ...], ways: int
) -> list[Settled]:
    domain = moved(session, term.domain, renamed.values)
    share = ratio(term.coefficient * renamed.coefficient, ways)
    terms: Terms = [Term(share, renamed.powers)]
    own = {b: p for b, p in term.powers.items() if b in renamed.values and is_polynomial(b, p)}
    for base, exponent in own.items():
        value = integer_expr(session, renamed.values[base])  # type: ignore[index]
        expanded = read(session, power_expr(value, exponent), domain)
        terms = [
            Term(s.coefficient * t.coefficient, joined_powers(s.powers, t.powers))
            for s in terms
            for t in expanded
        ]
    return [Settled(Summand(ordered(t.powers), dims), t.coefficient, domain) for t in terms]
