"""Prints a tree in the text language, with no bracket more than it takes to read back as the same tree."""

from __future__ import annotations

from collections.abc import Callable, Collection

from symderiv.expression.operators import ATOM, BY_HEAD, CONDITIONAL, Operator
from symderiv.expression.parts import terms_of
from symderiv.expression.printing.number_text import number_text
from symderiv.expression.printing.slices import places_of
from symderiv.expression.printing.walked_entry import walked_entry
from symderiv.expression.printing.written import written
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    ONE,
    TRUE,
    Apply,
    Binder,
    Call,
    Cases,
    Constant,
    Expr,
    Index,
    Mapping,
    Number,
    Sequence,
    Text,
    Variable,
)

Printed = tuple[str, int]
"""A text, and how tightly its outermost operator binds."""

BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}
_PREFIX = BY_HEAD["neg"].precedence


def to_text(expr: Expr) -> str:
    """The tree in the text language.

    >>> x = Variable("x")
    >>> to_text(Apply("mul", (Apply("add", (x, Number(1))), x)))
    '(x + 1)*x'
    """
    return _print(expr)[0]


def entry_text(entry: Expr) -> str:
    """An entry (see `symderiv.expression.build`) with differences, quotients and roots put back.

    >>> x = Variable("x")
    >>> entry_text(Apply("mul", (Number(-1), Apply("pow", (x, Number(-1))))))
    '-1/x'
    """
    return to_text(written(entry))


def shape_text(shape: Collection[Expr]) -> str:
    """The sizes of an array with × between them.

    >>> shape_text((Apply("add", (Variable("n"), Number(-1))), Number(2))), shape_text(())
    ('(n - 1)×2', 'scalar')
    """
    if len(shape) == 1:
        return "".join(map(entry_text, shape))
    return "×".join(inside(written(size), ATOM) for size in shape) or "scalar"


def _print(expr: Expr) -> Printed:
    return _TABLE[type(expr)](expr)


def inside(expr: Expr, precedence: int) -> str:
    """The text of an operand, in brackets if it binds less tightly than ``precedence``."""
    text, own = _print(expr)
    return text if own >= precedence else f"({text})"


def _number(expr: Number) -> Printed:
    text = number_text(expr.value)
    if "/" in text:
        return text, BY_HEAD["div"].precedence if expr.value > 0 else _PREFIX - 11
    return text, _PREFIX if expr.value < 0 else ATOM


def _constant(expr: Constant) -> Printed:
    return expr.name, ATOM


def _text(expr: Text) -> Printed:
    return f"'{expr.value}'", ATOM


def _variable(expr: Variable) -> Printed:
    return expr.name, ATOM


def _apply(expr: Apply) -> Printed:
    """A node that stands in a formula more than once is printed once."""
    if expr.printed is None:
        expr.printed = _applied(expr)
    return expr.printed


def _applied(expr: Apply) -> Printed:
    operator = BY_HEAD.get(expr.head)
    if expr.head == "primed":
        return _primed(expr)
    sliced = None if operator is not None else places_of(expr, to_text)
    if sliced is not None:
        return f"{inside(sliced[0], ATOM)}[{', '.join(sliced[1])}]", ATOM
    if operator is None or expr.options or not expr.args:
        return _function(expr.head, expr.args, expr.options)
    if operator.side == "prefix":
        if operator.symbol.isalpha():
            return f"{operator.symbol} {inside(expr.args[0], operator.precedence)}", operator.precedence
        return f"{operator.symbol}{_bracketed(expr.args[0], operator.precedence)}", operator.precedence
    if operator.side == "postfix":
        tight = (
            ATOM + 1 if isinstance(expr.args[0], Number) and operator.symbol == ".T" else operator.precedence
        )
        return f"{inside(expr.args[0], tight)}{operator.symbol}", operator.precedence
    if len(expr.args) < 2 or (len(expr.args) > 2 and not operator.nary):
        return _function(expr.head, expr.args, ())
    if expr.head == "add":
        return _sum(expr.args), operator.precedence
    return _infix(operator, expr.args), operator.precedence


def _function(head: str, args: tuple[Expr, ...], options: tuple[tuple[str, Expr], ...]) -> Printed:
    words = [to_text(arg) for arg in args] + [f"{name}={to_text(value)}" for name, value in options]
    return f"{head}({', '.join(words)})", ATOM


def _primed(expr: Apply) -> Printed:
    """``tanh'(x)``."""
    match expr.args:
        case (Apply() as called, Number(value=order)):
            return _function(called.head + "'" * int(order), called.args, called.options)
    return _function(expr.head, expr.args, expr.options)


def _infix(operator: Operator, args: tuple[Expr, ...]) -> str:
    tight = operator.precedence
    apart = _same_level(args[0], operator) or _mixed(args[0], operator)
    left = tight + 1 if operator.side in ("right", "chain") or apart else tight
    right = tight if operator.side == "right" else tight + 1
    symbol = (
        operator.symbol if operator.precedence >= 60 and operator.symbol in "*/^" else f" {operator.symbol} "
    )
    return symbol.join([inside(args[0], left), *(inside(arg, right) for arg in args[1:])])


def _same_level(first: Expr, operator: Operator) -> bool:
    """Would the first operand melt into an n-ary chain without brackets? ``(a b) c`` is not ``a b c``."""
    return operator.nary and isinstance(first, Apply) and first.head == operator.head


def _mixed(first: Expr, operator: Operator) -> bool:
    """``(a ⊙ b)*x.T``: nobody should have to know that ``a ⊙ b*x.T`` is read from the left."""
    return operator.head in ("mul", "matmul") and isinstance(first, Apply) and first.head == "hadamard"


