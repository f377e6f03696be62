"""The rules of differentiation, on trees: each takes ``∂e/∂x`` and gives what stands instead, or declines.

A rule reads like the line of a textbook. `D` writes the derivative of a part: ``diff`` of numbers,
``gradient`` of a number by an array, ``jacobian`` of arrays (flattened, outputs down).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.derivation.dependence import depends, mentions, paths
from symderiv.derivation.meaning import tensor_of
from symderiv.expression.build import mul as product_of_sizes
from symderiv.expression.kinds import Kind
from symderiv.expression.substitution import fresh, free_variables
from symderiv.expression.tree import ONE, Apply, Call, Cases, Expr, Number, Variable
from symderiv.operations import OPERATIONS, Operation

Shape = tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """∂e/∂x, with the shapes of both."""

    e: Expr
    x: Variable
    shape: Shape
    wrt: Shape

    @property
    def scalar(self) -> bool:
        return not self.shape and not self.wrt


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a rule puts in place of a derivative, why, and the names it introduces."""

    after: Expr
    reason: str
    where: tuple[tuple[str, Expr], ...] = ()


Rule = Callable[[Problem], Rewriting | None]


def shape(tree: Expr) -> Shape:
    return tensor_of(tree).shape


def D(e: Expr, x: Expr) -> Expr:
    """The derivative of e by x as the head that its shapes ask for."""
    head = "jacobian" if shape(e) and shape(x) else "gradient" if shape(x) else "diff"
    return Apply(head, (e, x))


def times(*factors: Expr) -> Expr:
    """A product without ones, zeros taking all."""
    kept = tuple(f for f in factors if f != ONE)
    return ONE if not kept else kept[0] if len(kept) == 1 else Apply("mul", kept)


def plus(*terms: Expr) -> Expr:
    return terms[0] if len(terms) == 1 else Apply("add", terms)


def transposed(a: Expr) -> Expr:
    return Apply("transpose", (a,))


def diagonal(a: Expr) -> Expr:
    return Apply("diag", (a,))


def zero(p: Problem) -> Expr:
    """0, or zeros in the shape that the derivative has."""
    if p.shape and p.wrt:
        sizes: Shape = (product_of_sizes(*p.shape), product_of_sizes(*p.wrt))
    else:
        sizes = p.shape or p.wrt
    return Apply("zeros", sizes) if sizes else Number(0)


def constant(p: Problem) -> Rewriting | None:
    """∂c/∂x = 0."""
    if depends(p.e, p.x):
        return None
    return Rewriting(zero(p), f"nothing here depends on {p.x.name}")


def identity(p: Problem) -> Rewriting | None:
    """∂x/∂x = 1."""
    if p.e != p.x:
        return None
    after: Expr = Apply("eye", (product_of_sizes(*p.wrt),)) if p.wrt else ONE
    return Rewriting(after, f"{p.x.name} by itself: one where the entries are the same, else zero")


def definition(p: Problem) -> Rewriting | None:
    """A name that abbreviates is written out."""
    if not isinstance(p.e, Variable) or p.e.definition is None:
        return None
    return Rewriting(
        D(p.e.definition, p.x), f"the definition of {p.e.name}", ((p.e.name, p.e.definition),)
    )


def linear(p: Problem) -> Rewriting | None:
    """∂(a + b)/∂x = ∂a/∂x + ∂b/∂x, and likewise for - and a minus sign."""
    if not isinstance(p.e, Apply) or p.e.head not in ("add", "sub", "neg", "pos"):
        return None
    if any(shape(term) != p.shape for term in p.e.args):
        return None
    if p.e.head == "neg":
        return Rewriting(Apply("neg", (D(p.e.args[0], p.x),)), "a minus sign stays outside")
    terms = [(k, term) for k, term in enumerate(p.e.args) if depends(term, p.x)]
    parts = tuple(
        Apply("neg", (D(term, p.x),)) if p.e.head == "sub" and k == 1 else D(term, p.x) for k, term in terms
    )
    dropped = len(p.e.args) - len(parts)
    rest = f"; what doesn't depend on {p.x.name} falls away" if dropped else ""
    return Rewriting(plus(*parts), f"the derivative of a sum is the sum of the derivatives{rest}")


