"""What an operation costs: multiplications, additions, divisions, comparisons, function evaluations.

The convention, one for all operations. The work is read off the forward definition:

- a value is worked out once, however often it is used: softmax takes n exponentials, not n²;
- a sum of n terms, over one index or several, has n - 1 additions, a maximum of n entries n - 1
  comparisons; a subtraction is an addition, and a sign is free;
- x² is one multiplication, x^k is k - 1; ``1/N``, ``√d`` and whatever else depends on no entry of an array is
  known beforehand, so that a mean ends in one multiplication;
- exp, log, √, tanh, erf, a power with another exponent are one function evaluation each; relu, |x| and a
  decision between cases are one comparison;
- indices and their conditions are free, and zeros of the padding count like entries.

``operations`` is all of them together (FLOPs, not multiply-accumulates).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from symderiv.equality.conditions.valued import is_integer_valued
from symderiv.expression.build import add, mul
from symderiv.expression.kinds import INTEGER, REAL, Kind
from symderiv.expression.tree import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Binder,
    Cases,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Variable,
    transform,
    walk,
)
from symderiv.operations.declaring.operation import Operation
from symderiv.operations.declaring.positions import entries_read
from symderiv.operations.declaring.sizes import tidy_size
from symderiv.tensor import Meaning, Tensor

Ranges = Mapping[Variable, Expr]
"""How many values each index variable takes, from 0."""

COMPARING = frozenset({"max", "min", "abs", "sign", "heaviside"})
CONDITIONS = frozenset({"lt", "le", "eq", "ne"})


@dataclass(frozen=True, slots=True)
class Work:
    """How many there are of each, as formulas in the sizes.

    >>> Work(Number(6), Number(4)).operations.value
    10
    """

    multiplications: Expr = ZERO
    additions: Expr = ZERO
    divisions: Expr = ZERO
    comparisons: Expr = ZERO
    functions: Expr = ZERO

    def __add__(self, other: Work) -> Work:
        return Work(*(add(a, b) for a, b in zip(self.each, other.each, strict=True)))

    def times(self, n: Expr) -> Work:
        return Work(*(mul(n, count) for count in self.each))

    @property
    def each(self) -> tuple[Expr, ...]:
        return tuple(getattr(self, part.name) for part in fields(self))

    @property
    def operations(self) -> Expr:
        """All of them together."""
        return tidy_size(add(*self.each))

    @property
    def tidy(self) -> Work:
        return Work(*map(tidy_size, self.each))


def parameters(operation: Operation, *values: Meaning | Expr | None) -> Expr:
    """How many numbers are learnt: the sizes of the weights and biases that are given.

    >>> from symderiv.operations import OPERATIONS
    >>> parameters(OPERATIONS["affine"], array("W", 2, 3), array("x", 3), array("b", 2)).value
    8
    """
    named = zip(operation.parameters, values, strict=True)
    learnt = [value for p, value in named if p.name in operation.weights and isinstance(value, Tensor)]
    return tidy_size(add(*(mul(ONE, *value.shape) for value in learnt)))


def work(operation: Operation, *values: Meaning | Expr | None) -> Work:
    """What one forward pass costs, for arguments of these shapes.

    >>> from symderiv.operations import OPERATIONS
    >>> done = work(OPERATIONS["softmax"], array("x", 4), None)
    >>> [count.value for count in (done.functions, done.additions, done.divisions, done.operations)]
    [4, 3, 4, 11]
    """
    named = [
        letters_like(p.name, t) if isinstance(t, Tensor) and not p.option and _varies(t) else t
        for p, t in zip(operation.parameters, values, strict=True)
    ]
    if operation.work is not None:
        return operation.work(*named).tidy
    result = operation.forward(*named)
    assert isinstance(result, Tensor)
    return work_of(result)


def _varies(t: Tensor) -> bool:
    """Not a number that is known beforehand, such as the √d in x/√d."""
    return bool(t.rank) or moves(t.value) or any(map(_is_real_name, walk(t.value)))


def _is_real_name(node: Expr) -> bool:
    return isinstance(node, Variable) and not node.kind.domain.integer


def array(name: str, *shape: Expr | int) -> Tensor:
    """An array of letters: what an operation is given to be counted."""
    return _of_letters(
        Variable(name, Kind(shape=tuple(Number(n) if isinstance(n, int) else n for n in shape)))
    )


def letters_like(name: str, t: Tensor) -> Tensor:
    """An array of letters in the place of another one, for integers where that one holds places."""
    domain = INTEGER if t.rank and is_integer_valued(t.value) else REAL
    return _of_letters(Variable(name, Kind(shape=tuple(t.shape), domain=domain)))


def _of_letters(letters: Variable) -> Tensor:
    sizes = tuple(size for size in letters.kind.shape if size is not None)
    return Tensor.of(sizes, lambda *at: Index(letters, at)) if sizes else Tensor.scalar(Index(letters, ()))


def work_of(t: Tensor) -> Work:
    """What it costs to work out every entry of an array.

    >>> x = array("x", 3)
    >>> done = work_of(Tensor.of((Number(3),), lambda i: mul(x.formula(i), x.formula(i))))
    >>> done.multiplications.value, done.additions.value
    (3, 0)
    """
    ledger = _Ledger()
    ledger.enter(t.value, dict(zip(t.indices, t.shape, strict=True)))
    return ledger.total.tidy


def moves(expr: Expr) -> bool:
    """Whether a value depends on an entry of an array; a literal table doesn't."""
    return any(isinstance(node, Index) and not isinstance(node.base, Sequence) for node in walk(expr))


