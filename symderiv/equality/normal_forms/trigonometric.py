"""sin, cos, tan through t = tan(θ/2); the inverse functions through atan.

``cos θ = (1 − t²)/(1 + t²)``, ``sin θ = 2t/(1 + t²)``; sums of angles multiply as complex numbers.
Where t is infinite what is continuous agrees as it does all around; steps and poles are looked at there by
themselves (`cells/half_turns.py`). Multiples of π/12 have exact values.
"""

from __future__ import annotations

from fractions import Fraction

import flint

from symderiv.equality.integers.parity import monomial_parity, sign_power
from symderiv.equality.normal_forms.constants import Ball, ball_of, then
from symderiv.equality.normal_forms.exponentials import constant_ball, sole, term_label, terms_of
from symderiv.equality.normal_forms.generators import Decline, Generator, Monomial
from symderiv.equality.normal_forms.normal_form import NormalForm, UndefinedHere
from symderiv.equality.normal_forms.radicals import number_power, rational_power
from symderiv.equality.normal_forms.rational import Element
from symderiv.expression.tree import Apply, Constant

HALF = Fraction(1, 2)
MAX_MULTIPLE = 64
Pair = tuple[Element, Element]


def pi(nf: NormalForm, _: Constant) -> Element:
    return nf.arithmetic.unknown(_pi(nf))


def _pi(nf: NormalForm) -> Generator:
    return nf.field.generator("pi", "pi", Constant("pi"), sign=1, ball=flint.arb.pi)


def cos(nf: NormalForm, expr: Apply) -> Element:
    return circle(nf, nf.convert(expr.args[0]))[0]


def sin(nf: NormalForm, expr: Apply) -> Element:
    return circle(nf, nf.convert(expr.args[0]))[1]


def tan(nf: NormalForm, expr: Apply) -> Element:
    x, y = circle(nf, nf.convert(expr.args[0]))
    if nf.arithmetic.is_zero(x):
        raise UndefinedHere
    nf.mark(x, Apply("cos", expr.args))
    return nf.arithmetic.multiply(y, nf.arithmetic.inverse(x))


def circle(nf: NormalForm, angle: Element) -> Pair:
    """``(cos θ, sin θ)``."""
    nf.classes.add("trigonometric functions")
    result: Pair = (nf.arithmetic.one, nf.arithmetic.zero)
    for exponents, below, coefficient in terms_of(nf, angle):
        result = turned(nf, result, _turn(nf, exponents, below, coefficient))
    return result


def turned(nf: NormalForm, p: Pair, q: Pair) -> Pair:
    """The product of two complex numbers."""
    a = nf.arithmetic
    real = a.subtract(a.multiply(p[0], q[0]), a.multiply(p[1], q[1]))
    return real, a.add(a.multiply(p[0], q[1]), a.multiply(p[1], q[0]))


def _turn(nf: NormalForm, exponents: Monomial, below: int, coefficient: Fraction) -> Pair:
    alone = sole(nf.field, exponents, below)
    if alone is not None and alone.kind == "pi" and 12 % coefficient.denominator == 0:
        return _multiple(nf, _twelfth(nf), (coefficient * 12).numerator % 24)
    if below < 0 and coefficient.denominator == 1:
        half_turns = _integer_multiple(nf, exponents)
        if half_turns is not None:
            sign = sign_power(nf, nf.arithmetic.scaled(half_turns, coefficient))
            return sign, nf.arithmetic.zero
    if alone is not None and alone.kind == "atan" and coefficient.denominator == 1:
        return _multiple(nf, _circle_of_atan(nf, alone.data), coefficient.numerator)
    label = f"tan {term_label(exponents, below)}"
    base = nf.field.plan.step(label, coefficient)
    ball = _tangent(nf, exponents, below, base)
    t = nf.field.generator("tan", label, None, (exponents, below, base), ball=ball)
    return _multiple(nf, _half_angle(nf, nf.arithmetic.unknown(t)), (coefficient / base).numerator)


def _integer_multiple(nf: NormalForm, exponents: Monomial) -> Element | None:
    """The m of an angle ``m π``, m a product of integers."""
    once = [k for k, e in exponents if e == 1 and nf.field.generators[k].kind == "pi"]
    rest = tuple((k, e) for k, e in exponents if k not in once)
    if not once or not rest or monomial_parity(nf.field, rest) is None:
        return None
    return Element(nf.field.monomial(rest))