def product(p: Problem) -> Rewriting | None:
    """∂(u v)/∂x = u' v + u v' of numbers; A ∂u/∂x where A is constant."""
    if not isinstance(p.e, Apply) or p.e.head not in ("mul", "matmul"):
        return None
    moving = [k for k, factor in enumerate(p.e.args) if depends(factor, p.x)]
    if all(not shape(f) for f in p.e.args) and not p.wrt:
        return _scalar_product(p, moving)
    if len(moving) == 1 and moving[0] == len(p.e.args) - 1 and p.shape:
        return _constant_matrix(p, p.e.args[:-1], p.e.args[-1])
    return _inner_product(p)


def _scalar_product(p: Problem, moving: list[int]) -> Rewriting:
    factors = p.e.children
    fixed = [f for k, f in enumerate(factors) if k not in moving]
    live = [factors[k] for k in moving]
    if len(live) == 1:
        return Rewriting(times(*fixed, D(live[0], p.x)), "a constant factor stays outside")
    terms = (
        times(*fixed, *live[:k], D(live[k], p.x), *live[k + 1 :]) for k in range(len(live))
    )
    return Rewriting(plus(*terms), "the product rule: (u v)' = u' v + u v'")


def _constant_matrix(p: Problem, left: tuple[Expr, ...], u: Expr) -> Rewriting | None:
    if len(shape(u)) != 1 and any(shape(a) for a in left):
        return None
    return Rewriting(times(*left, D(u, p.x)), "a constant factor stays outside (u ↦ A u is linear)")


def _inner_product(p: Problem) -> Rewriting | None:
    """∂(uᵀ v)/∂x = (∂u/∂x)ᵀ v + (∂v/∂x)ᵀ u."""
    if p.shape or len(p.wrt) != 1 or not isinstance(p.e, Apply) or len(p.e.args) != 2:
        return None
    left, v = p.e.args
    if not (isinstance(left, Apply) and left.head == "transpose" and len(shape(v)) == 1):
        return None
    u = left.args[0]
    if len(shape(u)) != 1:
        return None
    terms = [
        times(transposed(D(a, p.x)), b) for a, b in ((u, v), (v, u)) if depends(a, p.x)
    ]
    return Rewriting(plus(*terms), "the product rule for uᵀ v")


def entrywise_product(p: Problem) -> Rewriting | None:
    """∂(u ⊙ v)/∂x = diag(v) ∂u/∂x + diag(u) ∂v/∂x of vectors."""
    if not isinstance(p.e, Apply) or p.e.head != "hadamard" or len(p.shape) != 1 or not p.wrt:
        return None
    u, v = p.e.args
    if shape(u) != p.shape or shape(v) != p.shape:
        return None
    terms = [times(diagonal(b), D(a, p.x)) for a, b in ((u, v), (v, u)) if depends(a, p.x)]
    return Rewriting(plus(*terms), "the product rule, entry by entry")


def quotient(p: Problem) -> Rewriting | None:
    """(u/v)' = (u' v - u v') / v² of numbers."""
    if not isinstance(p.e, Apply) or p.e.head != "div" or not p.scalar:
        return None
    u, v = p.e.args
    if not depends(v, p.x):
        return Rewriting(Apply("div", (D(u, p.x), v)), "a constant denominator stays below")
    below = Apply("pow", (v, Number(2)))
    second = times(u, D(v, p.x))
    above = Apply("sub", (times(D(u, p.x), v), second)) if depends(u, p.x) else Apply("neg", (second,))
    return Rewriting(Apply("div", (above, below)), "the quotient rule: (u/v)' = (u' v - u v') / v²")


def power(p: Problem) -> Rewriting | None:
    """(u^n)' = n u^(n-1) u'."""
    if not isinstance(p.e, Apply) or p.e.head != "pow" or not p.scalar:
        return None
    u, n = p.e.args
    if depends(n, p.x):
        return None
    lower = Number(n.value - 1) if isinstance(n, Number) else Apply("sub", (n, ONE))
    rest = u if lower == ONE else Apply("pow", (u, lower))
    inner = () if u == p.x else (D(u, p.x),)
    return Rewriting(times(n, rest, *inner), "the power rule: (u^n)' = n u^(n-1) u'")


