"""The Jacobian of joined arrays: the Jacobians of the parts, one below the other.

∂ concat(u, v)/∂x = concat(∂u/∂x, ∂v/∂x)    of a list [u, v] and of stack(u, v) likewise, row by row flattened
∂ concat(u, v, axis=1)/∂x = (1 ⊗ S) ∂u/∂x + (1 ⊗ T) ∂v/∂x    S and T the columns of 1 where u and v stand
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import (
    D,
    Problem,
    Rewriting,
    count,
    derivative_of,
    plus,
    shape,
    times,
)
from symderiv.expression.build import add, mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ZERO, Apply, Expr, Number, Sequence, Variable
from symderiv.operations.declaring.shapes import same_shape
from symderiv.operations.declaring.sizes import tidy_size


def joined(p: Problem) -> Rewriting | None:
    """Blocks of rows, zeros for what doesn't depend on x."""
    later = _along_a_later_axis(p)
    if later is not None:
        return later
    parts = _parts(p.e)
    if len(parts) < 2 or not p.wrt or not any(depends(u, p.x) for u in parts):
        return None
    columns = readable(mul(*p.wrt))
    blocks = tuple(D(u, p.x) if depends(u, p.x) else _zeros(u, columns) for u in parts)
    letters = tuple(Variable(f"·{k}", Kind(shape=tuple(shape(u)))) for k, u in enumerate(parts))
    whole = p.e.rebuild((*letters, *p.e.children[len(letters) :]))
    lemma = tuple(
        (derivative_of(whole, letters[k]), below_one_another(parts, k, _unit(u), count(u)))
        for k, u in enumerate(parts)
        if depends(u, p.x)
    )
    head = p.e.head if isinstance(p.e, Apply) else "a list"
    return Rewriting(Apply("concat", blocks), f"{head}: a block of rows for each part", lemma=lemma)


def _along_a_later_axis(p: Problem) -> Rewriting | None:
    """Each part sent to its places along the axis, and added up."""
    match p.e:
        case Apply(head="concat", args=parts, options=(("axis", Number(value=int(axis))),)) if p.wrt:
            axis %= len(p.shape)
        case _:
            return None
    if not axis or len(parts) < 2 or not any(depends(u, p.x) for u in parts):
        return None
    letters = tuple(Variable(f"·{k}", Kind(shape=tuple(shape(u)))) for k, u in enumerate(parts))
    whole = p.e.rebuild((*letters, *p.e.children[len(letters) :]))
    places = [_places(p, parts, k, axis) for k in range(len(parts))]
    moving = [k for k, u in enumerate(parts) if depends(u, p.x)]
    lemma = tuple((derivative_of(whole, letters[k]), places[k]) for k in moving)
    after = plus(*(places[k] if parts[k] == p.x else times(places[k], D(parts[k], p.x)) for k in moving))
    return Rewriting(after, "concat: each part in its places along the axis", lemma=lemma)


def _places(p: Problem, parts: tuple[Expr, ...], k: int, axis: int) -> Expr:
    """1 ⊗ S ⊗ 1, S the columns of the unit matrix at which part k stands."""
    first = add(ZERO, *(shape(u)[axis] for u in parts[:k]))
    past = add(first, shape(parts[k])[axis])
    start = () if not k else (("start", readable(tidy_size(first))),)
    stop = () if k + 1 == len(parts) else (("stop", readable(tidy_size(past))),)
    unit = Apply("eye", (readable(tidy_size(p.shape[axis])),))
    columns: Expr = Apply("slice", (unit,), (*start, *stop, ("axis", Number(1))))
    behind = p.shape[axis + 1 :]
    if behind:
        columns = Apply("kron", (columns, Apply("eye", (readable(mul(*behind)),))))
    return Apply("kron", (Apply("eye", (readable(mul(*p.shape[:axis])),)), columns))


def below_one_another(parts: tuple[Expr, ...], k: int, block: Expr, columns: Expr) -> Expr:
    """``block`` as the rows of part k, zeros as those of the others."""
    return Apply("concat", tuple(block if k == l else _zeros(u, columns) for l, u in enumerate(parts)))  # noqa: E741


def _parts(e: Expr) -> tuple[Expr, ...]:
    """The arrays that are joined along the first axis."""
    match e:
        case Apply(head="concat", args=parts, options=() | (("axis", _),)):
            along_first = not e.options or e.options[0][1] == ZERO
            return parts if along_first and all(map(shape, parts)) else ()
        case Apply(head="stack", args=parts, options=()) | Sequence(items=parts, kind="list"):
            alike = all(shape(u) and same_shape(shape(u), shape(parts[0])) for u in parts)
            return parts if alike else ()
    return ()


def _zeros(u: Expr, columns: Expr) -> Expr:
    return Apply("zeros", (count(u), columns))


def _unit(u: Expr) -> Expr:
    return Apply("eye", (count(u),))
