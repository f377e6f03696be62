"""A bag of words: the mean or the sum of the rows of an embedding table that belong to it.

    embedding_bag(W, i) = (1/L) Σ_s W[i_s]          ∂y_j/∂W_kl = δ_jl Σ_s δ(i_s, k)/L

i is a vector of L indices, or a matrix (B, L): one bag a row. ``mode='sum'`` doesn't divide by L.
Source: PyTorch, torch.nn.functional.embedding_bag.
"""

from __future__ import annotations

from symderiv.errors import ShapeError
from symderiv.expression.build import conjunction, divide
from symderiv.expression.tree import ONE, Expr, Number, Sequence, Text
from symderiv.operations.declaring.bound import forall, over_axis
from symderiv.operations.declaring.forms import array_of, call, delta, entry, over, shape_of, times, total
from symderiv.operations.declaring.operation import Operation, array, option
from symderiv.operations.declaring.options import word_option
from symderiv.operations.declaring.places import checked_places
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning, Tensor

MODES = ("mean", "sum")


def embedding_bag(W: Meaning, i: Meaning, mode: Expr) -> Tensor:
    """The mean (or the sum) of the rows of W for the indices of each bag."""
    table, bags = as_tensor(W, "W"), as_tensor(i, "i")
    if table.rank != 2 or bags.rank not in (1, 2):
        raise ShapeError(
            f"bags of {bags.described} in {table.described}", expected="W (V, d) and i (L) or (B, L)"
        )
    checked_places(bags, table.shape[0], "row")
    n = bags.shape[-1]
    below = n if word_option(mode, "mode", MODES) == "mean" else ONE

    def value(*at: Expr) -> Expr:
        *bag, j = at
        return divide(over_axis("sum", n, lambda s: table.formula(bags.formula(*bag, s), j)), below)

    result = Tensor.of((*bags.shape[:-1], table.shape[1]), value)
    *bag, j = result.indices

    def exists(s: Expr) -> Expr:
        return conjunction(bags.condition(*bag, s), table.condition(bags.formula(*bag, s), j))

    return result.where(forall(n, exists))


def _by_table(W: Expr, i: Expr, mode: Expr) -> Expr:
    bags = shape_of(i)
    below = bags[-1] if word_option(mode, "mode", MODES) == "mean" else ONE

    def value(*at: Expr) -> Expr:
        *bag, j, k, l = at  # noqa: E741
        often = total(bags[-1], lambda s: delta(entry(i, *bag, s), k), W, i, *at)
        return times(delta(j, l), over(often, below))

    return array_of((*bags[:-1], shape_of(W)[1], *shape_of(W)), value, W, i)


def _back(G: Expr, W: Expr, i: Expr, mode: Expr) -> Expr:
    """How often each row is in a bag, times what the bag is sent: Cᵀ G/L of several."""
    bags = shape_of(i)
    often = call("sum", call("one_hot", i, shape_of(W)[0]), axis=Number(len(bags) - 1))
    sent = times(often, call("transpose", G)) if len(bags) == 1 else times(call("transpose", often), G)
    return over(sent, bags[-1]) if word_option(mode, "mode", MODES) == "mean" else sent


_TWO = Number(2)

BAGS = (
    Operation(
        "embedding_bag",
        (array("W"), array("i"), option("mode", Text("mean"))),
        embedding_bag,
        jacobians={"W": _by_table},
        vjps={"W": _back},
        formula="the mean of W[i_s] over s",
        weights=("W",),
        numeric_with=("i",),
        examples=(
            {"W": (3, 2), "i": Sequence((_TWO, Number(0)))},
            {"W": (3, 1), "i": Sequence((ONE, ONE, _TWO)), "mode": Text("sum")},
            {"W": (2, 2), "i": Sequence((Sequence((ONE, ONE)), Sequence((Number(0), ONE))))},
        ),
    ),
)
