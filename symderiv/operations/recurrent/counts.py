"""What the gated cells cost: the sums of all gates, the gates, and what they let through.

    lstm_cell: 4n sums, 3n σ, 2n tanh, and three products and one addition an entry
    gru_cell:  3n sums, 2n σ,  n tanh, and three products and two additions an entry

(Read off the entry formula, σ(f) c would be c / (1 + e^-f): a division in the place of a product.)
"""

from __future__ import annotations

from symderiv.expression.build import add, function, mul
from symderiv.expression.tree import MINUS_ONE, ONE, Expr, Number
from symderiv.operations.activations.entrywise import each, logistic
from symderiv.operations.declaring.counting import Work, array, work_of
from symderiv.operations.declaring.shapes import as_tensor
from symderiv.tensor import Meaning

TWO, THREE = Number(2), Number(3)


def lstm_work(x: Meaning, h: Meaning, c: Meaning, W: Meaning, U: Meaning, b: Meaning | None = None) -> Work:
    """The four gates' sums; an entry three sigmoids, two tanh, c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh c'."""
    n = as_tensor(h).shape[0]
    return _sums(x, h, W, b) + _gates(mul(THREE, n), mul(TWO, n)) + Work(THREE, ONE).times(n)


def gru_work(
    x: Meaning,
    h: Meaning,
    W: Meaning,
    U: Meaning,
    b: Meaning | None = None,
    b_hidden: Meaning | None = None,
) -> Work:
    """The three gates' sums; an entry two sigmoids, a tanh, what r lets through, h' = (1 - z) ⊙ n + z ⊙ h."""
    n = as_tensor(h).shape[0]
    return _sums(x, h, W, b, b_hidden) + _gates(mul(TWO, n), n) + Work(THREE, TWO).times(n)


def _sums(x: Meaning, h: Meaning, W: Meaning, *biases: Meaning | None) -> Work:
    """Σ W x + Σ U h + b for every row of every gate."""
    m, n = as_tensor(x).shape[0], as_tensor(h).shape[0]
    products = add(m, n)
    shifts = Number(sum(b is not None for b in biases))
    return Work(products, add(products, MINUS_ONE, shifts)).times(as_tensor(W).shape[0])


def _gates(logistics: Expr, tangents: Expr) -> Work:
    bent = each(array("z", tangents), lambda z: function("tanh", z))
    return work_of(each(array("z", logistics), logistic)) + work_of(bent)
