"""Functions with a syntax of their own: sums over a range, integrals, limits, cases, matrices, logarithms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.expression.kinds import SCALAR
from symderiv.expression.tree import TRUE, Apply, Binder, Cases, Expr, Mapping, Number, Sequence
from symderiv.language.assemble import ungrouped
from symderiv.language.ranges import before, comprehend, limits_of, over_limits
from symderiv.language.size import check_factorial
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Comprehension, Items, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.resolve import Resolver

Form = Callable[["Resolver", Applied], Expr | None]
"""Makes the tree of a call, or None where it is an ordinary call after all."""


def _wrong(node: Node, expected: str, message: str = "this isn't complete") -> Misread:
    return Misread(message, node.start, node.end, expected=expected)


def _unwanted(node: Applied) -> Misread:
    name = node.options[0][0]
    return Misread(f"nothing is named '{name.name}' here", name.start, name.end, cure="leave it out")


def without_options(form: Form) -> Form:
    """The form, refusing named arguments instead of dropping them."""

    def strict(self: Resolver, node: Applied) -> Expr | None:
        if node.options:
            raise _unwanted(node)
        return form(self, node)

    return strict


def _binder(kind: str) -> Form:
    """``sum(f, (i, a, b))``, ``sum(f(i) for i in …)``, ``sum(x[i], i)``; else the reduction of an array."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        if not node.args:
            raise _wrong(node, f"{kind}(f, (i, a, b))")
        body = node.args[0]
        if isinstance(body, Comprehension) and body.kind == "argument":
            return comprehend(self, kind, body)
        limits = [limits_of(arg) for arg in node.args[1:]]
        if limits and all(limits) and not node.options:
            return over_limits(self, kind, body, [limit for limit in limits if limit])
        names = [ungrouped(arg) for arg in node.args[1:]]
        indices = [name for name in names if isinstance(name, Name) and _can_bind(self, name)]
        if kind in ("sum", "prod") and indices and len(indices) == len(names):
            return over_limits(self, kind, body, [(name, ()) for name in indices])
        return None

    return form


def _can_bind(self: Resolver, name: Name) -> bool:
    """May the name be an index that a sum without bounds runs through?"""
    found = self.look_up(name.name)
    return found is None or (hasattr(found, "kind") and found.kind.index)


def _forall(self: Resolver, node: Applied) -> Expr | None:
    made = _binder("forall")(self, node)
    if made is None:
        raise _wrong(node, "all(f(i) > 0 for i in range(n))")
    return made


def _mean(self: Resolver, node: Applied) -> Expr | None:
    if node.args and isinstance(node.args[0], Comprehension):
        array = node.args[0]
        inner = comprehend(self, "array", array)
        return Apply("mean", (inner,))
    return None


def _integral(self: Resolver, node: Applied) -> Expr | None:
    """``integral(f, (x, a, b))``; ``integral(H, a, b)`` of a function by its name."""
    function = ungrouped(node.args[0]) if len(node.args) == 3 else None
    if isinstance(function, Name):
        variable = Name("_t", function.start, function.end)
        applied = Applied(function, (variable,), (), function.start, function.end)
        return over_limits(self, "integral", applied, [(variable, tuple(node.args[1:]))])
    limits = limits_of(node.args[1]) if len(node.args) == 2 else None
    if limits is None or len(limits[1]) != 2:
        raise _wrong(node, "integral(f, (x, a, b))", "an integral needs its variable and both bounds")
    return over_limits(self, "integral", node.args[0], [limits])


def _limit(self: Resolver, node: Applied) -> Expr | None:
    """``limit(f, x, 0, '+')``; SymPy names the side: ``dir='+'``."""
    args = node.args
    if len(args) == 3 and [name.name for name, _ in node.options] == ["dir"]:
        args = (*args, node.options[0][1])
    elif node.options:
        raise _unwanted(node)
    name = ungrouped(args[1]) if len(args) in (3, 4) else None
    if not isinstance(name, Name):
        raise _wrong(node, "limit(f, x, 0, '+')", "a limit needs its variable and its point")
    point = self.tree(args[2])
    side = () if len(args) == 3 else (self.tree(args[3]),)
    variable = self.bound_variable(name, SCALAR)
    with self.binding(name.name, variable):
        body = self.tree(args[0])
    return Apply("limit", (body, variable.at(name.start, name.end), point, *side))


def _piecewise(self: Resolver, node: Applied) -> Expr | None:
    """SymPy's ``Piecewise((value, condition), …)``; a last condition True is what holds otherwise."""
    branches: list[tuple[Expr, Expr]] = []
    for arg in node.args:
        if not isinstance(arg, Items) or len(arg.items) != 2:
            raise _wrong(arg, "(value, condition)", "this is no case")
        value, condition = self.trees(arg.items)
        if condition == TRUE:
            return Cases(tuple(branches), value) if branches else value
        branches.append((condition, value))
    if not branches:
        raise _wrong(node, "Piecewise((value, condition), …)")
    return Cases(tuple(branches), None)


def _if_then_else(self: Resolver, node: Applied) -> Expr | None:
    """SymPy's ``ITE(c, a, b)``."""
    if len(node.args) != 3:
        raise _wrong(node, "ITE(condition, value, otherwise)")
    condition, value, otherwise = self.trees(node.args)
    return Cases(((condition, value),), otherwise)


def _matrix(self: Resolver, node: Applied) -> Expr | None:
    """``Matrix([[…]])`` is the list itself; ``Matrix([a, b])`` a column."""
    if len(node.args) == 3:
        return _filled_matrix(self, node)
    rows = self.tree(node.args[0]) if len(node.args) == 1 else None
    if not isinstance(rows, Sequence):
        raise _wrong(node, "Matrix([[a, b], [c, d]])")
    return rows