_SCALAR: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda u: Apply("exp", (u,)),
    "log": lambda u: Apply("div", (ONE, u)),
    "sqrt": lambda u: Apply("div", (ONE, times(Number(2), Apply("sqrt", (u,))))),
    "sin": lambda u: Apply("cos", (u,)),
    "cos": lambda u: Apply("neg", (Apply("sin", (u,)),)),
    "tan": lambda u: plus(ONE, Apply("pow", (Apply("tan", (u,)), Number(2)))),
    "tanh": lambda u: Apply("sub", (ONE, Apply("pow", (Apply("tanh", (u,)), Number(2))))),
    "sinh": lambda u: Apply("cosh", (u,)),
    "cosh": lambda u: Apply("sinh", (u,)),
    "sigmoid": lambda u: times(
        Apply("sigmoid", (u,)), Apply("sub", (ONE, Apply("sigmoid", (u,))))
    ),
    "relu": lambda u: Apply("heaviside", (u,)),
    "softplus": lambda u: Apply("sigmoid", (u,)),
    "abs": lambda u: Apply("sign", (u,)),
    "atan": lambda u: Apply("div", (ONE, plus(ONE, Apply("pow", (u, Number(2)))))),
}
"""The derivative of a function of one number, as it is learnt by heart."""

_NAMES = {"abs": "|u|' = sign u where u ≠ 0", "relu": "ReLU' = Heaviside where u ≠ 0; at 0 the one-sided derivatives are 0 and 1"}


def by_heart(p: Problem) -> Rewriting | None:
    """f(u)' = f'(u) u' of numbers; diag(f'(u)) ∂u/∂x of vectors."""
    if not isinstance(p.e, Apply) or p.e.head not in _SCALAR or len(p.e.args) != 1:
        return None
    u = p.e.args[0]
    return _elementwise(p, u, _SCALAR[p.e.head](u), _NAMES.get(p.e.head, f"the derivative of {p.e.head}"))


def named_function(p: Problem) -> Rewriting | None:
    """f(u)' = f'(u) u' for a function that is only a name."""
    if not isinstance(p.e, Call) or len(p.e.args) != 1:
        return None
    u = p.e.args[0]
    outer = Call(p.e.function, (u,), (p.e.orders[0] + 1,))
    return _elementwise(p, u, outer, f"the derivative of {p.e.function.name}")


def _elementwise(p: Problem, u: Expr, outer: Expr, name: str) -> Rewriting | None:
    chain = "" if u == p.x else "the chain rule, with "
    if p.scalar:
        return Rewriting(times(outer, *(() if u == p.x else (D(u, p.x),))), chain + name)
    if len(p.shape) == 1 and p.wrt:
        inner = () if u == p.x else (D(u, p.x),)
        return Rewriting(times(diagonal(outer), *inner), f"{chain}{name}, entry by entry: a diagonal matrix")
    if not p.shape and p.wrt:
        return Rewriting(times(outer, D(u, p.x)), chain + name)
    return None


def cases(p: Problem) -> Rewriting | None:
    """Branch by branch, inside each case."""
    if not isinstance(p.e, Cases) or not p.scalar:
        return None
    branches = tuple((c, D(value, p.x)) for c, value in p.e.branches)
    otherwise = None if p.e.otherwise is None else D(p.e.otherwise, p.x)
    return Rewriting(Cases(branches, otherwise), "case by case, away from where the cases meet")


def weights(p: Problem) -> Rewriting | None:
    """∂L/∂W = δ vᵀ where L depends on W through u = W v + …, and δ = ∂L/∂u."""
    if p.shape or len(p.wrt) != 2:
        return None
    through = paths(p.e, p.x)
    if len(through) != 1 or mentions(p.e, p.x) or through[0].definition is None:
        return None
    u = through[0]
    v = _multiplied_by(through[0].definition, p.x)
    if v is None:
        return None
    return Rewriting(
        times(D(p.e, u), transposed(v)),
        f"{p.x.name} enters through {u.name} = {p.x.name} v + …, and ∂{u.name}_i/∂{p.x.name}_kl = δ_ik v_l",
        ((u.name, through[0].definition),),
    )


def _multiplied_by(u: Expr, w: Variable) -> Expr | None:
    """v, where u is W v, or a sum of W v and terms without W."""
    if isinstance(u, Apply) and u.head == "add":
        moving = [term for term in u.args if depends(term, w)]
        return _multiplied_by(moving[0], w) if len(moving) == 1 else None
    if isinstance(u, Apply) and u.head in ("mul", "matmul") and len(u.args) == 2 and u.args[0] == w:
        return u.args[1] if len(shape(u.args[1])) == 1 and not depends(u.args[1], w) else None
    return None


