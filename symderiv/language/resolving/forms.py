"""Functions with a syntax of their own: sums, limits, cases, matrices, logarithms, and SymPy's operators."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.expression.tree import TRUE, Apply, Cases, Expr, Mapping, Number, Sequence, SequenceKind
from symderiv.language.resolving.assemble import ungrouped
from symderiv.language.resolving.binder_forms import (
    binder_form,
    forall_form,
    integral_form,
    limit_form,
    mean_form,
    range_form,
    value_at_form,
)
from symderiv.language.resolving.form import Form, incomplete, without_options
from symderiv.language.size import check_factorial
from symderiv.language.source import Misread
from symderiv.language.syntax import Applied, Items, Name, Node, Numeral, Operation

if TYPE_CHECKING:
    from symderiv.language.resolving.resolve import Resolver


def _piecewise(self: Resolver, node: Applied) -> Expr | None:
    """SymPy's ``Piecewise((value, condition), …)``; a last condition True is what holds otherwise."""
    branches: list[tuple[Expr, Expr]] = []
    for arg in node.args:
        if not isinstance(arg, Items) or len(arg.items) != 2:
            raise incomplete(arg, "(value, condition)", "this is no case")
        value, condition = self.trees(arg.items)
        if condition == TRUE:
            return Cases(tuple(branches), value) if branches else value
        branches.append((condition, value))
    if not branches:
        raise incomplete(node, "Piecewise((value, condition), …)")
    return Cases(tuple(branches), None)


def _if_then_else(self: Resolver, node: Applied) -> Expr | None:
    """SymPy's ``ITE(c, a, b)``."""
    if len(node.args) != 3:
        raise incomplete(node, "ITE(condition, value, otherwise)")
    condition, value, otherwise = self.trees(node.args)
    return Cases(((condition, value),), otherwise)


def _diag(self: Resolver, node: Applied) -> Expr | None:
    """``diag(a, b)`` is the diagonal matrix of the vector of a and b."""
    if len(node.args) < 2 or node.options:
        return None
    return Apply("diag", (Sequence(self.trees(node.args)),))


def _matrix(self: Resolver, node: Applied) -> Expr | None:
    """``Matrix([[…]])`` is the list itself; ``Matrix([a, b])`` a column."""
    if len(node.args) == 3:
        return _filled_matrix(self, node)
    rows = self.tree(node.args[0]) if len(node.args) == 1 else None
    if not isinstance(rows, Sequence):
        raise incomplete(node, "Matrix([[a, b], [c, d]])")
    return rows


def _filled_matrix(self: Resolver, node: Applied) -> Expr:
    """SymPy's ``Matrix(rows, columns, [entries])``, as it prints an empty one."""
    rows, columns, entries = self.trees(node.args)
    if not (isinstance(rows, Number) and isinstance(columns, Number) and isinstance(entries, Sequence)):
        raise incomplete(node, "Matrix([[a, b], [c, d]])")
    m, n = rows.value, columns.value
    if not isinstance(m, int) or not isinstance(n, int) or m * n != len(entries.items):
        raise incomplete(node, "rows × columns entries", "the entries don't fill this matrix")
    return Sequence(tuple(Sequence(entries.items[k * n : k * n + n]) for k in range(m)))


def _rational(self: Resolver, node: Applied) -> Expr | None:
    """``Rational(1, 2)``: an exact number."""
    values = [_integer_of(arg) for arg in node.args]
    numbers = [value for value in values if value is not None]
    if len(numbers) != len(values) or len(numbers) not in (1, 2):
        raise incomplete(node, "Rational(1, 2)")
    if len(numbers) == 2 and numbers[1] == 0:
        raise Misread("a fraction over 0", node.start, node.end, cure="write another denominator")
    return Number(Fraction(*numbers))


def _integer_of(node: Node) -> int | None:
    node = ungrouped(node)
    return node.value if isinstance(node, Numeral) and isinstance(node.value, int) else None


def _log(self: Resolver, node: Applied) -> Expr | None:
    """``log(x, b)`` is the logarithm to base b."""
    if len(node.args) != 2 or node.options:
        return None
    if all(isinstance(each, Numeral) for each in node.args) and node.args[1].start == node.args[0].end + 1:
        first, last = node.args
        raise Misread(
            "a decimal comma, or the base of a logarithm?",
            first.start,
            last.end,
            cure="write a point for a decimal number, a blank behind the comma for a base",
        )
    value, base = self.trees(node.args)
    return Apply("div", (Apply("log", (value,)), Apply("log", (base,))))


def _log_to(base: int) -> Form:
    def form(self: Resolver, node: Applied) -> Expr | None:
        if len(node.args) != 1:
            raise incomplete(node, f"log{base}(x)")
        value = self.tree(node.args[0])
        return Apply("div", (Apply("log", (value,)), Apply("log", (Number(base),))))

    return form


def _delta(self: Resolver, node: Applied) -> Expr | None:
    if len(node.args) != 2:
        raise incomplete(node, "delta(i, j)", "Kronecker's delta has two indices")
    return Apply("delta", tuple(self.as_role("index", arg) for arg in node.args))


def _hessian(self: Resolver, node: Applied) -> Expr | None:
    """``hessian(L, x)``, the second derivatives of a number by x, is the Jacobian of its gradient."""
    if len(node.args) != 2:
        raise incomplete(node, "hessian(L, x)")
    of, by = self.trees(node.args)
    return Apply("jacobian", (Apply("gradient", (of, by)), by))


def _sized(head: str) -> Form:
    """``zeros(n, m)``: the names in it are sizes."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        from symderiv.language.resolving.calls import plain

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
        raise incomplete(node, "pow(x, n)")
    return self.tree(Operation("pow", node.args, node.start, node.end))


def _listed(kind: SequenceKind) -> Form:
    """``list(…)``, ``Tuple(a, b)``, ``FiniteSet(a, b)``."""

    def form(self: Resolver, node: Applied) -> Expr | None:
        items = self.trees(node.args)
        if len(items) == 1 and isinstance(items[0], Sequence):
            return Sequence(items[0].items, kind)
        return Sequence(items, kind)

    return form


def _dict(self: Resolver, node: Applied) -> Expr | None:
    if node.args:
        raise incomplete(node, "dict(mu=…, sigma=…)")
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
            raise incomplete(node, "its two operands")
        return Apply(head, args)

    return form


_WITHOUT_OPTIONS: dict[str, Form] = {
    **{head: _join(head) for head in "and or not eq ne lt le gt ge mod add mul".split()},
    **{kind: _listed(kind) for kind in ("list", "tuple", "set")},
    "Tuple": _listed("tuple"),
    "forall": forall_form,
    "value_at": value_at_form,
    "integral": integral_form,
    "Piecewise": _piecewise,
    "ITE": _if_then_else,
    "Matrix": _matrix,
    "hessian": _hessian,
    "Rational": _rational,
    "Integer": _rational,
    "log2": _log_to(2),
    "log10": _log_to(10),
    "delta": _delta,
    "pow": _power,
    "range": range_form,
}
FORMS: dict[str, Form] = {
    **{kind: binder_form(kind) for kind in ("sum", "prod", "max", "min")},
    **{head: _sized(head) for head in ("eye", "zeros", "ones")},
    **{head: without_options(form) for head, form in _WITHOUT_OPTIONS.items()},
    "mean": mean_form,
    "diag": _diag,
    "limit": limit_form,
    "log": _log,
    "factorial": _factorial,
    "gamma": _factorial,
    "binomial": _factorial,
    "dict": _dict,
}
