"""A program run on symbols: names replaced by what they hold, calls counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from symderiv.errors import LimitExceeded, ReadError, UnknownName
from symderiv.exercise import Formula
from symderiv.exercise.format.models import ProgramPart
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Call, Expr, Variable, walk
from symderiv.grading.kinds.program_text import returned, statements
from symderiv.language import Scope

MAX_NODES = 20_000
PRODUCTS = frozenset({"matmul", "mul", "dot"})


@dataclass(frozen=True, slots=True)
class Run:
    """What a program returned, in terms of its inputs, and how often it called each function."""

    results: tuple[Expr, ...]
    calls: Counter[str]


def run(answer: Formula, scope: Scope, part: ProgramPart) -> Run:
    """Run the statements; raises for a name without a value, a line that is none, or a missing return."""
    held: dict[Expr, Expr] = {}
    calls: Counter[str] = Counter()
    for statement in statements(answer, (*part.calls, *part.functions), part.inputs):
        here = scope.declare(name for name in held if isinstance(name, Variable))
        value = statement.value
        trees = (value.read(here),) if statement.target else returned(value, here)
        for tree in trees:
            calls.update(node.function.name for node in walk(tree) if isinstance(node, Call))
        values = tuple(_put_in(tree, held, statement.value) for tree in trees)
        if not statement.target:
            return Run(values, calls)
        if statement.target in part.calls:
            raise UnknownName(
                f"{statement.target} is a function", statement.value.place_of(None), "another name"
            )
        held[Variable(statement.target)] = values[0]
    raise ReadError("nothing is returned", answer.place_of(None), "a line 'return …' at the end")


def _put_in(tree: Expr, held: dict[Expr, Expr], formula: Formula) -> Expr:
    value = substitute(tree, held)
    if sum(1 for _ in walk(value)) > MAX_NODES:
        raise LimitExceeded("a program of too large a result", formula.place_of(None))
    return value


def factors_of(tree: Expr) -> tuple[Expr, Expr] | None:
    """The two sides of a product; a product of several written in one go counts from the left."""
    if not isinstance(tree, Apply) or tree.head not in PRODUCTS or len(tree.args) < 2:
        return None
    *first, last = tree.args
    return (first[0] if len(first) == 1 else Apply(tree.head, tuple(first))), last


def untransposed(tree: Expr) -> Expr:
    """The tree with transposition brought down to single factors: (A B)ᵀ is Bᵀ Aᵀ, and Aᵀᵀ is A."""
    if not isinstance(tree, Apply) or tree.head != "transpose":
        pair = factors_of(tree)
        return tree if pair is None else Apply("matmul", tuple(map(untransposed, pair)))
    inside = untransposed(tree.args[0])
    if isinstance(inside, Apply) and inside.head == "transpose":
        return inside.args[0]
    pair = factors_of(inside)
    if pair is None:
        return Apply("transpose", (inside,))
    left, right = (untransposed(Apply("transpose", (side,))) for side in pair)
    return Apply("matmul", (right, left))


Word = Expr | tuple["Word", ...]


def flat(tree: Expr) -> Word:
    """The tree with the brackets of products dropped: (A B) C and A (B C) are one word, as is (Cᵀ Bᵀ)ᵀ."""
    tree = untransposed(tree)
    pair = factors_of(tree)
    if pair is None:
        return tree
    left, right = (flat(side) for side in pair)
    return (
        *(left if isinstance(left, tuple) else (left,)),
        *(right if isinstance(right, tuple) else (right,)),
    )