def _sum(terms: tuple[Expr, ...]) -> str:
    """``a + b - c``: later terms with a minus sign are subtracted (a sum of two keeps its plus)."""
    tight = BY_HEAD["add"].precedence + 1
    first = terms[0]
    melts = isinstance(first, Apply) and first.head in ("add", "sub")
    words = [inside(first, tight if melts else tight - 1)]
    for term in terms[1:]:
        if len(terms) > 2 and isinstance(term, Number) and term.value < 0:
            words.append(f" - {number_text(-term.value)}")
        elif len(terms) > 2 and isinstance(term, Apply) and term.head == "neg":
            words.append(f" - {_bracketed(term.args[0], tight)}")
        else:
            words.append(f" + {inside(term, tight)}")
    return "".join(words)


def _bracketed(operand: Expr, precedence: int) -> str:
    """What a minus sign stands before: a number but 0 keeps brackets, for ``-2`` is a number by itself."""
    text = inside(operand, precedence)
    own_number = isinstance(operand, Number) and operand.value != 0 and text.isdigit()
    return f"({text})" if own_number or text[0] in "-+" else text


def _call(expr: Call) -> Printed:
    primes = "'" * expr.orders[0] if len(expr.orders) == 1 else ""
    args = ", ".join(to_text(arg) for arg in expr.args)
    if len(expr.orders) > 1 and any(expr.orders):
        wanted = ", ".join(f"({to_text(a)}, {n})" for a, n in zip(expr.args, expr.orders, strict=True) if n)
        return f"diff({expr.function.name}({args}), {wanted})", ATOM
    return f"{expr.function.name}{primes}({args})", ATOM


def _index(expr: Index) -> Printed:
    return f"{inside(expr.base, ATOM)}[{', '.join(to_text(index) for index in expr.indices)}]", ATOM


def _binder(expr: Binder) -> Printed:
    plain = expr.condition == TRUE and expr.kind not in ("array", "set", "forall")
    if plain and expr.lower is not None and expr.upper is not None:
        ends = f"{to_text(expr.lower)}, {to_text(expr.upper)}"
        return f"{expr.kind}({to_text(expr.body)}, ({expr.variable.name}, {ends}))", ATOM
    entry = walked_entry(expr)
    if entry is None and plain:
        return f"{expr.kind}({to_text(expr.body)}, {expr.variable.name})", ATOM
    words = _comprehension(expr) if entry is None else _through(expr, *entry)
    opening, closing = {"array": ("[", "]"), "set": ("{", "}")}.get(expr.kind, (f"{expr.kind}(", ")"))
    return f"{opening}{words}{closing}", ATOM


def _comprehension(expr: Binder) -> str:
    """``f(i) for i in range(a, b) if c``."""
    name = expr.variable.name
    lower = "" if expr.lower is None else f"{to_text(expr.lower)}, "
    upper = "" if expr.upper is None else _past(expr.upper)
    return f"{inside(expr.body, CONDITIONAL)} for {name} in range({lower}{upper}){_filter(expr.condition)}"


def _filter(condition: Expr) -> str:
    return "" if condition == TRUE else f" if {inside(condition, CONDITIONAL + 1)}"


def _through(expr: Binder, entry: Index, name: str) -> str:
    """``f(x) for x in S``."""
    body, condition = (substitute(part, {entry: Variable(name)}) for part in (expr.body, expr.condition))
    words = inside(body, CONDITIONAL)
    return f"{words} for {name} in {inside(entry.base, CONDITIONAL + 1)}{_filter(condition)}"


def _past(upper: Expr) -> str:
    """One past an inclusive bound: ``n - 1`` prints as ``n``, which reads back as ``n - 1``."""
    if isinstance(upper, Number):
        return number_text(upper.value + 1)
    if (
        isinstance(upper, Apply)
        and upper.head == "sub"
        and upper.args[1] == ONE
        and not _ends_in_one(upper.args[0])
    ):
        return to_text(upper.args[0])
    terms = terms_of(upper)
    return to_text(Apply("add", (*terms, ONE)))


def _ends_in_one(stop: Expr) -> bool:
    """Would the reader take the end of a range before ``stop`` for something else than ``stop - 1``?"""
    return isinstance(stop, Number) or (
        isinstance(stop, Apply) and stop.head == "add" and stop.args[-1] == ONE
    )


def _cases(expr: Cases) -> Printed:
    words = [
        f"{inside(value, CONDITIONAL + 1)} if {inside(condition, CONDITIONAL + 1)} else "
        for condition, value in expr.branches
    ]
    last = "undefined" if expr.otherwise is None else inside(expr.otherwise, CONDITIONAL + 1)
    return "".join(words) + last, CONDITIONAL


def _sequence(expr: Sequence) -> Printed:
    opening, closing = BRACKETS[expr.kind]
    words = ", ".join(to_text(item) for item in expr.items)
    comma = "," if expr.kind == "tuple" and len(expr.items) == 1 else ""
    return f"{opening}{words}{comma}{closing}", ATOM


def _mapping(expr: Mapping) -> Printed:
    words = (
        f"{key if isinstance(key, str) else to_text(key)}: {to_text(value)}" for key, value in expr.items
    )
    return f"{{{', '.join(words)}}}", ATOM


_TABLE: dict[type[Expr], Callable[..., Printed]] = {
    Number: _number,
    Constant: _constant,
    Text: _text,
    Variable: _variable,
    Apply: _apply,
    Call: _call,
    Index: _index,
    Binder: _binder,
    Cases: _cases,
    Sequence: _sequence,
    Mapping: _mapping,
}
