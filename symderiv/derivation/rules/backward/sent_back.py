"""The chain rule through one operation, in the form in which the operation sends a gradient back.

For a number L that depends on x through u = f(x) alone, and G = ∂L/∂u: what f states as its vjp, such as
``G xᵀ`` for the weights of an affine layer, or a transposed convolution for the input of a strided one.
Where f states no such form, the entries of ∂u/∂x are summed against G.
"""

from __future__ import annotations

from symderiv.derivation.dependence import mentions, paths
from symderiv.derivation.rules.backward import convolutions
from symderiv.derivation.rules.backward.contraction import contracted
from symderiv.derivation.rules.backward.saying import in_words
from symderiv.derivation.rules.closed_forms import argument_of, with_kinks
from symderiv.derivation.rules.compositions import written_by_others
from symderiv.derivation.rules.problem import D, Problem, Rewriting, operation_of, shape, times, transposed
from symderiv.expression.kinds import Kind
from symderiv.expression.printing.display import readable
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import Apply, Binder, Expr, Variable
from symderiv.operations.declaring.operation import Operation


def sent_back(p: Problem) -> Rewriting | None:
    """∂L/∂x = vjp(∂L/∂u, x)."""
    through = paths(p.e, p.x)
    if p.shape or len(through) != 1 or p.e == through[0] or mentions(p.e, p.x):
        return None
    u = through[0]
    found = None if u.definition is None or not shape(u) else operation_of(u.definition)
    if found is None or u.definition is None:
        return None
    operation, e = found
    if convolutions.is_plain(e) or written_by_others(e, p.x) is not None:
        return None
    parameter = argument_of(operation, e, p.x)
    if parameter is None or (not p.wrt and parameter not in operation.vjps):
        return None
    G = Variable("_upstream", Kind(shape=tuple(shape(u))))
    bound = operation.bind(e.args, e.options)
    forms = _forms(operation, parameter, G, bound, p)
    if not forms:
        return None
    lines = [readable(substitute(form, {G: D(p.e, u)})) for form in forms]
    where = ((u.name, u.definition),)
    weighed = D(Apply("sum", (Apply("hadamard", (G, e)),)), p.x)
    words = in_words(e, p.x) if shape(u) else "what it sends back"
    reason = with_kinks(f"the chain rule through {u.name} = {operation.name}: {words}", operation)
    if len(lines) == 1:
        return Rewriting(lines[0], reason, where, lemma=((weighed, forms[0]),))
    jacobian = f"the chain rule through {u.name}: the Jacobian of {operation.name} by {p.x.name}, transposed"
    second = Rewriting(lines[1], f"multiplied out: {reason}", where, lemma=((forms[0], forms[1]),))
    return Rewriting(lines[0], jacobian, where, (second,), lemma=((weighed, forms[0]),))


Bound = tuple[Expr | tuple[Expr, ...] | None, ...]


def _forms(operation: Operation, parameter: str, G: Variable, bound: Bound, p: Problem) -> tuple[Expr, ...]:
    """The forms that an operation's gradient takes, one after the other: (∂u/∂x)ᵀ G, then what it states."""
    vjp = operation.vjps.get(parameter)
    stated = None if vjp is None else vjp(G, *bound)
    jacobian = operation.jacobians.get(parameter)
    if stated is not None:
        first = None if jacobian is None else _matrix_product(jacobian(*bound), G, p)
        return (stated,) if first is None or first == stated else (first, stated)
    if jacobian is None:
        return ()
    form = jacobian(*bound)
    product = _matrix_product(form, G, p) or contracted(form, G, p.wrt)
    return () if product is None else (product,)


def _matrix_product(form: Expr, G: Variable, p: Problem) -> Expr | None:
    """Jᵀ G of a Jacobian that is written as a matrix."""
    if isinstance(form, Binder) or len(p.wrt) != 1 or len(shape(G)) != 1:
        return None
    return times(transposed(form), G)
