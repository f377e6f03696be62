"""Whatever is normalised keeps its value: random formulas, at random sizes and entries, exactly."""

from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symderiv.expression.substitution import substitute
from symderiv.index import collapse_deltas, normalise
from tests.index.index_notation import (
    Undefined,
    apply,
    array,
    cases,
    delta,
    evaluate,
    exp,
    function,
    indices,
    raw,
    scalars,
    sizes,
    total,
)

n, m = sizes("n m")
BOUND = indices("i j l")
p, q = indices("p q")
(c,) = scalars("c")
x = array("x", n, zero_outside=True)
y = array("y", m, zero_outside=True)
A = array("A", n, m, zero_outside=True)
S = array("S", n, n, symmetric=True, zero_outside=True)
f = function("f")

small = st.integers(-2, 2)


@st.composite
def affine_forms(draw, names):
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))
    form = sum((draw(st.sampled_from([1, 1, 1, -1, 2])) * name for name in chosen), start=0 * names[0])
    return form + draw(small)


@st.composite
def conditions(draw, names):
    left, right = draw(affine_forms(names)), draw(affine_forms(names))
    return draw(st.sampled_from([left <= right, left < right, left.differs(right), left.equals(right)]))


@st.composite
def factors(draw, names, depth):
    at = affine_forms(names)
    kinds = ["x", "y", "A", "S", "index", "delta", "case", "number", "half"]
    if depth > 0:
        kinds += [
            "sum",
            "sum",
            "exp",
            "f",
            "square",
            "fraction",
            "difference",
            "max",
            "relu",
            "abs",
            "share",
            "power",
        ]
    match draw(st.sampled_from(kinds)):
        case "x":
            return x[draw(at)]
        case "y":
            return y[draw(at)]
        case "A":
            return A[draw(at), draw(at)]
        case "S":
            return S[draw(at), draw(at)]
        case "index":
            return draw(at)
        case "delta":
            return delta(draw(at), draw(at))
        case "case":
            return cases(draw(conditions(names)), x[draw(at)], y[draw(at)])
        case "number":
            return c * draw(small)
        case "half":
            return x[draw(at) // 2]
        case "exp":
            return exp(draw(formulas(names, depth - 1)))
        case "f":
            return f(draw(formulas(names, depth - 1)))
        case "square":
            return draw(formulas(names, depth - 1)) ** 2
        case "fraction":
            return 1 / draw(formulas(names, depth - 1))
        case "difference":
            return draw(formulas(names, depth - 1)) - draw(formulas(names, depth - 1))
        case "relu":
            return apply("max", draw(formulas(names, depth - 1)), draw(formulas(names, 0)))
        case "abs":
            head = draw(st.sampled_from(["abs", "sign", "heaviside"]))
            return apply(head, draw(formulas(names, depth - 1)))
        case "share":
            part, rest = draw(factors(names, depth - 1)), draw(formulas(names, 0))
            return part / (part + rest)
        case "power":
            return c ** draw(at)
        case "max":
            return draw(sums(names, depth, "max"))
    return draw(sums(names, depth, "sum"))


@st.composite
def sums(draw, names, depth, kind):
    index = BOUND[len(names) - 4] if len(names) < 7 else BOUND[0]
    ends = st.sampled_from([0, 1, n - 1, n, m - 1, m, p, n - m, *names[4:]])
    where = draw(st.none() | conditions([*names, index]))
    lower = draw(ends)
    upper = draw(ends) if draw(st.booleans()) else n - 1
    return total(draw(formulas([*names, index], depth - 1)), (index, lower, upper), where=where, kind=kind)


@st.composite
def formulas(draw, names, depth):
    result = 0
    for _ in range(draw(st.integers(1, 2))):
        term = draw(factors(names, depth))
        if draw(st.booleans()):
            term = term * draw(factors(names, depth))
        result = result + term
    return result


numbers = st.integers(-2, 2)


@st.composite
def points(draw):
    sizes_ = {"n": draw(st.integers(1, 3)), "m": draw(st.integers(1, 3))}
    rows, columns = range(sizes_["n"]), range(sizes_["m"])
    point: dict[str, Any] = {name: Fraction(value) for name, value in sizes_.items()}
    point |= {name: Fraction(draw(small)) for name in ("p", "q", "c")}
    point["x"] = {(r,): Fraction(draw(numbers)) for r in rows}
    point["y"] = {(r,): Fraction(draw(numbers)) for r in columns}
    point["A"] = {at: Fraction(draw(numbers)) for at in product(rows, columns)}
    half = {(r, s): Fraction(draw(numbers)) for r, s in product(rows, rows) if r <= s}
    point["S"] = {(r, s): half[min(r, s), max(r, s)] for r, s in product(rows, rows)}
    return point


def value(expr, point):
    try:
        return evaluate(expr, point)
    except Undefined:
        return None


relaxed = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@relaxed
@given(formulas([n, m, p, q], 3), points())
def test_normalise_keeps_the_value(formula, point):
    before = value(raw(formula), point)
    if before is not None:
        assert value(normalise((raw(formula),), ())[0], point) == before


@relaxed
@given(formulas([n, m, p, q], 3), points())
def test_collapsing_deltas_keeps_the_value(formula, point):
    before = value(raw(formula), point)
    if before is not None:
        assert value(collapse_deltas(raw(formula)), point) == before


CHANGES = (
    {p: q, q: p},
    {p: q},
    {n: m, m: n},
    {p: n - 1 - p},
    {p: p + 1, q: q + 1},
)
"""Names exchanged or moved: of independent formulas hardly two have one normal form."""


@relaxed
@given(formulas([n, m, p, q], 2), st.sampled_from(CHANGES), points())
def test_equal_normal_forms_have_equal_values(formula, change, point):
    before = raw(formula)
    after = substitute(before, {raw(old): raw(new) for old, new in change.items()})
    assume(before != after)
    one, two = normalise((before, after), ())
    left, right = value(before, point), value(after, point)
    if one == two and left is not None and right is not None:
        assert left == right