class _Ledger:
    """Every value that was entered, once: as often as the indices it depends on have values."""

    def __init__(self) -> None:
        self.known: set[object] = set()
        self.total = Work()

    def enter(self, expr: Expr, ranges: Ranges) -> None:
        expr = unsigned(expr)
        if not moves(expr) or isinstance(expr, Index):
            return
        key, free = _canonical(expr, ranges)
        if key in self.known:
            return
        self.known.add(key)
        own, parts = step(expr)
        self.total += own.times(_how_many(expr, free, ranges))
        for part, bound in parts:
            self.enter(part, {**ranges, **bound})


def _how_many(expr: Expr, free: Iterable[Variable], ranges: Ranges) -> Expr:
    """A value for each value of its indices; of a single entry that is read, one for each entry."""
    reads = {node for node in walk(expr) if isinstance(node, Index) and moves(node)}
    if len(reads) == 1:
        (read,) = reads
        rest = transform(expr, lambda node: ZERO if node == read else node)
        if not any(node in ranges for node in walk(rest)):
            return entries_read(read, ranges)
    return mul(ONE, *(ranges[index] for index in free))


def step(expr: Expr) -> tuple[Work, list[tuple[Expr, Ranges]]]:
    """The work of the outermost step, and the values that it takes, with the indices that it binds."""
    if isinstance(expr, Binder):
        body, bound = _flat(expr)
        terms = add(mul(ONE, *bound.values()), MINUS_ONE)
        return (Work(additions=terms) if expr.kind == "sum" else Work(comparisons=terms)), [(body, bound)]
    if isinstance(expr, Cases):
        return Work(), [(part, {}) for part in expr.children]
    assert isinstance(expr, Apply)
    own, parts = _applied(expr)
    return own, [(part, {}) for part in parts]


def _flat(expr: Binder) -> tuple[Expr, dict[Variable, Expr]]:
    """A sum over i of a sum over j as one sum over i and j."""
    assert expr.lower is not None and expr.upper is not None
    bound = {expr.variable: add(expr.upper, mul(MINUS_ONE, expr.lower), ONE)}
    if isinstance(expr.body, Binder) and expr.body.kind == expr.kind:
        body, inner = _flat(expr.body)
        return body, {**bound, **inner}
    return expr.body, bound


def _applied(expr: Apply) -> tuple[Work, tuple[Expr, ...]]:
    moving = tuple(arg for arg in expr.args if moves(arg))
    constants = len(moving) < len(expr.args)
    if expr.head == "add":
        return Work(additions=Number(len(moving) - 1 + constants)), moving
    if expr.head == "mul":
        below = tuple(base for arg in moving if (base := inverted(arg)) is not None)
        above = tuple(arg for arg in moving if inverted(arg) is None)
        products = max(len(above) - 1 + constants, 0)
        return Work(Number(products), divisions=Number(len(below))), above + below
    if expr.head == "pow":
        return _power(expr), moving
    if expr.head in COMPARING or expr.head in CONDITIONS:
        return Work(comparisons=Number(max(len(expr.args) - 1, 1))), moving
    if expr.head in ("and", "or", "not", "delta"):
        return Work(), moving
    return Work(functions=ONE), moving


def _power(expr: Apply) -> Work:
    exponent = expr.args[1]
    if not isinstance(exponent, Number) or not isinstance(exponent.value, int):
        return Work(functions=ONE)
    return Work(Number(abs(exponent.value) - 1), divisions=ONE if exponent.value < 0 else ZERO)


def inverted(expr: Expr) -> Expr | None:
    """a of a factor 1/a."""
    below = isinstance(expr, Apply) and expr.head == "pow" and expr.args[1] == MINUS_ONE
    return expr.args[0] if isinstance(expr, Apply) and below else None


def unsigned(expr: Expr) -> Expr:
    """-a/3 as a/3: signs are free."""
    if not isinstance(expr, Apply) or expr.head != "mul":
        return expr
    factor = expr.args[0]
    below_zero = isinstance(factor, Number) and factor.value < 0
    return mul(MINUS_ONE, *expr.args) if below_zero else expr


def _canonical(expr: Expr, ranges: Ranges) -> tuple[object, Iterable[Variable]]:
    """The value with its free indices numbered as they occur, so that x[i] and x[k] are one value."""
    order: dict[Variable, int] = {}
    return tuple(_signature(expr, ranges, {}, order)), order


def _signature(
    expr: Expr, ranges: Ranges, bound: Mapping[Variable, int], order: dict[Variable, int]
) -> Iterator[object]:
    if isinstance(expr, Variable) and expr in bound:
        yield "bound", bound[expr]
    elif isinstance(expr, Variable) and expr in ranges:
        yield "free", order.setdefault(expr, len(order)), ranges[expr]
    elif isinstance(expr, (Variable, Number, Constant)):
        yield expr
    else:
        yield type(expr).__name__, getattr(expr, "head", ""), getattr(expr, "kind", ""), len(expr.children)
        inner = {**bound, expr.variable: len(bound)} if isinstance(expr, Binder) else bound
        for child in expr.children:
            yield from _signature(child, ranges, inner, order)
