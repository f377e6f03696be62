"""What may have been meant instead, where two answers differ: a sum from 1, a name that nobody declared."""

from __future__ import annotations

from collections.abc import Container, Sequence

from symderiv.derivation.meaning.reads_beyond import reads_beyond
from symderiv.equality.verdict import Different, Verdict
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr
from symderiv.tensor import Meaning, Tensor

COUNTING = "indices count from 0, or from 1 where index_from (--index-from) says so"
OF_ITS_OWN = "a number of its own: the size can be declared, as in 'x: vector(n)'"


def hint_for(
    verdict: Verdict, sides: Sequence[Meaning | None], facts: tuple[Expr, ...], declared: Container[str]
) -> str:
    """A sentence about what isn't said in the witness; nothing where it needs none.

    ``sides`` are the two meanings, ``declared`` the names that were.
    """
    if not isinstance(verdict, Different):
        return ""
    if verdict.by == "shape":
        return _numbers(sides, declared)
    if verdict.witness.has_values:
        return ""
    for name, side in zip(("first", "second"), sides, strict=True):
        if side is not None and reads_beyond(side, facts):
            return f"the {name} reads beyond the end of an array: {COUNTING}"
    lengths = [name for name, _ in verdict.witness.point if name.startswith("len(")]
    return f"{' and '.join(lengths)}, which nobody declared, is {OF_ITS_OWN}" if lengths else ""


def _numbers(sides: Sequence[Meaning | None], declared: Container[str]) -> str:
    """Of a number beside an array: the names in it that nobody declared, as each is taken for a number."""
    scalars = [side for side in sides if isinstance(side, Tensor) and not side.shape]
    if len(scalars) != 1:
        return ""
    free = {name.name for name in free_variables(scalars[0].value) if not name.kind.shape}
    names = sorted(name for name in free if name not in declared)
    if not names:
        return ""
    said = "isn't declared, and is a number" if len(names) == 1 else "aren't declared, and are numbers"
    return f"{', '.join(names)} {said} here (an array is declared: 'A: matrix(n, n)', or written: eye(n))"
