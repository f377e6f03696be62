"""Sums with symbolic bounds in a normal form, jointly for several expressions."""

from __future__ import annotations

from math import inf

from symderiv.errors import SymderivError
from symderiv.expression.tree import ZERO, Apply, Binder, Cases, Exact, Expr, Index, Variable, walk
from symderiv.index.every_size.accesses import accessed
from symderiv.index.every_size.denominators import is_no_zero
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, variable_form
from symderiv.index.integer_sets.conditions import condition_set
from symderiv.index.integer_sets.integers import is_integer
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import names
from symderiv.index.session import Session
from symderiv.index.sums.digits import joined_digits
from symderiv.index.sums.knowing import learn, reduced
from symderiv.index.sums.merging import difference, normal_form
from symderiv.index.sums.short import vanishes
from symderiv.index.sums.values import with_values
from symderiv.index.terms.reading import inner, read
from symderiv.index.terms.rules import RULES
from symderiv.index.terms.terms import Pairs, Term, Terms, joined_powers
from symderiv.index.writing import over_range, write

MAX_COMPARED = 40


def normalise(exprs: tuple[Expr, ...], facts: tuple[Expr, ...] = ()) -> tuple[Expr, ...]:
    """Expressions equal to the given ones wherever all of these are defined, sums in a joint normal form.

    Equal sums become the same node in all of them; a difference that vanishes at every size becomes 0.
    What can't be brought to a normal form comes back as it was.

    >>> from symderiv.expression.tree import Number, Variable, index_variable
    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> n, i, j = Variable("n", SIZE), index_variable("i"), index_variable("j")
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> up = Binder("sum", Index(x, (i,)), i, ZERO, Apply("add", (n, Number(-1))))
    >>> down = Binder("sum", Index(x, (Apply("add", (n, Apply("mul", (Number(-1), j)))),)), j, Number(1), n)
    >>> a, b = normalise((up, down))
    >>> a == b
    True
    """
    return tuple(map(normaliser(exprs, facts), exprs))


class Normaliser:
    """Brings expressions to the joint normal form of a session; without one there is nothing to bring."""

    def __init__(self, session: Session | None) -> None:
        self._session = session

    def __call__(self, expr: Expr) -> Expr:
        return self.settled(self.brought(expr))

    def brought(self, expr: Expr) -> Expr:
        """The normal form; what comes out equal needs no second look."""
        if self._session is None:
            return expr
        try:
            joined = joined_digits(expr)
            return inner(self._session, joined, self._session.context)
        except SymderivError:
            return expr

    def settled(self, expr: Expr) -> Expr:
        """0 for a normal form that vanishes once all denominators are multiplied out."""
        try:
            return ZERO if self._session is not None and _vanishes(self._session, expr) else expr
        except SymderivError:
            return expr


def normaliser(
    exprs: tuple[Expr, ...], facts: tuple[Expr, ...] = (), deadline: float | None = None
) -> Normaliser:
    """What brings these expressions, and others made of the same entries, to their joint normal form.

    What takes longer than until ``deadline``, a moment of `time.thread_time`, comes back as it was.

    >>> from symderiv.expression.kinds import SIZE, Kind
    >>> from symderiv.expression.tree import Number, Variable, index_variable
    >>> n, i, j = Variable("n", SIZE), index_variable("i"), index_variable("j")
    >>> x = Variable("x", Kind(shape=(n,)))
    >>> a, b = (Binder("sum", Index(x, (k,)), k, ZERO, Apply("add", (n, Number(-1)))) for k in (i, j))
    >>> normaliser((a, b))(Apply("add", (a, Apply("mul", (Number(-1), b))))) == ZERO
    True
    """
    if not any(_is_live(node) for expr in exprs for node in walk(expr)):
        return Normaliser(None)
    joined = tuple(map(joined_digits, exprs))
    session = new_session(joined, facts)
    session.deadline = min(session.deadline, inf if deadline is None else deadline)
    for expr in joined:
        reads = accessed(session, expr)
        session.context = session.context.intersect(reads)
    for fact in facts:
        _learn(session, fact)
    return Normaliser(session)


