"""Each rule of the text grammar made into a node of syntax, as it is recognised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lark import Token, Transformer

from symderiv.errors import LimitExceeded
from symderiv.expression.tree import SequenceKind
from symderiv.language.limits import (
    MAX_DEPTH,
    MAX_INDICES,
    MAX_NAME,
    check_letters,
    too_deep,
)
from symderiv.language.resolving.assemble import assemble
from symderiv.language.resolving.attributes import Method, attribute
from symderiv.language.resolving.beside import is_factor
from symderiv.language.source import Misread
from symderiv.language.syntax import (
    Adjacent,
    Applied,
    Choice,
    Clause,
    Comprehension,
    Group,
    Indexed,
    Interval,
    Items,
    Name,
    Node,
    Pairs,
    Radical,
    Sliced,
    Stretch,
)
from symderiv.language.text.items import item
from symderiv.language.text.regions import with_conditions
from symderiv.language.text.tokens import Again, Opening


def _start(part: Token | Node) -> int:
    return part.start if isinstance(part, Node) else part.start_pos or 0


def _end(part: Token | Node) -> int:
    return part.end if isinstance(part, Node) else part.end_pos or 0


class _Option:
    """``name=value`` among arguments."""

    __slots__ = ("name", "value")

    def __init__(self, name: Name, value: Node) -> None:
        self.name = name
        self.value = value


def _inline(rule: Callable[..., Any]) -> Callable[[list[Any]], Any]:
    """The rule, given its parts one by one: Lark's ``v_args(inline=True)`` in three calls fewer."""
    return lambda parts: rule(*parts)


