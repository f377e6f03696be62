"""A term brought to rest: powers multiplied out, its set cut into pieces, equalities used up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.expression.substitution import free_variables, substitute
from symderiv.expression.tree import Apply, Binder, Exact, Expr, Index, Number, Variable
from symderiv.index.integer_sets.affine import Affine
from symderiv.index.integer_sets.conditions import project
from symderiv.index.integer_sets.integers import affine, integer_expr
from symderiv.index.integer_sets.questions import equalities, pieces, spacings
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.sums.quotients import divided
from symderiv.index.terms.entries import is_entry
from symderiv.index.terms.exponents import alternating, joined_exponentials, joined_powers_of
from symderiv.index.terms.reading import read
from symderiv.index.terms.terms import (
    Monomial,
    Term,
    Terms,
    joined_powers,
    power_expr,
    product,
)


@dataclass(frozen=True)
class Summand:
    """What is summed: atoms to powers, in canonical summation variables ``dims``; equal ones add up."""

    monomial: Monomial
    dims: tuple[Variable, ...]


def reduce(session: Session, term: Term) -> list[Term]:
    """Terms equal to this one, each on a piece without unused equalities, sums and powers expanded."""
    queue, done = [term], []
    while queue:
        current = queue.pop()
        session.spend(current.domain)
        domain = current.domain.intersect(session.context)
        if current.coefficient == 0 or domain.is_empty():
            continue
        current = Term(current.coefficient, current.powers, current.dummies, domain)
        following = _next(session, current)
        if following is None:
            done.append(current)
        else:
            queue += following
    return done


def _next(session: Session, term: Term) -> Terms | None:
    """What a step makes of the term, none at all if it is zero; None if it is at rest."""
    for step in (_expanded, _cut, _used, _spaced):
        following = step(session, term)
        if following is not None:
            return following
    return None


def _expanded(session: Session, term: Term) -> Terms | None:
    """Atoms to natural powers that are sums after all are multiplied out; ``r^k r^i`` becomes ``r^(i+k)``."""
    for base, exponent in term.powers.items():
        if isinstance(exponent, int) and exponent > 0 and _is_compound(base):
            result = reread(session, term, [base], {})
            if len(result) != 1 or result[0].powers != term.powers:
                return result
        if isinstance(exponent, int) and exponent > 1 and isinstance(base, Apply) and base.head == "sin":
            return _without_sine(term, base)
        if isinstance(exponent, int) and exponent < 0:
            quotient = divided(session, term, base, exponent)
            if quotient is not None:
                return quotient
        if isinstance(base, Apply) and base.head == "pow":
            joined = alternating(session, term, base) or joined_powers_of(session, term, base.args[0])
            if joined is not None:
                return joined
    return joined_exponentials(session, term)


def _without_sine(term: Term, base: Apply) -> Terms:
    """``sin(a)² = 1 - cos(a)²``."""
    whole = replace(term, powers=joined_powers(term.powers, {base: -2}))
    cosine = Apply("cos", base.args)
    return [whole, *product([whole], [Term(-1, {cosine: 2})])]


def _is_compound(base: Expr) -> bool:
    if isinstance(base, Binder):
        return base.kind == "sum" and base.lower is not None
    return isinstance(base, Apply) and (
        base.head in ("add", "mul") or (base.head == "pow" and isinstance(base.args[1], Number))
    )


def reread(session: Session, term: Term, bases: list[Expr], values: dict[Variable, Affine]) -> Terms:
    """The term with some atoms read again, after affine forms were put in for variables."""
    put: dict[Expr, Expr] = {v: integer_expr(session, form) for v, form in values.items()}
    rest = {a: p for a, p in term.powers.items() if a not in bases}
    result = [Term(term.coefficient, rest, term.dummies, term.domain)]
    outer = term.domain.intersect(session.outer)
    for base in bases:
        changed = power_expr(substitute(base, put), term.powers[base])
        result = product(result, read(session, changed, outer))
    return result


def _cut(session: Session, term: Term) -> Terms | None:
    parts = pieces(session, term.domain)
    if len(parts) == 1:
        return None
    return [Term(term.coefficient, term.powers, term.dummies, part) for part in parts]


def eliminated(session: Session, term: Term) -> dict[Variable, Affine]:
    """Variables that equalities on the domain express through others, dummies before parameters."""
    forms = equalities(session, term.domain)
    if not forms:
        return {}
    dummies = set(term.dummies)
    variables = {v for form in forms for v in form.terms}
    solved: dict[Variable, Affine] = {}
    for variable in sorted(variables, key=lambda v: _rank(session, v, dummies), reverse=True):
        pivot = next((f for f in forms if abs(f.coefficient(variable)) == 1), None)
        if pivot is None or (variable not in dummies and variable in session.hidden):
            continue
        if _speaks_of(session, pivot, variable):
            continue
        forms.remove(pivot)
        c = pivot.coefficient(variable)
        value = {variable: (pivot - Affine({variable: c})).scaled(-c)}
        forms = [form.put(value) for form in forms]
        solved = {v: form.put(value) for v, form in solved.items()} | value
    return solved


def _speaks_of(session: Session, form: Affine, variable: Variable) -> bool:
    """``n = k⌊n/k⌋`` says nothing of n that doesn't hold n again."""
    return any(variable in free_variables(session.hidden[v]) for v in form.terms if v in session.hidden)