def _filled_matrix(self: Resolver, node: Applied) -> Expr:
    """SymPy's ``Matrix(rows, columns, [entries])``, as it prints an empty one."""
    rows, columns, entries = self.trees(node.args)
    if not (isinstance(rows, Number) and isinstance(columns, Number) and isinstance(entries, Sequence)):
        raise _wrong(node, "Matrix([[a, b], [c, d]])")
    m, n = rows.value, columns.value
    if not isinstance(m, int) or not isinstance(n, int) or m * n != len(entries.items):
        raise _wrong(node, "rows × columns entries", "the entries don't fill this matrix")
    return Sequence(tuple(Sequence(entries.items[k * n : k * n + n]) for k in range(m)))


def _rational(self: Resolver, node: Applied) -> Expr | None:
    """``Rational(1, 2)``: an exact number."""
    values = [_integer_of(arg) for arg in node.args]
    numbers = [value for value in values if value is not None]
    if len(numbers) != len(values) or len(numbers) not in (1, 2):
        raise _wrong(node, "Rational(1, 2)")
    if len(numbers) == 2 and numbers[1] == 0:
        raise Misread("a fraction over 0", node.start, node.end)
    return Number(Fraction(*numbers))


def _integer_of(node: Node) -> int | None:
    node = ungrouped(node)
    return node.value if isinstance(node, Numeral) and isinstance(node.value, int) else None


def _log(self: Resolver, node: Applied) -> Expr | None:
    """``log(x, b)`` is the logarithm to base b."""
    if len(node.args) != 2 or node.options:
        return None
    value, base = self.trees(node.args)
    return Apply("div", (Apply("log", (value,)), Apply("log", (base,))))


def _log_to(base: int) -> Form:
    def form(self: Resolver, node: Applied) -> Expr | None:
        if len(node.args) != 1:
            raise _wrong(node, f"log{base}(x)")
        value = self.tree(node.args[0])
        return Apply("div", (Apply("log", (value,)), Apply("log", (Number(base),))))

    return form


def _delta(self: Resolver, node: Applied) -> Expr | None:
    if len(node.args) != 2:
        raise _wrong(node, "delta(i, j)", "Kronecker's delta has two indices")
    return Apply("delta", tuple(self.as_role("index", arg) for arg in node.args))


def _sized(head: str) -> Form:
    """``zeros(n, m)``: the names in it are sizes."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        from symderiv.language.calls import plain

        before_role, self.role = self.role, "size"
        try:
            return plain(self, head, node)
        finally:
            self.role = before_role

    return form


def _factorial(self: Resolver, node: Applied) -> Expr | None:
    for arg in node.args:
        check_factorial(arg, node)
    return None


def _power(self: Resolver, node: Applied) -> Expr | None:
    if len(node.args) != 2:
        raise _wrong(node, "pow(x, n)")
    return self.tree(Operation("pow", node.args, node.start, node.end))


def _listed(kind: str) -> Form:
    """``list(…)``, ``Tuple(a, b)``, ``FiniteSet(a, b)``."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        items = self.trees(node.args)
        if len(items) == 1 and isinstance(items[0], Sequence):
            return Sequence(items[0].items, kind)
        return Sequence(items, kind)

    return form


def _range(self: Resolver, node: Applied) -> Expr | None:
    """``range(a, b)`` by itself: the list of its numbers."""
    if not 1 <= len(node.args) <= 2:
        raise _wrong(node, "range(a, b)")
    ends = [self.as_role("size", arg) for arg in node.args]
    index = self.bound_variable(Name("i", node.start, node.end))
    lower = ends[0] if len(ends) == 2 else Number(0)
    return Binder("array", index, index, lower, before(ends[-1]))


def _dict(self: Resolver, node: Applied) -> Expr | None:
    if node.args:
        raise _wrong(node, "dict(mu=…, sigma=…)")
    return Mapping(tuple((_key(self, name), self.tree(value)) for name, value in node.options))


def _key(self: Resolver, name: Name) -> str:
    from symderiv.language import names
    from symderiv.language.spelling import normal

    found = names.declared(self.scope, name.name)
    return found.name if found is not None else normal(name.name)


def _join(head: str) -> Form:
    """SymPy's ``And(a, b)``, ``Eq(a, b)``, ``Add(a, b, c)``: an operator spelt as a function."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        args = self.trees(node.args)
        if head in ("and", "or", "add", "mul") and len(args) == 1:
            return args[0]
        wanted = 1 if head == "not" else 2
        if len(args) < wanted or (len(args) > wanted and head not in ("and", "or", "add", "mul")):
            raise _wrong(node, "its two operands")
        return Apply(head, args)

    return form


_WITHOUT_OPTIONS: dict[str, Form] = {
    **{head: _join(head) for head in "and or not eq ne lt le gt ge mod add mul".split()},
    **{kind: _listed(kind) for kind in ("list", "tuple", "set")},
    "Tuple": _listed("tuple"),
    "forall": _forall,
    "integral": _integral,
    "Piecewise": _piecewise,
    "ITE": _if_then_else,
    "Matrix": _matrix,
    "Rational": _rational,
    "Integer": _rational,
    "log2": _log_to(2),
    "log10": _log_to(10),
    "delta": _delta,
    "pow": _power,
    "range": _range,
}
FORMS: dict[str, Form] = {
    **{kind: _binder(kind) for kind in ("sum", "prod", "max", "min")},
    **{head: _sized(head) for head in ("eye", "zeros", "ones")},
    **{head: without_options(form) for head, form in _WITHOUT_OPTIONS.items()},
    "mean": _mean,
    "limit": _limit,
    "log": _log,
    "factorial": _factorial,
    "gamma": _factorial,
    "binomial": _factorial,
    "dict": _dict,
}
