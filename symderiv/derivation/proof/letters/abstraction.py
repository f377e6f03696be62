"""Letters for positive quantities: (δ_ij - 1/n)/√V is proved for any V > 0, rather than for a variance.

If left(x, v) = right(x, v) for every x and every v > 0, then left(x, V(x)) = right(x, V(x)) wherever
V(x) > 0. The left side's condition must say so, and the claim about letters must hold without exceptions.
"""

from __future__ import annotations

from symderiv.derivation.proof.sameness import conditions, is_bound, numbered
from symderiv.expression.kinds import POSITIVE, Kind
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import TRUE, ZERO, Apply, Binder, Expr, Index, Variable, walk
from symderiv.tensor import Tensor


def with_letters(left: Tensor, right: Tensor) -> tuple[Tensor, Tensor] | None:
    """Both sides with a letter for each sum that the left side needs positive; None without one."""
    at = left.indices
    asked = conditions(left.condition(*at))
    letters = Letters(at, dict(zip(at, left.shape, strict=True)))
    for part in sorted(asked, key=repr):
        if isinstance(part, Apply) and part.head == "lt" and part.args[0] == ZERO:
            letters.name(part.args[1])
    if not letters.named:
        return None
    sides = [letters.put(numbered(t.formula(*at))) for t in (left, right)]
    if conditions(right.condition(*at)) == asked:
        exist: list[Expr] = [TRUE, TRUE]
    else:
        exist = [letters.put(numbered(t.condition(*at))) for t in (left, right)]
    first, second = (Tensor(left.shape, at, side, e) for side, e in zip(sides, exist, strict=True))
    return first, second


class Letters:
    """A letter for each quantity; one that depends on indices is an entry of an array."""

    def __init__(self, indices: tuple[Variable, ...], sizes: dict[Variable, Expr]) -> None:
        self.indices, self.sizes = indices, sizes
        self.named: dict[Expr, Expr] = {}

    def name(self, quantity: Expr) -> None:
        if any(isinstance(node, Binder) for node in walk(quantity)):
            free = [v for v in self.indices if v in free_variables(quantity)]
            shape = tuple(self.sizes[v] for v in free)
            letter = Variable(f"·V{len(self.named)}", Kind(shape=shape, domain=POSITIVE))
            self.named[quantity] = Index(letter, tuple(free)) if free else letter

    def put(self, expr: Expr) -> Expr:
        if isinstance(expr, Apply) and expr.head in ("pow", "lt", "le", "ne"):
            return expr.rebuild(tuple(self._letter(arg) or self.put(arg) for arg in expr.args))
        children = tuple(self.put(child) for child in expr.children)
        return expr.rebuild(children) if children else expr

    def _letter(self, quantity: Expr) -> Expr | None:
        """The letter of a quantity; what stands in a sum over an index that it contains is none."""
        if any(map(is_bound, free_variables(quantity))):
            return None
        return self.named.get(numbered(quantity))