def _rank(session: Session, variable: Variable, dummies: set[Variable]) -> tuple[bool, bool, str]:
    return (variable in dummies, variable.kind.index, session.order(variable))


def _used(session: Session, term: Term) -> Terms | None:
    """Equalities used up: what they determine is put in, and no dummy stays that isn't free."""
    values = eliminated(session, term)
    gone = tuple(v for v in values if v in term.dummies)
    touched = {v.name for v in values}
    bases = [base for base in term.powers if names(base) & touched]
    if not gone and not bases:
        return None
    if all(is_entry(base) for base in bases):
        changed = _entries_put(session, term, bases, values)
    else:
        changed = reread(session, term, bases, values)
    kept = tuple(v for v in term.dummies if v not in gone)
    domain = {id(t.domain): project(session, t.domain, list(gone)) for t in changed}
    before = len(term.dummies)
    return [Term(t.coefficient, t.powers, kept + t.dummies[before:], domain[id(t.domain)]) for t in changed]


def _spaced(session: Session, term: Term) -> Terms | None:
    """A dummy of which only each m-th value occurs counted by another one: ``i = 2q + r``."""
    if not term.dummies:
        return None
    for form, step in spacings(session, term.domain):
        if any(abs(form.coefficient(v)) == 1 for v in term.dummies):
            count = session.dummy()
            told = session.compare(form + Affine({count: step}), "=")
            return [replace(term, dummies=(*term.dummies, count), domain=term.domain.intersect(told))]
    return None


def _entries_put(session: Session, term: Term, bases: list[Expr], values: dict[Variable, Affine]) -> Terms:
    powers: dict[Expr, Exact] = {a: p for a, p in term.powers.items() if a not in bases}
    for base in bases:
        powers = joined_powers(powers, {entry_put(session, base, values): term.powers[base]})
    return [Term(term.coefficient, powers, term.dummies, term.domain)]


def entry_put(session: Session, base: Expr, values: dict[Variable, Affine]) -> Expr:
    """``x[i, j]`` with affine forms put in for index variables, also in an index without one."""
    assert isinstance(base, Index)
    put: dict[Expr, Expr] = {v: integer_expr(session, form) for v, form in values.items()}
    indices = []
    for index in base.indices:
        form = affine(session, index)
        indices.append(substitute(index, put) if form is None else integer_expr(session, form.put(values)))
    return Index(base.base, tuple(indices), base.origin)
