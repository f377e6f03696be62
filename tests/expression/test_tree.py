"""Nodes: what makes two of them equal."""

from __future__ import annotations

import pickle
from fractions import Fraction

from symderiv.expression.contents import contents
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Apply, Index, Number, Variable, index_variable


def test_a_number_is_what_it_counts() -> None:
    assert Number(3) == 3 and Number(2) == 2 and hash(Number(3)) == hash(3)
    assert Number(Fraction(1, 2)) == Fraction(1, 2)
    assert Number(1) != True and Number(2) != 2.0  # noqa: E712
    assert repr(Number(3)) == "3"


def test_a_node_whose_contents_are_known_goes_to_another_process() -> None:
    x = Variable("x", Kind((Number(3),)))
    tree = Apply("mul", (x, Index(x, (index_variable("i"),))))
    before = contents(tree), contents(x), hash(tree)
    sent = pickle.loads(pickle.dumps((tree, {x: 1})))
    assert before and sent == (tree, {x: 1}) and contents(sent[0]) == contents(tree)
