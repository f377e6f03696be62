"""What one operation u = f(…, a, …) sends back to its argument a, for G = ∂L/∂u.

    u = A v     G vᵀ to A, Aᵀ G to v        u = a + b    G to both        u = f(a) by entries    G ⊙ f'(a)
    u = a ⊙ b   b ⊙ G to a                  u = a/s      G/s to a, -Σ G ⊙ a/s² to the number s
    u = aᵀ      Gᵀ                          u = A⁻¹      -A⁻ᵀ G A⁻ᵀ
    u = a, then b   the first entries of G to a, the others to b

Other operations state it themselves (their vjp), or it is the Jacobian summed against G.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.derivation.rules.backward import convolutions, kronecker
from symderiv.derivation.rules.backward.contraction import contracted
from symderiv.derivation.rules.backward.sends_along import REDUCTIONS, along, axes_of
from symderiv.derivation.rules.functions import inside
from symderiv.derivation.rules.problem import Shape, entrywise, shape, times, transposed
from symderiv.derivation.vocabulary import is_row
from symderiv.expression.build import add
from symderiv.expression.printing.display import readable
from symderiv.expression.tree import TRUE, Apply, Binder, Call, Expr, Index, Number, Variable
from symderiv.operations import OPERATIONS, Operation
from symderiv.operations.declaring.forms import array_of, entry, plus
from symderiv.operations.declaring.shapes import is_one, same_shape, same_size
from symderiv.operations.normalisation.vjps import axes_tree

Form = Callable[[Apply, int, Variable], Expr | None]


def form(u: Apply | Call, k: int, G: Variable) -> Expr | None:
    """What u sends back to its argument number k, which is a name; None where there is no form for it."""
    if isinstance(u, Call):
        slope = Call(u.function, u.args, (u.orders[0] + 1,)) if len(u.args) == 1 else None
        return None if slope is None else entrywise(G, slope)
    known = inside(u)
    if known is not None:
        return entrywise(G, known[1])
    rule = _FORMS.get(u.head)
    return _stated(u, k, G) if rule is None else rule(u, k, G)


def _convolved(u: Apply, k: int, G: Variable) -> Expr | None:
    return convolutions.form(u, k, G) or _stated(u, k, G)


def _total(a: Expr) -> Expr:
    return Apply("sum", (a,)) if shape(a) else a


def _term(u: Apply, k: int, G: Variable) -> Expr | None:
    sent: Expr = Apply("neg", (G,)) if u.head == "neg" or (u.head == "sub" and k) else G
    return _collected(sent, shape(u.args[k]), shape(u))


def _collected(sent: Expr, part: Shape, whole: Shape) -> Expr | None:
    """What comes back to an array that stands beside itself in a larger one: the sum over these places."""
    if same_shape(part, whole):
        return sent
    if not part:
        return _total(sent)
    before = len(whole) - len(part)
    if len(whole) < 3 or before < 0:
        return None
    axes = tuple(k for k in range(len(whole)) if k < before or not same_size(whole[k], part[k - before]))
    total = Apply("sum", (sent,), (("axis", axes_tree(axes)), ("keepdims", TRUE)))
    return total if not before else Apply("reshape", (total, *map(readable, part)))


def _factor(u: Apply, k: int, G: Variable) -> Expr | None:
    left, a, right = u.args[:k], u.args[k], u.args[k + 1 :]
    if not shape(a):
        rest = times(*left, *right)
        return _total(entrywise(G, rest)) if same_shape(shape(rest), shape(u)) else None
    if isinstance(a, Apply):  # a row aᵀ: to a itself
        return times(*right, transposed(G), *left) if not right and left else None
    if any(len(shape(b)) == 1 for b in left) or any(len(shape(b)) > 2 for b in (a, *left, *right)):
        return None
    if len(shape(a)) == 1 and any(map(shape, right)) and not is_row(right[0]):
        return None
    before, after = (tuple(map(_turned, reversed(side))) for side in (left, right))
    sent = times(*before, G, *after)
    if all(map(is_one, shape(a))) and not shape(sent):  # a row times a column, for a vector of one entry
        return Apply("reshape", (sent, *map(readable, shape(a))))
    return sent


def _turned(a: Expr) -> Expr:
    if not shape(a):
        return a
    return a.children[0] if is_row(a) else transposed(a)


def _partner(u: Apply, k: int, G: Variable) -> Expr | None:
    if len(u.args) != 2 or not all(map(shape, u.args)):
        return None
    return _collected(Apply("hadamard", (u.args[1 - k], G)), shape(u.args[k]), shape(u))


def _fraction(u: Apply, k: int, G: Variable) -> Expr | None:
    a, s = u.args
    if k == 0 and same_shape(shape(a), shape(u)):
        return Apply("div", (G, s))
    if k == 0:
        return None if shape(a) else _total(Apply("div", (G, s)))
    below = Apply("pow", (s, Number(2))) if not shape(s) else Apply("hadamard", (s, s))
    above = entrywise(G, a) if same_shape(shape(a), shape(G)) else times(a, G)
    if shape(s):
        return Apply("neg", (Apply("div", (above, below)),))
    return Apply("neg", (Apply("div", (_total(above), below)),))


def _turned_round(u: Apply, k: int, G: Variable) -> Expr | None:
    return transposed(G) if len(shape(u.args[0])) == 2 else None


def _reshaped(u: Apply, k: int, G: Variable) -> Expr | None:
    sizes = tuple(map(readable, shape(u.args[0])))
    return None if k or not sizes else Apply("reshape", (G, *sizes))


def _inverse(u: Apply, k: int, G: Variable) -> Expr | None:
    turned = transposed(u)
    return Apply("neg", (times(turned, G, turned),))


def _outer(u: Apply, k: int, G: Variable) -> Expr | None:
    return times(transposed(G) if k else G, u.args[1 - k])


def _on_diagonal(u: Apply, k: int, G: Variable) -> Expr | None:
    """The diagonal of G to a vector; to a matrix G on its diagonal."""
    return Apply("diag", (G,)) if len(shape(u.args[0])) + len(shape(u)) == 3 else None


def _padded(u: Apply, k: int, G: Variable) -> Expr | None:
    """G without its rim."""
    if k or len(u.args) != 2 or not shape(u.args[0]):
        return None
    return array_of(shape(u.args[0]), lambda *at: entry(G, *(plus(i, u.args[1]) for i in at)), G, u.args[1])


def _joined(u: Apply, k: int, G: Variable) -> Expr | None:
    """The entries of G at the places where argument k stands in a row of arrays."""
    size = shape(u)
    if k >= len(u.args) or len(u.args) < 2 or any(len(shape(a)) != len(size) for a in u.args):
        return None
    along = axes_of(dict(u.options).get("axis", Number(0)), len(size))
    if len(along) != 1:
        return None
    axis = along[0]
    before = add(*(shape(a)[axis] for a in u.args[:k]))
    past = add(before, shape(u.args[k])[axis])
    start = () if not k else (("start", readable(before)),)
    stop = () if k + 1 == len(u.args) else (("stop", readable(past)),)
    return Apply("slice", (G,), (*start, *stop, *((("axis", Number(axis)),) if axis else ())))


def _stacked(u: Apply, k: int, G: Variable) -> Expr | None:
    """Row k of G."""
    return Index(G, (Number(k),)) if k < len(u.args) > 1 else None


def _flipped(u: Apply, k: int, G: Variable) -> Expr | None:
    return Apply("flip", (G, *u.args[1:]), u.options) if not k else None


def _stated(u: Apply, k: int, G: Variable) -> Expr | None:
    """What the operation says that it sends back, else its Jacobian summed against G."""
    operation, name, bound = _bound(u, u.children[k])
    if operation is None:
        return None
    vjp, jacobian = operation.vjps.get(name), operation.jacobians.get(name)
    stated = None if vjp is None else vjp(G, *bound)
    if stated is not None or jacobian is None:
        return stated
    form = jacobian(*bound)
    if not shape(u):
        return times(G, form)
    return _transposed_times(form, u.children[k], G) or contracted(form, G, shape(u.children[k]))


def jacobian_product(u: Apply, a: Variable, G: Variable) -> Expr | None:
    """Jᵀ G, where u states its Jacobian J by the vector a as a matrix."""
    operation, name, bound = _bound(u, a)
    jacobian = None if operation is None else operation.jacobians.get(name)
    return None if jacobian is None else _transposed_times(jacobian(*bound), a, G)


def _transposed_times(form: Expr, a: Expr, G: Variable) -> Expr | None:
    if isinstance(form, Binder) or len(shape(a)) != 1 or len(shape(G)) != 1:
        return None
    return times(transposed(form), G)


Bound = tuple[Expr | tuple[Expr, ...] | None, ...]


def _bound(u: Apply, a: Expr) -> tuple[Operation | None, str, Bound]:
    """The operation, its parameter that is given a, and what all are given."""
    operation = OPERATIONS.get(u.head)
    if operation is None:
        return None, "", ()
    bound = operation.bind(u.args, u.options)
    name = next((p.name for p, b in zip(operation.parameters, bound, strict=True) if b == a), "")
    return operation, name, bound


_FORMS: dict[str, Form] = {
    "add": _term,
    "sub": _term,
    "neg": _term,
    "pos": _term,
    "mul": _factor,
    "matmul": _factor,
    "hadamard": _partner,
    "div": _fraction,
    "transpose": _turned_round,
    "flatten": _reshaped,
    "reshape": _reshaped,
    "vec": _reshaped,
    "kron": kronecker.form,
    "inv": _inverse,
    "concat": _joined,
    "stack": _stacked,
    "flip": _flipped,
    "diag": _on_diagonal,
    "pad": _padded,
    "outer": _outer,
    "conv1d": _convolved,
    "conv2d": _convolved,
    **dict.fromkeys(REDUCTIONS, along),
}
