"""From SymPy to trees: each class with a meaning here stands in a table; the rest is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.matrices.expressions.matexpr import MatrixElement

from symderiv.errors import MeaningError
from symderiv.expression import build
from symderiv.expression.from_plain import from_plain, is_plain
from symderiv.expression.kinds import FUNCTION, REAL, SCALAR, Domain, Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    EULER,
    FALSE,
    HALF,
    INFINITY,
    MINUS_ONE,
    ONE,
    PI,
    TRUE,
    UNDEFINED,
    ZERO,
    Apply,
    Binder,
    BinderKind,
    Call,
    Cases,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
)

Sympy = Any  # SymPy carries no types


def from_python(value: object) -> Expr:
    """The tree of a number, list, SymPy expression, matrix, or tree; a float is the decimal it prints as.

    >>> from_python([[1, sympy.Symbol("x", real=True)]]).items[0].items[1].name
    'x'
    """
    return from_plain(value) if is_plain(value) else _from_mixed(value)


def _from_mixed(value: object) -> Expr:
    if isinstance(value, (list, tuple)):
        return Sequence(tuple(map(from_python, value)), "list" if isinstance(value, list) else "tuple")
    return from_sympy(value)


_SPECIAL: dict[Sympy, Expr] = {
    sympy.pi: PI,
    sympy.E: EULER,
    sympy.oo: INFINITY,
    -sympy.oo: Apply("mul", (MINUS_ONE, INFINITY)),
    sympy.true: TRUE,
    sympy.false: FALSE,
    sympy.nan: UNDEFINED,
}

_FUNCTIONS: dict[Sympy, str] = {
    sympy.exp: "exp", sympy.log: "log", sympy.Abs: "abs", sympy.sign: "sign", sympy.floor: "floor",
    sympy.Max: "max", sympy.Min: "min", sympy.KroneckerDelta: "delta",
    sympy.sin: "sin", sympy.cos: "cos", sympy.tan: "tan",
    sympy.asin: "asin", sympy.acos: "acos", sympy.atan: "atan",
    sympy.sinh: "sinh", sympy.cosh: "cosh", sympy.tanh: "tanh",
    sympy.asinh: "asinh", sympy.acosh: "acosh", sympy.atanh: "atanh", sympy.erf: "erf", sympy.gamma: "gamma",
    sympy.StrictLessThan: "lt", sympy.LessThan: "le", sympy.StrictGreaterThan: "gt", sympy.GreaterThan: "ge",
    sympy.Equality: "eq", sympy.Unequality: "ne", sympy.Not: "not",
}  # fmt: skip


def from_sympy(value: Sympy) -> Expr:
    """The tree of a SymPy expression; a class without a meaning here raises `MeaningError`.

    >>> x = sympy.Symbol("x", positive=True)
    >>> from_sympy(2 * x).args[1].kind.domain.is_positive
    True
    """
    if isinstance(value, sympy.MatrixBase):
        return _from_matrix(value)
    if isinstance(value, sympy.NDimArray):
        return from_python(value.tolist()) if value.shape else from_sympy(value[()])
    if not isinstance(value, sympy.Basic):
        expected = "a number, list, SymPy expression or tree"
        raise MeaningError(f"a {type(value).__name__} is no expression", expected=expected)
    if value in _SPECIAL:
        return _SPECIAL[value]
    for kind, read in _READERS:
        if isinstance(value, kind):
            return read(value)
    head = _FUNCTIONS.get(value.func)
    if head is None:
        raise MeaningError(f"SymPy's {value.func.__name__} has no meaning here")
    return Apply(head, tuple(map(from_sympy, value.args)))


def _from_matrix(matrix: Sympy) -> Expr:
    rows = [[from_sympy(entry) for entry in matrix.row(k)] for k in range(matrix.rows)]
    return Sequence(tuple(Sequence(tuple(row)) for row in rows))


def _from_float(value: Sympy) -> Expr:
    return Number(Fraction(repr(float(value))))


def _domain(value: Sympy) -> Domain:
    zero = Fraction(0)
    base = Domain(integer=bool(value.is_integer)) if value.is_integer else REAL
    if value.is_positive:
        return Domain(base.integer, zero, True)
    if value.is_nonnegative:
        return Domain(base.integer, zero)
    if value.is_negative:
        return Domain(base.integer, None, False, zero, True)
    return base


def _from_symbol(value: Sympy) -> Expr:
    domain = _domain(value)
    return Variable(value.name, SCALAR if domain == REAL else Kind(domain=domain))


def _from_indexed(value: Sympy) -> Expr:
    array, shape = value.base, value.base.shape
    sizes = tuple(map(from_sympy, shape)) if shape else (None,) * len(value.indices)
    variable = Variable(str(array.label), Kind(sizes, _domain(array.label)))
    return Index(variable, tuple(map(from_sympy, value.indices)))


def _from_matrix_symbol(value: Sympy) -> Expr:
    return Variable(value.name, Kind(tuple(map(from_sympy, value.shape))))


def _from_matrix_element(value: Sympy) -> Expr:
    return Index(from_sympy(value.parent), (from_sympy(value.i), from_sympy(value.j)))


def _from_call(value: Sympy) -> Expr:
    return Call(Variable(value.func.__name__, FUNCTION), tuple(map(from_sympy, value.args)))


def _from_derivative(value: Sympy) -> Expr:
    function = value.expr
    counts = dict(value.variable_count)
    opaque = isinstance(function, AppliedUndef) and len(set(function.args)) == len(function.args)
    if not opaque or set(counts) - set(function.args):
        expected = "the derivative of an opaque function by one of its arguments"
        raise MeaningError("this SymPy Derivative has no meaning here", expected=expected)
    call = _from_call(function)
    assert isinstance(call, Call)
    return Call(call.function, call.args, tuple(int(counts.get(arg, 0)) for arg in function.args))


def _from_substitution(value: Sympy) -> Expr:
    pairs = zip(value.variables, value.point, strict=True)
    return substitute(from_sympy(value.expr), {from_sympy(old): from_sympy(new) for old, new in pairs})


def _from_piecewise(value: Sympy) -> Expr:
    branches = tuple((from_sympy(condition), from_sympy(branch)) for branch, condition in value.args)
    return build.cases(branches, None)


def _from_heaviside(value: Sympy) -> Expr:
    x = from_sympy(value.args[0])
    if value.args[1] == sympy.Rational(1, 2):
        return Apply("heaviside", (x,))
    at_zero = from_sympy(value.args[1])
    return Cases(((Apply("eq", (x, ZERO)), at_zero),), Apply("heaviside", (x,)))


def _from_bound(kind: BinderKind, value: Sympy) -> Expr:
    body = from_sympy(value.function)
    for variable, *ends in value.limits:
        if len(ends) != 2:
            raise MeaningError(f"a {kind} without bounds", expected=f"{variable} from … to …")
        bound = from_sympy(variable) if kind == "integral" else index_variable(variable.name)
        assert isinstance(bound, Variable)
        if kind != "integral":
            body = substitute(body, {from_sympy(variable): bound})
        body = Binder(kind, body, bound, from_sympy(ends[0]), from_sympy(ends[1]))
    return body


def _from_mod(value: Sympy) -> Expr:
    return Apply("mod", tuple(map(from_sympy, value.args)))


def _joined(make: Callable[..., Expr]) -> Callable[[Sympy], Expr]:
    return lambda value: make(*map(from_sympy, value.args))


_READERS: tuple[tuple[Sympy, Callable[[Sympy], Expr]], ...] = (
    (sympy.Rational, lambda value: Number(Fraction(int(value.p), int(value.q)))),
    (sympy.Float, _from_float),
    (sympy.Symbol, _from_symbol),
    (sympy.Add, _joined(build.add)),
    (sympy.Mul, _joined(build.mul)),
    (sympy.Pow, lambda value: _from_power(value)),
    (sympy.And, _joined(build.conjunction)),
    (sympy.Or, _joined(build.disjunction)),
    (sympy.Indexed, _from_indexed),
    (sympy.MatrixSymbol, _from_matrix_symbol),
    (MatrixElement, _from_matrix_element),
    (AppliedUndef, _from_call),
    (sympy.Derivative, _from_derivative),
    (sympy.Subs, _from_substitution),
    (sympy.Piecewise, _from_piecewise),
    (sympy.Heaviside, _from_heaviside),
    (sympy.Sum, partial(_from_bound, "sum")),
    (sympy.Product, partial(_from_bound, "prod")),
    (sympy.Integral, partial(_from_bound, "integral")),
    (sympy.Mod, _from_mod),
    (sympy.ceiling, lambda value: Apply("ceil", (from_sympy(value.args[0]),))),
    (sympy.Tuple, lambda value: Sequence(tuple(map(from_sympy, value.args)), "tuple")),
    (sympy.FiniteSet, lambda value: Sequence(tuple(map(from_sympy, value.args)), "set")),
)  # fmt: skip


def _from_power(value: Sympy) -> Expr:
    base, exponent = map(from_sympy, value.args)
    if exponent == MINUS_ONE:
        return Apply("div", (ONE, base))
    if exponent == HALF:
        return Apply("sqrt", (base,))
    return Apply("pow", (base, exponent))
