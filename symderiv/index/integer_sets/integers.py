"""Integer expressions read as affine forms: products of parameters hidden, floors and maxima named."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import lcm

from symderiv.expression.build import add, mul
from symderiv.expression.parts import factors_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Apply, Exact, Expr, Number, Variable
from symderiv.index.integer_sets import isl
from symderiv.index.integer_sets.affine import Affine, variable_form
from symderiv.index.integer_sets.points import universe
from symderiv.index.keys import key
from symderiv.index.session import Session

MAX_DEGREE = 6
Polynomial = dict[tuple[Variable, ...], Exact]


@dataclass
class Named:
    """Integers named on the way: ``q = ⌊n/2⌋`` is a fresh q and the set ``2q ≤ n < 2q + 2``."""

    variables: list[Variable] = field(default_factory=list)
    definition: isl.Set = field(default_factory=universe)


def is_integer(variable: Variable) -> bool:
    kind = variable.kind
    return (kind.domain.integer or kind.index) and not kind.shape and not kind.function


def affine(session: Session, expr: Expr, named: Named | None = None) -> Affine | None:
    """The affine form of an integer expression, or None if it has none.

    With ``named``, floors, maxima and minima become fresh variables defined there.
    """
    known = session.forms.get(id(expr))
    if known is not None and (named is None or known[1] is not None):
        return known[1]
    count = 0 if named is None else len(named.variables)
    terms = polynomial(session, expr, named)
    form = None if terms is None else affine_form(session, terms)
    if named is None or (form is not None and len(named.variables) == count):
        session.forms[id(expr)] = (expr, form)
    return form


def affine_form(session: Session, terms: Polynomial) -> Affine | None:
    """The form of a polynomial, products of parameters hidden; None if it has products of dummies."""
    result = Affine()
    for monomial, c in terms.items():
        if len(monomial) > 1:
            if any(v in session.dummies or v.name.startswith(session.prefix) for v in monomial):
                return None
            monomial = (_product_of(session, monomial),)
        result = result + (Affine({monomial[0]: c}) if monomial else Affine({}, c))
    return result


def _product_of(session: Session, factors: tuple[Variable, ...]) -> Variable:
    """The parameter that stands for a product; where no factor is below 1 it is no less than each."""
    known = len(session.hidden)
    product = session.hide(mul(*sorted((session.hidden.get(v, v) for v in factors), key=key)))
    if len(session.hidden) > known:
        forms = [variable_form(v) for v in factors]
        if all(session.context.is_subset(session.compare(form - Affine({}, 1), ">=")) for form in forms):
            session.context = _where_no_less(session, product, forms)
        elif all(session.context.is_subset(session.compare(form, ">=")) for form in forms):
            session.context = _where_no_less(session, product, [Affine()])
    return product


def _where_no_less(session: Session, product: Variable, forms: list[Affine]) -> isl.Set:
    points = session.context
    for form in forms:
        points = points.intersect(session.compare(variable_form(product) - form, ">="))
    return points


def polynomial(session: Session, expr: Expr, named: Named | None = None) -> Polynomial | None:
    """An integer expression as ``{(i, k): 1, (): 3}``: monomials of names with their coefficients."""
    match expr:
        case Number():
            return {(): expr.value} if expr.value != 0 else {}
        case Variable() if is_integer(expr):
            return {(expr,): 1}
        case Apply(head="add"):
            return _total([polynomial(session, arg, named) for arg in expr.args])
        case Apply(head="mul"):
            return _product([polynomial(session, arg, named) for arg in expr.args])
        case Apply(head="pow", args=(base, Number(value=int() as n))) if 0 < n <= MAX_DEGREE:
            return _product([polynomial(session, base, named)] * n)
        case Apply(head="floor" | "max" | "min"):
            form = _stepwise(session, expr, named)
            return None if form is None else _of_affine(form)
    return None


def _of_affine(form: Affine) -> Polynomial:
    terms: Polynomial = {(v,): c for v, c in form.terms.items()}
    return terms | ({(): form.constant} if form.constant else {})


def _total(parts: list[Polynomial | None]) -> Polynomial | None:
    result: Polynomial = {}
    for part in parts:
        if part is None:
            return None
        for monomial, c in part.items():
            result[monomial] = result.get(monomial, 0) + c
    return {m: c for m, c in result.items() if c != 0}


def _product(parts: list[Polynomial | None]) -> Polynomial | None:
    result: Polynomial = {(): 1}
    for part in parts:
        if part is None:
            return None
        grown: Polynomial = {}
        for m, c in result.items():
            for m2, c2 in part.items():
                joined = tuple(sorted((*m, *m2), key=lambda v: v.name))
                grown[joined] = grown.get(joined, 0) + c * c2
        if any(len(m) > MAX_DEGREE for m in grown) or len(grown) > 64:
            return None
        result = {m: c for m, c in grown.items() if c != 0}
    return result


def _stepwise(session: Session, expr: Apply, named: Named | None) -> Affine | None:
    """A floor, maximum or minimum: named, if its arguments are affine; hidden, if they are parameters."""
    forms = [affine(session, arg, named) for arg in expr.args]
    if expr.head == "floor" and forms[0] is not None and forms[0].is_integral():
        return forms[0]
    known = [form for form in forms if form is not None]
    if len(known) < len(forms) or (expr.head != "floor" and not all(f.is_integral() for f in known)):
        return _hidden(session, expr)
    if named is None:
        return None
    q = session.dummy()
    named.variables.append(q)
    definition = _definition(session, expr.head, q, known)
    named.definition = named.definition.intersect(definition)
    return variable_form(q)


def _definition(session: Session, head: str, q: Variable, forms: list[Affine]) -> isl.Set:
    if head == "floor":
        scale = lcm(forms[0].denominator)
        rest = forms[0].scaled(scale) - Affine({q: scale})
        return session.within(rest, Affine(), Affine({}, scale - 1))
    texts = [session.text(form) for form in forms]
    joined = texts[0]
    for text in texts[1:]:
        joined = f"{head}({joined}, {text})"
    variables = [q, *(v for form in forms for v in form.terms)]
    return session.constraint(f"{session.symbol(q)} = {joined}", variables)


def _hidden(session: Session, expr: Expr) -> Affine | None:
    """``⌊n/k⌋`` of parameters that is not affine: an integer parameter of its own."""
    variables = free_variables(expr)
    if not all(is_integer(v) and v not in session.dummies for v in variables):
        return None
    if expr.children and isinstance(expr, Apply) and expr.head != "floor":
        return None
    known = len(session.hidden)
    whole = session.hide(expr)
    if len(session.hidden) > known and _is_of_quotient(session, expr.children[0]):
        session.context = _where_no_less(session, whole, [Affine()])
    return variable_form(whole)


def _is_of_quotient(session: Session, value: Expr) -> bool:
    """Is it ``p/s`` for p ≥ 0 and s > 0, whose integer part is no less than 0?"""
    above, below = [], []
    for factor in factors_of(value):
        match factor:
            case Apply(head="pow", args=(base, Number(value=-1))):
                below.append(base)
            case _:
                above.append(factor)
    if not below:
        return False
    forms = [affine(session, mul(*parts)) for parts in (above, below)]
    if forms[0] is None or forms[1] is None:
        return False
    bounds = session.compare(forms[0], ">="), session.compare(forms[1] - Affine({}, 1), ">=")
    return all(map(session.context.is_subset, bounds))


def integer_expr(session: Session, form: Affine) -> Expr:
    """The expression of an affine form, hidden products written out, in an order of its own."""
    terms = sorted(form.terms.items(), key=lambda term: session.order(term[0]))
    parts = [mul(Number(c), session.hidden.get(v, v)) for v, c in terms]
    return add(*parts, Number(form.constant))