class Nodes(Transformer[Token, Node]):
    """Each rule of the grammar made into a node as it is recognised."""

    def __init__(self) -> None:
        super().__init__()
        for name, rule in vars(type(self)).items():
            if not name.startswith("_"):
                setattr(self, name, _inline(rule.__get__(self)))

    def start(self, node: Node) -> Node:
        return node

    def row(self, *parts: Node | Token) -> Node:
        return assemble(with_conditions([item(part) if isinstance(part, Token) else part for part in parts]))

    def choice(self, *parts: Any) -> Node:
        *branches, otherwise = parts
        return Choice(tuple(branches), otherwise, branches[0][1].start, otherwise.end)

    def branch(self, value: Node, condition: Node) -> Any:
        return condition, value

    def literal(self, token: Token) -> Node:
        return item(token)  # type: ignore[return-value]

    def root(self, sign: Token, operand: Node) -> Node:
        if isinstance(operand, Adjacent):
            message = "it isn't clear how far this root reaches"
            raise Misread(message, _start(sign), operand.end, cure="write √(…)")
        if isinstance(operand, Group):
            return _function("sqrt", sign, operand, operand)
        start = _start(sign)
        return Radical(Name("sqrt", start, start + 1), (operand,), (), start, operand.end)

    def absolute(self, opening: Token, inner: Node, closing: Token) -> Node:
        return _function("abs", opening, inner, closing)

    def norm(self, opening: Token, inner: Node, closing: Token) -> Node:
        return _function("norm", opening, inner, closing)

    def rounded(self, opening: Token, inner: Node, closing: Token) -> Node:
        return _function("floor" if opening == "⌊" else "ceil", opening, inner, closing)

    def name(self, token: Token) -> Node:
        if len(token) > MAX_NAME:
            raise Misread(
                "this name is too long",
                _start(token),
                _end(token),
                expected=f"at most {MAX_NAME} characters",
                error=LimitExceeded,
            )
        check_letters(token.value, _start(token))
        return Name(token.value, _start(token), _end(token))

    def primed(self, base: Node, primes: Token) -> Node:
        if not isinstance(base, Name):
            raise Misread(
                "a prime marks the derivative of a function",
                _start(primes),
                _end(primes),
                expected="the function's name before it",
                cure="write f'(x); a transpose is A.T",
            )
        count = sum(2 if mark in '"″' else 1 for mark in primes)
        return Name(base.name, base.start, _end(primes), base.primes + count)

    def call(self, callee: Node, opening: Token, arguments: Any, closing: Token) -> Node:
        args = arguments if isinstance(arguments, list) else [arguments]
        positional = tuple(arg for arg in args if not isinstance(arg, _Option))
        options = tuple((arg.name, arg.value) for arg in args if isinstance(arg, _Option))
        if isinstance(callee, Method):
            return callee.called(positional, options, _end(closing))
        if is_factor(callee) and len(positional) == 1 and not options:
            return _adjacent(callee, Group(positional[0], _start(opening), _end(closing)))
        return Applied(callee, positional, options, callee.start, _end(closing))

    def call_nothing(self, callee: Node, opening: Token, closing: Token) -> Node:
        if isinstance(callee, Method):
            return callee.called((), (), _end(closing))
        return Applied(callee, (), (), callee.start, _end(closing))

    def index(self, base: Node, opening: Token, indices: list[Node], closing: Token) -> Node:
        if isinstance(base, Adjacent):
            last = Nodes.index(self, base.operands[-1], opening, indices, closing)
            return _adjacent(*base.operands[:-1], last)
        if any(isinstance(place, Stretch) for place in indices):
            return Sliced(base, tuple(indices), base.start, _end(closing))
        if isinstance(base, Indexed):
            if len(base.indices) > MAX_INDICES:
                raise Misread(
                    "too many indices",
                    base.start,
                    _end(closing),
                    expected=f"at most {MAX_INDICES}",
                    error=LimitExceeded,
                )
            return Indexed(base.base, (*base.indices, *indices), base.start, _end(closing))
        return Indexed(base, tuple(indices), base.start, _end(closing))

    def attribute(self, base: Node, dot: Token, name: Token) -> Node:
        if isinstance(base, Adjacent):
            return _adjacent(*base.operands[:-1], Nodes.attribute(self, base.operands[-1], dot, name))
        return attribute(base, str(name), _start(dot), _end(name))

    def group(self, opening: Token, inner: Node, closing: Token) -> Node:
        group = Group(inner, _start(opening), _end(closing))
        if isinstance(opening, Opening) and opening.closes == group.end:
            opening.group = group
        return group

    def chosen(self, opening: Token, of: Node, word: Token, many: Node, closing: Token) -> Node:
        binomial = Name("binomial", word.start_pos or 0, word.end_pos or 0)
        return Applied(binomial, (of, many), (), _start(opening), _end(closing))

    def again(self, token: Again) -> Node:
        return Group(token.first.group.inner, _start(token), _end(token))

    def no_tuple(self, opening: Token, closing: Token) -> Node:
        return Items("tuple", (), _start(opening), _end(closing))

    def tuple_of_one(self, opening: Token, item: Node, comma: Token, closing: Token) -> Node:
        return Items("tuple", (item,), _start(opening), _end(closing))

    def tuple_of(self, opening: Token, item: Node, comma: Token, items: list[Node], closing: Token) -> Node:
        return Items("tuple", (item, *items), _start(opening), _end(closing))

    def no_list(self, opening: Token, closing: Token) -> Node:
        return Items("list", (), _start(opening), _end(closing))

    def open_closed(self, opening: Token, low: Node, comma: Token, high: Node, closing: Token) -> Node:
        return Interval(low, high, True, False, _start(opening), _end(closing))

    def closed_open(self, opening: Token, low: Node, comma: Token, high: Node, closing: Token) -> Node:
        return Interval(low, high, False, True, _start(opening), _end(closing))

    def no_set(self, opening: Token, closing: Token) -> Node:
        return Items("set", (), _start(opening), _end(closing))

    def list(self, opening: Token, items: Any, closing: Token) -> Node:
        return _items("list", opening, items, closing)

    def set(self, opening: Token, items: Any, closing: Token) -> Node:
        return _items("set", opening, items, closing)

    def mapping(self, opening: Token, items: Any, closing: Token) -> Node:
        return Pairs(tuple(items), _start(opening), _end(closing))

    def choices(self, *items: Node) -> Any:
        return [*items]

    def places(self, *items: Node) -> Any:
        return [*items]

    def stretch(self, *parts: Node | Token) -> Node:
        found: list[Node | None] = [None]
        for part in parts:
            if isinstance(part, Token):
                found.append(None)
            else:
                found[-1] = part
        first, past, step = (*found, None)[:3]
        return Stretch(first, past, step, _start(parts[0]), _end(parts[-1]))

    def pairs(self, *items: Any) -> Any:
        return [*items]

    def pair(self, key: Node, value: Node) -> Any:
        return key, value

    def arguments(self, *items: Any) -> Any:
        return [*items]

    def option(self, name: Token, value: Node) -> Any:
        return _Option(Name(str(name), _start(name), _end(name)), value)

    def generator(self, body: Node, *clauses: Clause) -> Node:
        return Comprehension("argument", body, clauses, body.start, clauses[-1].end)

    def clause(self, name: Token, word: Token, domain: Node, condition: Node | None = None) -> Any:
        bound = Name(str(name), _start(name), _end(name))
        return Clause(bound, domain, condition, bound.start, _end(condition or domain))


def _adjacent(*operands: Node) -> Node:
    parts = [p for o in operands for p in (o.operands if isinstance(o, Adjacent) else (o,))]
    if len(parts) > MAX_DEPTH:
        raise too_deep(parts[0].start, parts[-1].end)
    return Adjacent(tuple(parts), parts[0].start, parts[-1].end)


def _function(name: str, opening: Any, inner: Node, closing: Any) -> Node:
    start = _start(opening)
    return Applied(Name(name, start, start + 1), (inner,), (), start, _end(closing))


def _items(kind: SequenceKind, opening: Token, items: Any, closing: Token) -> Node:
    start, end = _start(opening), _end(closing)
    if isinstance(items, Comprehension):
        return Comprehension(kind, items.body, items.clauses, start, end)
    return Items(kind, tuple(items), start, end)
