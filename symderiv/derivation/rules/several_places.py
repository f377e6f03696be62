"""An operation at one array in several places, such as self-attention: a name for each place.

    ∂ attention(X, X, X)/∂X   is   ∂ attention(Q, K, V)/∂X   where Q = X, K = X, V = X

The chain rule then adds up the derivatives by each place, the other places held.
"""

from __future__ import annotations

from symderiv.derivation.dependence import depends
from symderiv.derivation.rules.problem import Problem, Rewriting, derivative_of, operation_of, shape
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import fresh
from symderiv.expression.tree import Apply, Expr, Variable


def several_places(p: Problem) -> Rewriting | None:
    """∂f(x, x)/∂x where the operation f states its Jacobian by each of these places."""
    found = operation_of(p.e)
    if found is None or not p.shape or not p.wrt:
        return None
    operation, e = found
    places = dict(zip((parameter.name for parameter in operation.parameters), e.args, strict=False))
    here = [name for name, tree in places.items() if tree == p.x]
    others = (*(tree for tree in places.values() if tree != p.x), *(value for _, value in e.options))
    stated = all(name in operation.jacobians for name in here)
    if len(here) < 2 or not stated or any(isinstance(o, Expr) and depends(o, p.x) for o in others):
        return None
    taken = p.taken
    named: dict[str, Variable] = {}
    for name in here:
        letter = fresh(name, taken)
        taken.add(letter)
        named[name] = Variable(letter, Kind(shape=tuple(shape(p.x))), definition=p.x)
    apart = Apply(e.head, tuple(named.get(name, tree) for name, tree in places.items()), e.options)
    reason = f"{p.x.name} stands in several places: a name for each"
    where = tuple((v.name, p.x) for v in named.values())
    return Rewriting(derivative_of(apart, p.x), reason, where)