def through_names(p: Problem) -> Rewriting | None:
    """The chain rule through names: ∂e/∂x = Σ_u ∂e/∂u ∂u/∂x."""
    through = paths(p.e, p.x)
    if not through or isinstance(p.e, Variable) or mentions(p.e, p.x):
        return None
    terms = [_chained(p, p.e, u, D(u, p.x)) for u in through]
    names = ", ".join(u.name for u in through)
    where = tuple((u.name, u.definition) for u in through if u.definition is not None)
    return Rewriting(plus(*terms), f"the chain rule through {names}", where)


def _chained(p: Problem, e: Expr, u: Variable, inner: Expr) -> Expr:
    """∂e/∂u ∂u/∂x in the shape that ∂e/∂x has."""
    outer = D(e, u)
    if p.shape or not p.wrt or not shape(u):
        return times(outer, inner)
    if len(p.wrt) == 1 and len(shape(u)) == 1:
        return times(transposed(inner), outer)
    row = times(transposed(Apply("flatten", (outer,))), inner)
    return Apply("reshape", (row, *p.wrt))


def closed_form(p: Problem) -> Rewriting | None:
    """The Jacobian that an operation states of itself, where x is one of its arguments."""
    found = _operation(p.e)
    if found is None:
        return None
    operation, e = found
    bound = operation.bind(e.args, e.options)
    moving = [
        (q.name, tree)
        for q, tree in zip(operation.parameters, bound, strict=True)
        if not q.option and isinstance(tree, Expr) and depends(tree, p.x)
    ]
    if len(moving) != 1 or moving[0][1] != p.x or moving[0][0] not in operation.jacobians:
        return None
    if not all(_is_named(tree) for tree in bound if isinstance(tree, Expr)):
        return None
    form = operation.jacobians[moving[0][0]](*bound)
    if len(p.shape) > 1 or len(p.wrt) > 1:
        sizes = (product_of_sizes(*p.shape), product_of_sizes(*p.wrt)) if p.shape else p.wrt
        form = Apply("reshape", (form, *sizes)) if p.shape else form
    return Rewriting(form, f"the derivative of {operation.name} by {moving[0][0]}")


def _is_named(tree: Expr) -> bool:
    return not shape_is_compound(tree)


def shape_is_compound(tree: Expr) -> bool:
    """Whether an argument is neither a name nor a literal."""
    return isinstance(tree, (Apply, Call, Cases)) and tree.head != "neg" if isinstance(tree, Apply) else False


def name_arguments(p: Problem) -> Rewriting | None:
    """An operation at compound arguments: each gets a name, for the chain rule to go through."""
    found = _operation(p.e)
    if found is None or not found[0].jacobians:
        return None
    operation, e = found
    taken = {v.name for v in free_variables(p.e)} | {p.x.name}
    named: list[Variable] = []
    args: list[Expr] = []
    for arg in e.args:
        if isinstance(arg, Variable) or not shape_is_compound(arg):
            args.append(arg)
            continue
        letter = fresh(_LETTERS[len(named) % len(_LETTERS)], taken)
        taken.add(letter)
        u = Variable(letter, Kind(shape=tuple(shape(arg))), definition=arg)
        named.append(u)
        args.append(u)
    if not named:
        return None
    outer = Apply(e.head, tuple(args), e.options)
    where = tuple((u.name, u.definition) for u in named if u.definition is not None)
    text = ", ".join(u.name for u in named)
    return Rewriting(Apply(D(p.e, p.x).head, (outer, p.x)), f"name the inner part {text}", where)  # type: ignore[attr-defined]


_LETTERS = ("z", "u", "v", "s", "q", "r")


def _operation(e: Expr) -> tuple[Operation, Apply] | None:
    if not isinstance(e, Apply):
        return None
    operation = OPERATIONS.get(e.head)
    return None if operation is None else (operation, e)


RULES: tuple[tuple[str, Rule], ...] = (
    ("constant", constant),
    ("identity", identity),
    ("weights", weights),
    ("definition", definition),
    ("linearity", linear),
    ("product rule", product),
    ("product rule", entrywise_product),
    ("quotient rule", quotient),
    ("power rule", power),
    ("closed form", closed_form),
    ("chain rule", by_heart),
    ("chain rule", named_function),
    ("cases", cases),
    ("chain rule", through_names),
    ("naming", name_arguments),
)
"""The rules in the order in which they are tried."""