def _tangent(nf: NormalForm, exponents: Monomial, below: int, base: Fraction) -> Ball | None:
    angle = constant_ball(nf.field, exponents, base / 2) if below < 0 else None
    return then(angle, lambda value: value.tan())


def _half_angle(nf: NormalForm, t: Element) -> Pair:
    a = nf.arithmetic
    square = a.multiply(t, t)
    below = a.inverse(a.add(a.one, square))
    return a.multiply(a.subtract(a.one, square), below), a.multiply(a.scaled(t, 2), below)


def _twelfth(nf: NormalForm) -> Pair:
    """``cos π/12 = (√6 + √2)/4``, ``sin π/12 = (√6 − √2)/4``."""
    a = nf.arithmetic
    six, two = number_power(nf, Fraction(6), HALF), number_power(nf, Fraction(2), HALF)
    return a.scaled(a.add(six, two), Fraction(1, 4)), a.scaled(a.subtract(six, two), Fraction(1, 4))


def _circle_of_atan(nf: NormalForm, w: Element) -> Pair:
    a = nf.arithmetic
    below = rational_power(nf, a.add(a.one, a.multiply(w, w)), -HALF, None)
    return below, a.multiply(w, below)


def _multiple(nf: NormalForm, pair: Pair, times: int) -> Pair:
    if times < 0:
        pair, times = (pair[0], nf.arithmetic.scaled(pair[1], -1)), -times
    if times > MAX_MULTIPLE:
        raise Decline("a high multiple of an angle")
    result: Pair = (nf.arithmetic.one, nf.arithmetic.zero)
    for digit in bin(times)[2:]:
        result = turned(nf, result, result)
        if digit == "1":
            result = turned(nf, result, pair)
    return result


def atan(nf: NormalForm, expr: Apply) -> Element:
    return arc_tangent(nf, nf.convert(expr.args[0]))


def arc_tangent(nf: NormalForm, u: Element) -> Element:
    """An odd function; ``atan(1/u) = sign(u) π/2 − atan u`` makes the degree of its argument ≥ 0."""
    nf.classes.add("inverse functions")
    a = nf.arithmetic
    if a.is_zero(u):
        return a.zero
    above, below = a.as_polynomials(u)
    if above.leading_coefficient() < 0:
        return a.scaled(arc_tangent(nf, a.scaled(u, -1)), -1)
    if above.total_degree() < below.total_degree():
        inverse = a.inverse(u)
        above, below = a.as_polynomials(inverse)
        if above.total_degree() >= below.total_degree():  # beside roots it may be no better
            sign, _ = nf.sign(u)
            right = a.scaled(a.unknown(_pi(nf)), Fraction(sign, 2))
            return a.subtract(right, arc_tangent(nf, inverse))
    known = _exact_atan(nf, u)
    if known is not None:
        return a.scaled(a.unknown(_pi(nf)), known)
    simple = a.reduced_element(u)
    ball = None if simple.den else then(ball_of(nf.field, simple.num), lambda value: value.atan())
    label = f"atan {nf.label(simple)}"
    return a.unknown(nf.field.generator("atan", label, None, simple, free=False, ball=ball))


def _exact_atan(nf: NormalForm, u: Element) -> Fraction | None:
    square = nf.arithmetic.multiply(u, u)
    for tangent_squared, turn in ((Fraction(1), (1, 4)), (Fraction(3), (1, 3)), (Fraction(1, 3), (1, 6))):
        if nf.arithmetic.is_zero(nf.arithmetic.subtract(square, nf.arithmetic.number(tangent_squared))):
            return Fraction(*turn) * nf.sign(u)[0]
    return None


def arc_sine(nf: NormalForm, expr: Apply) -> Element:
    """``asin u = atan(u/√(1 − u²))`` for |u| ≤ 1, ``acos u = π/2 − asin u``."""
    u = nf.convert(expr.args[0])
    a = nf.arithmetic
    rest = a.subtract(a.one, a.multiply(u, u))
    half_turn = a.scaled(a.unknown(_pi(nf)), HALF)
    if a.is_zero(rest):
        value = a.scaled(half_turn, nf.sign(u)[0])
    else:
        sign, seen = nf.sign(rest)
        if sign < 0:
            nf.leave(seen)
        value = arc_tangent(nf, a.multiply(u, rational_power(nf, rest, -HALF, None)))
    return value if expr.head == "asin" else a.subtract(half_turn, value)
