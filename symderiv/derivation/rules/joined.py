"""The Jacobian of joined arrays: the Jacobians of the parts, one below the other.

∂ concat(u, v)/∂x = concat(∂u/∂x, ∂v/∂x)    of a list [u, v] and of stack(u, v) likewise, row by row flattened
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import D, Problem, Rewriting, count, derivative_of, shape
from symderiv.expression.build import mul
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import ZERO, Apply, Expr, Sequence, Variable
from symderiv.operations.declaring.shapes import same_shape


def joined(p: Problem) -> Rewriting | None:
    """Blocks of rows, zeros for what doesn't depend on x."""
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
