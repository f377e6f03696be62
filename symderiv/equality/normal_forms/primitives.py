"""Integrals that no rule writes out, by linearity: ``∫ₐᵇ c u + v = c (P_u(b) − P_u(a)) + P_v(b) − P_v(a)``.

One unknown ``P_u(e) = ∫₀ᵉ u`` for each integrand u and end e, so that ends may be exchanged and ranges
joined; ``∫ₐᵇ f' = f(b) − f(a)`` for a named function. Only of integrands without a singularity anywhere.
"""

from __future__ import annotations

from symderiv.equality.normal_forms.normal_form import NormalForm
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.build import mul
from symderiv.expression.instantiation import instantiate
from symderiv.expression.parts import factors_of, terms_of
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import INFINITY, ONE, ZERO, Apply, Binder, Call, Expr, Number, Variable, walk

BOUND = Variable("∫")  # a name that no text can hold
ENTIRE = frozenset(("add", "mul", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf"))


def is_linear_integral(expr: Binder) -> bool:
    """Between finite ends, of what exists everywhere and has no singularity.

    >>> t, x = Variable("t"), Variable("x")
    >>> [is_linear_integral(Binder("integral", Apply("exp", (t,)), t, ZERO, end)) for end in (x, INFINITY)]
    [True, False]
    """
    if expr.kind != "integral" or expr.lower is None or expr.upper is None:
        return False
    if any(INFINITY in walk(end) for end in (expr.lower, expr.upper)):
        return False
    return _is_total(expr.body, expr.variable)


def _is_total(body: Expr, t: Variable) -> bool:
    if t not in free_variables(body) or body == t:
        return True
    match body:
        case Apply(head="pow", args=(base, Number(value=int() as exponent))) if exponent > 0:
            return _is_total(base, t)
        case Apply(head=head) if head in ENTIRE:
            return all(_is_total(arg, t) for arg in body.args)
        case Call():
            return all(_is_total(arg, t) for arg in body.args)
    return False


def linear_integral(nf: NormalForm, expr: Binder) -> Element:
    """The integral, each term of its body by itself."""
    assert expr.lower is not None and expr.upper is not None
    a = nf.arithmetic
    body = instantiate(expr.body, {expr.variable: BOUND})
    total = a.zero
    for term in terms_of(body):
        factors = factors_of(term)
        fixed = mul(*(factor for factor in factors if BOUND not in free_variables(factor)))
        moving = mul(*(factor for factor in factors if BOUND in free_variables(factor)))
        share = a.subtract(_primitive(nf, moving, expr.upper), _primitive(nf, moving, expr.lower))
        total = a.add(total, a.multiply(nf.convert(fixed), share))
    return total


def _primitive(nf: NormalForm, body: Expr, end: Expr) -> Element:
    """``∫₀ᵉ`` of a product that moves with the bound variable, up to a constant."""
    if body == ONE:
        return nf.convert(end)
    if isinstance(body, Call) and body.args == (BOUND,) and body.orders[0]:
        return nf.convert(Call(body.function, (end,), (body.orders[0] - 1,)))
    at = nf.convert(end)
    if nf.arithmetic.is_zero(at):
        return nf.arithmetic.zero
    label = f"primitive {nf.field.number_of(body)} {nf.label(at)}"
    whole = Binder("integral", body, BOUND, ZERO, end)
    return nf.arithmetic.unknown(nf.field.generator("binder", label, whole, free=False))
