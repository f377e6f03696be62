"""What a comprehension without a range runs through: the entries of one array."""

from __future__ import annotations

from symderiv.expression.substitution import free_variables, fresh, substitute
from symderiv.expression.tree import TRUE, Binder, Index, Sequence, Variable, walk


def walked_entry(expr: Binder) -> tuple[Index, str] | None:
    """The entry ``S[i]`` that stands wherever ``i`` does, and a name for it: then it reads ``for x in S``.

    >>> from symderiv.expression.tree import index_variable
    >>> i, s = index_variable("i"), Variable("S")
    >>> walked_entry(Binder("max", Index(s, (i,)), i))[1]
    'x'
    """
    if (
        expr.lower is not None
        or expr.upper is not None
        or (expr.kind in ("sum", "prod") and expr.condition == TRUE)
    ):
        return None
    nodes = [node for part in (expr.body, expr.condition) for node in walk(part)]
    entries = {node for node in nodes if isinstance(node, Index) and node.indices == (expr.variable,)}
    if len(entries) != 1:
        return None
    entry = entries.pop()
    taken = {node.name for node in nodes if isinstance(node, Variable)} | {
        v.name for v in free_variables(entry.base)
    }
    name = fresh("x", taken)
    left = substitute(Sequence((expr.body, expr.condition)), {entry: Variable(name)})
    return None if expr.variable in free_variables(left) else (entry, name)
