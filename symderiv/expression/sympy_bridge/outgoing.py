"""From trees and tensors to SymPy. ``Max``, ``Min``, ``Abs``, ``sign`` and ``floor`` stay unevaluated:

evaluating them costs milliseconds each, and SymPy's word on signs is not always right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy

from symderiv.errors import MeaningError
from symderiv.expression.kinds import Domain
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import (
    TRUE,
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    index_variable,
)

if TYPE_CHECKING:
    from symderiv.tensor import Tensor

Sympy = Any  # SymPy carries no types

_CONSTANTS: dict[str, Sympy] = {
    "pi": sympy.pi,
    "e": sympy.E,
    "oo": sympy.oo,
    "true": sympy.true,
    "false": sympy.false,
    "undefined": sympy.nan,
}


def _heaviside(x: Sympy) -> Sympy:
    return sympy.Heaviside(x, sympy.Rational(1, 2), evaluate=False)


def _unevaluated(make: Sympy) -> Callable[..., Sympy]:
    return partial(make, evaluate=False)


_HEADS: dict[str, Callable[..., Sympy]] = {
    "add": sympy.Add,
    "sub": lambda a, b: a - b,
    "pos": lambda a: a,
    "matmul": sympy.Mul,
    "hadamard": sympy.Mul,
    "pow": sympy.Pow,
    "floordiv": lambda a, b: sympy.floor(a / b, evaluate=False),
    "mod": lambda a, b: a - b * sympy.floor(a / b, evaluate=False),
    "factorial": sympy.factorial,
    "sqrt": sympy.sqrt,
    "exp": sympy.exp,
    "log": sympy.log,
    "abs": _unevaluated(sympy.Abs),
    "sign": _unevaluated(sympy.sign),
    "floor": _unevaluated(sympy.floor),
    "ceil": _unevaluated(sympy.ceiling),
    "max": _unevaluated(sympy.Max),
    "min": _unevaluated(sympy.Min),
    "heaviside": _heaviside,
    "relu": lambda x: sympy.Max(0, x, evaluate=False),
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "delta": sympy.KroneckerDelta,
    "lt": sympy.Lt,
    "le": sympy.Le,
    "gt": sympy.Gt,
    "ge": sympy.Ge,
    "eq": sympy.Eq,
    "ne": sympy.Ne,
    "and": sympy.And,
    "or": sympy.Or,
    "not": sympy.Not,
    **{
        name: getattr(sympy, name)
        for name in (
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "erf",
            "gamma",
            "sinh",
            "cosh",
            "tanh",
            "asinh",
            "acosh",
            "atanh",
        )
    },
}


def to_sympy(expr: Expr) -> Sympy:
    """The SymPy expression of a scalar, a condition, or (nested lists) an array of them.

    >>> from symderiv.expression.tree import Apply, Number, Variable
    >>> to_sympy(Apply("max", (Variable("x"), Number(0))))
    Max(0, x)
    """
    match expr:
        case Number(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Constant(name=name):
            return _CONSTANTS[name]
        case Variable():
            return _symbol(expr)
        case Apply(head="mul" | "div" | "neg", options=()):
            return sympy.Mul(*_factors(expr))
        case Apply(head=head, args=args, options=()) if head in _HEADS:
            return _HEADS[head](*map(to_sympy, args))
        case Index():
            return _entry(expr)
        case Call():
            return _call(expr)
        case Cases():
            return _piecewise(expr)
        case Binder():
            return _bound(expr)
        case Sequence(kind="list", items=items):
            return sympy.Array([to_sympy(item) for item in items])
        case Sequence(kind=kind, items=items):
            return (sympy.FiniteSet if kind == "set" else sympy.Tuple)(*map(to_sympy, items))
    raise MeaningError(
        f"SymPy has no form for {getattr(expr, 'head', type(expr).__name__)!r}",
        cure="take its meaning first: symderiv.meaning(…).to_sympy()",
    )


def _factors(expr: Expr) -> list[Sympy]:
    """The factors of a product, joined at once: one by one SymPy would make a sum of ``3*(x + 1)/(2*y)``."""
    match expr:
        case Apply(head="mul", args=args, options=()):
            return [factor for arg in args for factor in _factors(arg)]
        case Apply(head="div", args=(above, below), options=()):
            return _factors(above) + [1 / factor for factor in _factors(below)]
        case Apply(head="neg", args=(arg,), options=()):
            return [sympy.Integer(-1), *_factors(arg)]
    return [to_sympy(expr)]


def _assumptions(domain: Domain) -> dict[str, bool]:
    if domain.integer:
        known = {"integer": True}
        if domain.modulus == 2:
            known["even" if domain.residue == 0 else "odd"] = True
    else:
        known = {"real": True}
    if domain.is_positive:
        known["positive"] = True
    elif domain.is_nonnegative:
        known["nonnegative"] = True
    elif domain.is_negative:
        known["negative"] = True
    return known


def _symbol(variable: Variable) -> Sympy:
    known = _assumptions(variable.kind.domain)
    if variable.kind.shape:
        return sympy.IndexedBase(variable.name, **known)
    return sympy.Symbol(variable.name, **known)


def _entry(expr: Index) -> Sympy:
    at = [to_sympy(index) - expr.origin for index in expr.indices]
    match expr.base:
        case Variable() as array:
            known = _assumptions(array.kind.domain)
            return sympy.Indexed(sympy.IndexedBase(array.name, **known), *at)
        case Sequence() as table:
            return _choose(table, at)
    raise MeaningError("SymPy has no form for an entry of an expression", cure="take its meaning first")


def _choose(table: Expr, at: list[Sympy]) -> Sympy:
    """The entry of a literal table: a distinction of cases where the index is a symbol."""
    if not at or not isinstance(table, Sequence):
        return to_sympy(table)
    rows = [_choose(row, at[1:]) for row in table.items]
    if at[0].is_Integer:
        return rows[int(at[0])]
    return sympy.Piecewise(*((row, sympy.Eq(at[0], k)) for k, row in enumerate(rows)))


def _call(expr: Call) -> Sympy:
    function = sympy.Function(expr.function.name, real=True)
    args = [to_sympy(arg) for arg in expr.args]
    if not any(expr.orders):
        return function(*args)
    dummies = [sympy.Dummy(f"xi_{k}", real=True) for k in range(len(args))]
    wrt = [(dummy, order) for dummy, order in zip(dummies, expr.orders, strict=True) if order]
    return sympy.Subs(sympy.Derivative(function(*dummies), *wrt), tuple(dummies), tuple(args))


def _piecewise(expr: Cases) -> Sympy:
    branches = [(to_sympy(value), to_sympy(condition)) for condition, value in expr.branches]
    otherwise = sympy.nan if expr.otherwise is None else to_sympy(expr.otherwise)
    return sympy.Piecewise(*branches, (otherwise, True))


_BINDERS: dict[str, tuple[Sympy, Sympy]] = {
    "sum": (sympy.Sum, sympy.Integer(0)),
    "prod": (sympy.Product, sympy.Integer(1)),
    "integral": (sympy.Integral, sympy.Integer(0)),
}


def _bound(expr: Binder) -> Sympy:
    if expr.kind not in _BINDERS or expr.lower is None or expr.upper is None:
        raise MeaningError(f"SymPy has no form for this {expr.kind}", cure="give it numeric bounds")
    make, neutral = _BINDERS[expr.kind]
    body = to_sympy(expr.body)
    if expr.condition != TRUE:
        body = sympy.Piecewise((body, to_sympy(expr.condition)), (neutral, True))
    return make(body, (_symbol(expr.variable), to_sympy(expr.lower), to_sympy(expr.upper)))


def tensor_to_sympy(tensor: Tensor) -> Sympy:
    """A scalar, a Matrix (a vector is a column), or an N-dim array.

    With symbolic sizes, a Lambda from indices to the entry.
    """
    if not tensor.shape:
        return to_sympy(tensor.entry())
    sizes = tensor.sizes
    if sizes is None:
        names = [sympy.Symbol(name, integer=True) for name in _index_names(tensor)]
        at = tuple(index_variable(str(name)) for name in names)
        return sympy.Lambda(tuple(names), to_sympy(tensor.formula(*at)))
    entries = [to_sympy(tensor.entry(*map(Number, at))) for at in tensor.positions()]
    if len(sizes) > 2:
        return sympy.ImmutableDenseNDimArray(entries, sizes)
    return sympy.ImmutableMatrix(sizes[0], sizes[1] if len(sizes) == 2 else 1, entries)


def _index_names(tensor: Tensor) -> list[str]:
    taken = {variable.name for variable in free_variables(tensor.value)}
    letters = (letter for letter in "ijklmnpqrstuvw" if letter not in taken)
    return [next(letters) for _ in tensor.shape]
