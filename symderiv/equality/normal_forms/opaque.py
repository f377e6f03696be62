"""What stays unknown: array entries, named functions, sums with symbolic bounds, erf, gamma, delta.

One generator for each function and normal form of its arguments, so f(x + x) and f(2x) are the same.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.equality.cells.truths import truth
from symderiv.equality.normal_forms.generators import Decline, Poly
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.primitives import is_linear_integral, linear_integral
from symderiv.equality.normal_forms.rational import Element
from symderiv.equality.rationals import fraction
from symderiv.expression.build import mul, sqrt
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import HALF, TRUE, Apply, Binder, Call, Constant, Expr, Index, Number, Variable


def entry(nf: NormalForm, expr: Index) -> Element:
    """``x[k]``: one unknown an array and normal form of its indices; symmetric arrays sort them."""
    base = expr.base
    if isinstance(base, Variable):
        name, kind = base.name, base.kind
    elif isinstance(base, Call):
        name, kind = _call_label(nf, base), Kind()
    else:
        raise Decline("an entry of a table at a symbolic index")
    labels = [_index_label(nf, index) for index in expr.indices]
    if kind.symmetric:
        labels.sort()
    label = f"atom {name}[{','.join(labels)}]"
    return nf.arithmetic.unknown(nf.field.generator("atom", label, expr, data=(name, labels)))


def _index_label(nf: NormalForm, index: Expr) -> str:
    return str(index.value) if isinstance(index, Number) else nf.label(nf.convert(index))


def _call_label(nf: NormalForm, call: Call) -> str:
    arguments = ",".join(_argument_label(nf, arg) for arg in call.args)
    return f"{call.function.name}{call.orders}({arguments})"


def _argument_label(nf: NormalForm, arg: Expr) -> str:
    if isinstance(arg, Variable) and arg.kind.shape:
        return f"array {arg.name}"
    return nf.label(nf.convert(arg))


def call(nf: NormalForm, expr: Call) -> Element:
    """A named function: independent of everything, and it may vanish anywhere."""
    nf.classes.add("named functions")
    return nf.arithmetic.unknown(nf.field.generator("call", f"call {_call_label(nf, expr)}", expr))


def binder(nf: NormalForm, expr: Binder) -> Element:
    """A sum (product, maximum, integral) that stays: one unknown for each normalised node."""
    nf.classes.add("sums over symbolic ranges" if expr.kind == "sum" else f"{expr.kind} as a whole")
    if is_linear_integral(expr):
        return linear_integral(nf, expr)
    number = nf.field.number_of(expr)
    sign = 1 if expr.kind in ("sum", "prod") and _positive_body(expr) else 0
    if expr.kind == "sum" and sign and not _never_empty(nf, expr):
        sign = 2
    return nf.arithmetic.unknown(
        nf.field.generator("binder", f"binder {number}", expr, sign=sign, free=False)
    )


def of_matrix(nf: NormalForm, expr: Apply) -> Element:
    """A determinant, or an entry of an inverse: one unknown for each normalised node."""
    nf.classes.add("matrices as a whole")
    label = f"matrix {nf.field.number_of(expr)}"
    data = is_of_whole_array(expr)
    return nf.arithmetic.unknown(nf.field.generator("matrix", label, expr, data, free=False))


def is_of_whole_array(node: Expr) -> bool:
    """The determinant of all entries of a real array: a polynomial in them, and 1 at the identity."""
    match node:
        case Apply(head="det", args=(Binder(variable=i, body=Binder(variable=j, body=Index() as entry)),)):
            array = entry.base
            return (
                isinstance(array, Variable)
                and not array.kind.domain.integer
                and not array.kind.zero_outside
                and set(entry.indices) == {i, j}
            )
    return False


def _positive_body(expr: Binder) -> bool:
    return _positive(expr.body)


def _positive(expr: Expr) -> bool:
    """Positive by its form alone: exponentials, positive variables, their sums, products and powers."""
    if isinstance(expr, Number):
        return expr.value > 0
    if isinstance(expr, Variable):
        return expr.kind.domain.is_positive
    if isinstance(expr, Index):
        kind = expr.base.kind if isinstance(expr.base, Variable) else Kind()
        return kind.domain.is_positive and not kind.zero_outside
    if isinstance(expr, Apply):
        if expr.head in ("exp", "cosh"):
            return True
        if expr.head in ("add", "mul"):
            return all(_positive(arg) for arg in expr.args)
        if expr.head == "pow":
            return _positive(expr.args[0])
    return False


def _never_empty(nf: NormalForm, expr: Binder) -> bool:
    """Lower ≤ upper in every cell, and no condition that might drop every term."""
    if expr.condition != TRUE or expr.lower is None or expr.upper is None:
        return False
    if expr.variable in free_variables(expr.lower) | free_variables(expr.upper):
        return False
    gap = nf.arithmetic.subtract(nf.convert(expr.upper), nf.convert(expr.lower))
    number = nf.field.intern(nf.arithmetic.add(gap, nf.arithmetic.number(Fraction(1, 2))).num)
    known = nf.signs.base.of(number)
    return known is not None and known[0] > 0


def error_function(nf: NormalForm, expr: Apply) -> Element:
    """erf, an odd function."""
    nf.classes.add("erf")
    u = nf.convert(expr.args[0])
    if nf.arithmetic.is_zero(u):
        return nf.arithmetic.zero
    lead = 1 if nf.arithmetic.as_polynomials(u)[0].leading_coefficient() > 0 else -1
    label = f"erf {nf.label(nf.arithmetic.scaled(u, lead))}"
    argument = expr.args[0] if lead > 0 else mul(Number(-1), expr.args[0])
    data = nf.arithmetic.scaled(u, lead)
    generator = nf.field.generator("erf", label, Apply("erf", (argument,)), data, free=False)
    return nf.arithmetic.scaled(nf.arithmetic.unknown(generator), lead)


def gamma(nf: NormalForm, expr: Apply) -> Element:
    """Γ(u + n) = (u + n − 1) … u Γ(u): the constant of the argument is brought into [1, 2); Γ(3/2) = √π/2."""
    nf.classes.add("gamma")
    a = nf.arithmetic
    u = nf.convert(expr.args[0])
    above, below = a.as_polynomials(u)
    constant = constant_term(above) if below.is_one() else Fraction(1)
    steps = constant.numerator // constant.denominator - 1
    if abs(steps) > 100:
        raise Decline("gamma of a large number")
    base = a.subtract(u, a.number(steps))
    if a.is_zero(a.subtract(base, a.one)):
        value = a.one
    elif a.is_zero(a.subtract(base, a.number(Fraction(3, 2)))):
        value = nf.convert(mul(HALF, sqrt(Constant("pi"))))
    else:
        generator = nf.field.generator("gamma", f"gamma {nf.label(base)}", None, base, free=False)
        value = a.unknown(generator)
    for step in range(abs(steps)):
        factor = a.add(base, a.number(step if steps > 0 else -step - 1))
        if steps < 0 and a.is_zero(factor):
            raise UndefinedHere
        if steps < 0:
            nf.mark(factor, None)
        value = a.multiply(value, factor if steps > 0 else a.inverse(factor))
    return value


def constant_term(poly: Poly) -> Fraction:
    """The coefficient of the monomial 1."""
    last = poly.monoms()[-1] if len(poly) else (1,)
    return Fraction(0) if any(last) else fraction(poly.coeffs()[-1])


def delta(nf: NormalForm, expr: Apply) -> Element:
    """1 where the indices agree; undecided ones stay unknown in the first attempt, or are told apart."""
    i, j = expr.args
    a = nf.arithmetic
    gap = a.subtract(nf.convert(i), nf.convert(j))
    if a.is_zero(gap):
        return a.one
    if gap.num.is_constant() and not gap.den:
        return a.zero
    nf.classes.add("Kronecker deltas")
    if not nf.opaque:
        return a.one if truth(nf, Apply("eq", (i, j))) else a.zero
    nf.blurred = True
    lead = 1 if gap.num.leading_coefficient() > 0 else -1
    label = f"delta {nf.label(a.scaled(gap, lead))}"
    return a.unknown(nf.field.generator("delta", label, expr, sign=2, free=False))
