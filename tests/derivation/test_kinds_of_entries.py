"""Entries that differ in what they read alone: one of each kind is proved, and a wrong one is seen."""

from __future__ import annotations

from symderiv import derive
from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.proof.entries.kinds_of_entries import by_kinds
from symderiv.equality.verdict import Equal
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import Number, Variable
from symderiv.language import Scope, read
from symderiv.tensor import Tensor

X = Variable("X", Kind(shape=(Number(4), Number(4))))
SCOPE = Scope({"X": X})


def array(text: str) -> Tensor:
    return tensor_of(read(text, SCOPE))


def test_one_kind_of_entries_is_proved_for_all() -> None:
    found = by_kinds(array("(X + X) ⊙ (X + X)"), array("4*(X ⊙ X)"), (), 1.0)
    assert isinstance(found, Equal)


def test_a_single_entry_that_differs_is_its_own_kind() -> None:
    left = array("[[X[i,j]*X[i,j] for j in range(0, 4)] for i in range(0, 4)]")
    right = array("[[X[i,j]*X[i,j] if i + j < 6 else X[i,j] for j in range(0, 4)] for i in range(0, 4)]")
    assert by_kinds(left, right, (), 1.0) is None


def test_another_entry_is_not_the_same_letter() -> None:
    assert by_kinds(array("X ⊙ X"), array("X ⊙ X.T"), (), 1.0) is None


def test_pooling_by_the_p_norm_with_a_letter_for_p() -> None:
    derivation = derive("lp_pool2d(X, p, 2)", "X", given=("X: matrix(4,4)", "p: positive"))
    assert derivation.is_proved
