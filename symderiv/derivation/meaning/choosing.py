"""What a case distinction means, by what its conditions and values mean."""

from __future__ import annotations

from symderiv.derivation.meaning.reads import all_exist
from symderiv.errors import ShapeError
from symderiv.expression import build
from symderiv.expression.build import conjunction, disjunction, negation
from symderiv.expression.tree import FALSE, Cases, Expr
from symderiv.operations.declaring.shapes import same_shape
from symderiv.tensor import Tensor, fresh_indices


def chosen(conditions: list[Tensor], values: list[Tensor]) -> Tensor:
    """The first value whose condition holds; one value more than there are conditions holds otherwise.

    Conditions on arrays, ``1 if X > 0 else 0``, choose entry by entry.
    """
    shape = next((t.shape for t in (*values, *conditions) if t.rank), ())
    if not all(same_shape(t.shape, shape) or not t.rank for t in (*values, *conditions)):
        raise ShapeError("the cases differ in shape")
    names = fresh_indices(len(shape))
    entries = [t.formula(*names) if t.rank else t.value for t in values]
    exists = [t.condition(*names) if t.rank else t.defined for t in values]
    guards = [c.formula(*names) if c.rank else c.value for c in conditions]
    has_otherwise = len(entries) > len(guards)
    value = build.cases(tuple(zip(guards, entries, strict=False)), entries[-1] if has_otherwise else None)
    readable = [c.condition(*names) if c.rank else c.defined for c in conditions]
    if not isinstance(value, Cases):
        readable.append(all_exist(guards))  # ``x if v[k] > 0 else x`` still reads v[k]
    return Tensor(shape, names, value, _where_chosen(guards, exists, readable))


def _where_chosen(guards: list[Expr], exists: list[Expr], readable: list[Expr]) -> Expr:
    """Defined where the branch that applies is; without an otherwise, some guard must hold."""
    rest: Expr = FALSE if len(exists) == len(guards) else exists[-1]
    for guard, defined in zip(reversed(guards), reversed(exists[: len(guards)]), strict=True):
        if defined == rest:
            rest = defined
        else:
            rest = disjunction(conjunction(guard, defined), conjunction(negation(guard), rest))
    return conjunction(*readable, rest)