def _is_live(node: Expr) -> bool:
    match node:
        case Binder() | Cases():
            return True
        case Apply():
            return node.head == "delta"
        case Index():
            base = node.base
            return isinstance(base, Variable) and (base.kind.zero_outside or base.kind.symmetric)
    return False


def new_session(exprs: tuple[Expr, ...], facts: tuple[Expr, ...]) -> Session:
    """A session that knows all names and what is true of the sizes."""
    session = Session(summands, over_range, RULES)
    integers: dict[Variable, None] = {}
    for expr in (*exprs, *facts):
        session.note(expr)
        for node in walk(expr):
            if isinstance(node, Variable):
                sizes = [size for size in node.kind.shape if size is not None]
                found = [v for size in sizes for v in walk(size) if isinstance(v, Variable)]
                integers.update(dict.fromkeys(v for v in (node, *found) if is_integer(v)))
    while any(name.startswith(session.prefix) for name in session.taken):
        session.prefix += "_"
    for variable in integers:
        session.context = session.context.intersect(_domain(session, variable))
    for fact in facts:
        points = condition_set(session, fact)
        if points is not None:
            session.context = session.context.intersect(points)
    return session


def _learn(session: Session, fact: Expr) -> None:
    if condition_set(session, fact) is not None:
        return
    try:
        learn(session, fact)
    except SymderivError:
        return


def _domain(session: Session, variable: Variable) -> isl.Set:
    """The integers that a variable was declared to range over."""
    domain, form = variable.kind.domain, variable_form(variable)
    points = universe()
    if domain.lower is not None:
        relation = ">" if domain.lower_open else ">="
        points = points.intersect(session.compare(form - Affine({}, domain.lower), relation))
    if domain.upper is not None:
        relation = ">" if domain.upper_open else ">="
        points = points.intersect(session.compare(Affine({}, domain.upper) - form, relation))
    if domain.modulus != 1:
        name = session.symbol(variable)
        text = f"{name} mod {domain.modulus} = {domain.residue}"
        points = points.intersect(session.constraint(text, [variable]))
    return points


def summands(session: Session, terms: Terms) -> Pairs:
    """The normal form of terms; one met before with the same value at every size is given again."""
    if not any(term.dummies or term.domain is not universe() for term in terms):
        return write(session, normal_form(session, terms))
    normal = reduced(session, normal_form(session, terms))
    for known, pairs in session.sums_met:
        if known.keys() & normal.keys() and vanishes(session, difference(session, normal, known)):
            return pairs
    if len(normal) > 1 and vanishes(session, normal):
        return []
    written = with_values(session, write(session, normal))
    if normal and len(session.sums_met) < MAX_COMPARED:
        session.sums_met.append((normal, written))
    return written


def _vanishes(session: Session, expr: Expr) -> bool:
    """Is the numerator zero once all denominators are multiplied out?"""
    terms = read(session, expr, session.context)
    lowest: dict[Expr, Exact] = {}
    for term in terms:
        for base, exponent in term.powers.items():
            if isinstance(exponent, int) and exponent < min(0, lowest.get(base, 0)) and not _owns(term, base):
                lowest[base] = exponent
    lowest = {base: p for base, p in lowest.items() if is_no_zero(session, base, terms)}
    if not lowest:
        return False
    raised = [
        Term(t.coefficient, joined_powers(t.powers, {b: -p for b, p in lowest.items()}), t.dummies, t.domain)
        for t in terms
    ]
    return vanishes(session, normal_form(session, raised))


def _owns(term: Term, base: Expr) -> bool:
    """Does a base hold one of the term's summation variables?"""
    return bool(names(base) & {v.name for v in term.dummies})
