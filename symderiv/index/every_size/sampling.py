"""Where to look for a witness: a point at which the index sets of two expressions differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symderiv.errors import SymderivError
from symderiv.expression.build import subtract
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Variable
from symderiv.index.every_size.accesses import accessed
from symderiv.index.integer_sets import isl
from symderiv.index.normal import new_session
from symderiv.index.session import Session
from symderiv.index.sums.merging import normal_form
from symderiv.index.terms.reading import read

_HORIZON = 1000


def sampled_differences(a: Expr, b: Expr, facts: tuple[Expr, ...] = ()) -> Iterator[Mapping[Variable, int]]:
    """Sizes and indices, as small as possible, at which a summand of ``a - b`` is left over.

    Only hints: sums over different sets may be equal all the same. None if nothing is left over, or nothing
    is known.

    >>> from symderiv.expression.kinds import SIZE
    >>> from symderiv.expression.tree import Binder, Index, Number, ZERO, index_variable
    >>> i, n = index_variable("i"), Variable("n", SIZE)
    >>> entry = Index(Variable("x"), (i,))
    >>> short = Binder("sum", entry, i, Number(1), n)
    >>> [found[n] for found in sampled_differences(Binder("sum", entry, i, ZERO, n), short)]
    [1]
    """
    try:
        session = new_session((a, b), facts)
        left = normal_form(session, read(session, subtract(a, b), session.context))
        there = accessed(session, a).intersect(accessed(session, b))
    except SymderivError:
        return
    wanted = free_variables(a) | free_variables(b)
    wanted |= {size for name in wanted for part in name.kind.shape if part for size in free_variables(part)}
    for cell in (cell for cells in left.values() for _, cell in cells):
        point = _smallest(session, cell.intersect(there))
        if point is not None:
            yield {v: k for v, k in point.items() if v in wanted}


def _smallest(session: Session, points: isl.Set) -> dict[Variable, int] | None:
    """The point with the smallest values, sizes first."""
    names = [points.get_dim_name(isl.dim_type.param, k) for k in range(points.dim(isl.dim_type.param))]
    names.sort(key=lambda name: (session.by_symbol[name].kind.index, session.order(session.by_symbol[name])))
    for name in names:
        near = session.constraint(f"-{_HORIZON} <= {name} <= {_HORIZON}", [session.by_symbol[name]])
        points = points.intersect(near)
    for k, name in enumerate(names):
        position = points.find_dim_by_name(isl.dim_type.param, name)
        points = points.move_dims(isl.dim_type.set, k, isl.dim_type.param, position, 1)
    first = points.lexmin()
    if first.is_empty():
        return None
    point = first.sample_point()
    values = [point.get_coordinate_val(isl.dim_type.set, k).to_python() for k in range(len(names))]
    return {session.by_symbol[name]: value for name, value in zip(names, values, strict=True)}
