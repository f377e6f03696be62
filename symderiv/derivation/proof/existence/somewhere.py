"""The outer derivative of a chain rule through a maximum, which may be missing on a whole region.

The maximum of ``(x_0, x_1, x_0)`` is reached twice where x_0 is the larger one, and by the Jacobian of the
maximum its slope would be 2: there the chain rule says nothing, though the maximum has a derivative by x.
"""

from __future__ import annotations

from itertools import islice
from math import prod

from symderiv.derivation.meaning.meaning import tensor_of
from symderiv.derivation.vocabulary import derivative_of, shape
from symderiv.equality.evaluate.evaluator import Evaluator
from symderiv.equality.evaluate.values import NotDecided, NoValue
from symderiv.equality.refute.atoms import atoms
from symderiv.equality.refute.points import human_points
from symderiv.expression.build import add
from symderiv.expression.kinds import Kind
from symderiv.expression.tree import INFINITY, MINUS_ONE, ZERO, Apply, Binder, Expr, Variable
from symderiv.tensor import Tensor

MAX_ENTRIES = 256
POINTS = 12

_OF_THE_LARGEST = frozenset("max min max_pool1d max_pool2d max_pool3d embedding_bag".split())


def of_the_largest(u: Expr) -> Tensor | None:
    """∂f/∂a at a, for a maximum f(a) of something that is computed; None of everything else.

    >>> from symderiv.expression.tree import Number
    >>> x = Variable("x", Kind(shape=(Number(2),)))
    >>> of_the_largest(Apply("max", (x,))), of_the_largest(Apply("relu", (Apply("exp", (x,)),)))
    (None, None)
    """
    if not isinstance(u, Apply) or not (
        u.head in _OF_THE_LARGEST or (u.head == "norm" and INFINITY in u.children)
    ):
        return None
    a, *rest = u.args
    if isinstance(a, Variable) and a.definition is None:
        return None
    z = Variable("·z", Kind(shape=tuple(shape(a))), definition=a)
    return tensor_of(derivative_of(u.rebuild((z, *rest, *u.children[len(u.args) :])), z))


def exists_somewhere(t: Tensor) -> bool:
    """Whether there is a point at which all entries exist; large arrays are taken to have one.

    >>> from symderiv.expression.tree import Number
    >>> x = Variable("x", Kind(shape=(Number(2),)))
    >>> outer = (of_the_largest(Apply("max", (Apply("concat", (x, y)),))) for y in (x, Apply("exp", (x,))))
    >>> [t is not None and exists_somewhere(t) for t in outer]
    [False, True]
    """
    if prod(t.sizes or ()) > MAX_ENTRIES:
        return True
    everywhere = t.defined
    for index, size in zip(reversed(t.indices), reversed(t.shape), strict=True):
        everywhere = Binder("forall", everywhere, index, ZERO, add(size, MINUS_ONE))
    points = islice(human_points(atoms((everywhere,)), ()), POINTS)
    return any(_is_true(everywhere, Evaluator(point)) for point in points)


def _is_true(condition: Expr, at: Evaluator) -> bool:
    try:
        return at.any_value(condition) is True
    except (NoValue, NotDecided):
        return False
