"""The chain rule through one operation, in the form in which the operation sends a gradient back.

For a number L that depends on x through u = f(x) alone, and G = ∂L/∂u: what f states as its vjp, such as
``G xᵀ`` for the weights of an affine layer, or a transposed convolution for the input of a strided one.
"""

from __future__ import annotations

from symderiv.derivation.dependence import mentions, paths
from symderiv.derivation.rules.closed_forms import argument_of
from symderiv.derivation.rules.problem import D, Problem, Rewriting, operation_of, shape
from symderiv.expression.display import readable
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Variable


def sent_back(p: Problem) -> Rewriting | None:
    """∂L/∂x = vjp(∂L/∂u, x)."""
    through = paths(p.e, p.x)
    if p.shape or not p.wrt or len(through) != 1 or p.e == through[0] or mentions(p.e, p.x):
        return None
    u = through[0]
    found = None if u.definition is None else operation_of(u.definition)
    if found is None or u.definition is None:
        return None
    operation, e = found
    parameter = argument_of(operation, e, p.x)
    if parameter is None or parameter not in operation.vjps:
        return None
    upstream = Variable("_upstream", Kind(shape=tuple(shape(u))))
    form = operation.vjps[parameter](upstream, *operation.bind(e.args, e.options))
    if form is None:
        return None
    after = readable(substitute(form, {upstream: D(p.e, u)}))
    reason = f"the chain rule through {u.name}: what {operation.name} sends back to {parameter}"
    return Rewriting(after, reason, ((u.name, u.definition),))
