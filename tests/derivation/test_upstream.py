"""Letters for what is sent back: they stand for their definitions, and nothing else may change with them."""

from __future__ import annotations

from symderiv import derive
from symderiv.derivation.derive import Written, _is_named
from symderiv.derivation.meaning.shapes import shape_of
from symderiv.derivation.rules.problem import Rewriting
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import Apply, Expr, Number, Variable

GATED = [
    "W: matrix(3*n,m)", "U: matrix(3*n,n)", "h: vector(n)", "x1: vector(m)", "x2: vector(m)", "v: vector(n)",
]  # fmt: skip
TWO_CELLS = "sum(v ⊙ gru_cell(x2, gru_cell(x1, h, W, U), W, U))"


def _array(name: str, size: int, definition: Expr | None = None) -> Variable:
    return Variable(name, Kind(shape=(Number(size),)), definition=definition)


def test_what_comes_back_from_a_later_cell_is_said_once() -> None:
    derivation = derive(TWO_CELLS, "h", given=GATED)
    named = [step for step in derivation.steps if "sent back: delta" in step.reason]
    assert len(named) == 1 and derivation.is_proved
    assert dict(named[0].where).keys() == {"delta"}
    assert "delta" in to_text(derivation.result) and "delta" not in to_text(derivation.in_full)


def test_a_name_that_stands_for_something_else_is_no_name() -> None:
    x, a, b = _array("x", 2), _array("a", 2), _array("b", 2)
    u = Apply("tanh", (x,))
    before = Apply("vjp", (u, x, a))

    def line(name: Variable, after: Expr) -> Written:
        return Written("naming", after, Rewriting(after, ""), (a, name), after)

    right, wrong = _array("delta", 2, a), _array("delta", 2, b)
    assert _is_named(before, line(right, Apply("vjp", (u, x, right))))
    assert not _is_named(before, line(wrong, Apply("vjp", (u, x, wrong))))
    assert not _is_named(before, line(right, Apply("vjp", (Apply("sin", (x,)), x, right))))


def test_a_name_that_the_line_has_already_keeps_its_definition() -> None:
    x, a, b = _array("x", 2), _array("a", 2), _array("b", 2)
    z, other = _array("z", 2, a), _array("z", 2, b)
    before = Apply("add", (z, Apply("tanh", (x,))))
    named = _array("y", 2, Apply("tanh", (x,)))
    right, wrong = (Apply("add", (first, named)) for first in (z, other))

    def line(after: Expr) -> Written:
        return Written("naming", after, Rewriting(after, ""), (before, after), after)

    assert _is_named(before, line(right))
    assert not _is_named(before, line(wrong))


def test_names_that_are_equal_may_have_other_shapes_behind_them() -> None:
    for size in (2, 3):
        name = Variable("z", definition=Apply("tanh", (_array("x", size),)))
        assert shape_of(Apply("exp", (name,))) == (Number(size),)
