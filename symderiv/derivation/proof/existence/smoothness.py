"""Which operations are smooth, which have kinks that a chain rule gets across, which are locally Lipschitz.

Smooth is what has a derivative wherever it exists, on an open set: huber too, whose two pieces meet with one
slope. Some operations are so only with some of their options.
"""

from __future__ import annotations

from collections.abc import Callable

from symderiv.expression.derivatives import DERIVATIVES
from symderiv.expression.substitution import substitute
from symderiv.expression.tree import (
    INFINITY,
    Apply,
    Binder,
    Constant,
    Expr,
    Index,
    Number,
    Sequence,
    Text,
    Variable,
)

SMOOTH = frozenset(
    "add sub neg pos mul matmul hadamard div transpose exp log sin cos tanh sinh cosh atan asinh erf erfc "
    "log1p expm1 log2 log10 sigmoid softplus silu swish gelu mish softsign logsigmoid celu softmax "
    "log_softmax logsumexp affine linear glu swiglu geglu conv1d conv2d conv3d correlate convolve "
    "conv_transpose1d conv_transpose2d conv_transpose3d avg_pool1d avg_pool2d avg_pool3d "
    "cross_entropy categorical_cross_entropy binary_cross_entropy binary_cross_entropy_with_logits mse "
    "kl_divergence poisson_nll gaussian_nll focal_loss info_nce dice_loss cosine_similarity "
    "batch_norm layer_norm rms_norm instance_norm group_norm batch_norm_inference "
    "attention multi_head_attention rope rnn_cell lstm_cell gru_cell embedding "
    "naive_softmax_loss negative_sampling_loss dropout reparameterise gaussian_kl sum mean var trace dot "
    "tanhshrink softmin nll_loss dpo_loss sgd_step momentum_step "
    "upsample_nearest1d upsample_nearest2d pixel_shuffle adaptive_avg_pool1d adaptive_avg_pool2d unfold fold "
    "diag outer flatten vec reshape flip pad concat stack slice take det inv one_hot ones zeros eye".split()
)
"""Operations that are differentiable wherever they exist, which is on an open set."""

KINKED = frozenset("relu leaky_relu prelu elu selu abs relu6 hardtanh hardsigmoid hardswish".split())
"""Functions of a number, taken entry by entry, with one or two kinks and slopes on both sides of them."""

_LIPSCHITZ = frozenset("max min std max_pool1d max_pool2d max_pool3d mae hinge triplet_margin_loss".split())


def is_smooth_operation(u: Apply) -> bool:
    """Whether an operation is smooth, as it stands with its options.

    >>> y, t = Variable("y"), Variable("t")
    >>> [is_smooth_operation(Apply("huber", (y, t), options)) for options in ((), (("delta", Number(0)),))]
    [True, False]
    """
    asked = _WITH.get(u.head)
    return u.head in SMOOTH or _is_whole_power(u) or (asked is not None and asked(dict(u.options)))


def _is_whole_power(u: Apply) -> bool:
    return u.head == "pow" and isinstance(u.args[1], Number) and isinstance(u.args[1].value, int)


def is_smooth(a: Expr) -> bool:
    """Whether an expression is made of smooth operations, and of derivatives of these."""
    return _made_of(a, lambda u: u.head in DERIVATIVES or is_smooth_operation(u))


def smooth_in(e: Expr, names: tuple[Variable, ...]) -> bool:
    """Whether e is a smooth function of these names."""
    plain: dict[Expr, Expr] = {name: Variable(name.name, name.kind) for name in names}
    return is_smooth(substitute(e, plain))


def is_lipschitz(a: Expr) -> bool:
    """Whether an expression is locally Lipschitz where it exists."""
    return _made_of(a, _is_lipschitz_operation)


def _is_lipschitz_operation(u: Apply) -> bool:
    asked = _NORMS.get(u.head)
    known = u.head in _LIPSCHITZ | KINKED or is_smooth_operation(u)
    return known or (asked is not None and asked(u))


def _made_of(a: Expr, accepted: Callable[[Apply], bool]) -> bool:
    """Whether an expression is made of accepted operations alone, behind its names too."""
    match a:
        case Number() | Text() | Constant():
            return True
        case Variable():
            return a.definition is None or _made_of(a.definition, accepted)
        case Apply(head="pow", args=(Apply(head="norm", args=(u,), options=()), Number(value=2))):
            return _made_of(u, accepted)
        case Apply():
            if not accepted(a):
                return False
        case Index() | Sequence():
            pass
        case Binder(kind="sum" | "array"):
            return _made_of(a.body, accepted)
        case _:
            return False
    return all(_made_of(child, accepted) for child in a.children)


Options = dict[str, Expr]


def _is_positive(size: Expr | None) -> bool:
    """An option that isn't given is 1 here."""
    match size:
        case None:
            return True
        case Number():
            return size.value > 0
        case Variable():
            return size.kind.domain.is_positive
    return False


_WITH: dict[str, Callable[[Options], bool]] = {
    "huber": lambda options: _is_positive(options.get("delta")),
    "smooth_l1": lambda options: _is_positive(options.get("beta")),
    "embedding_bag": lambda options: options.get("mode") != Text("max"),
}


def _is_norm(p: Expr | None) -> bool:
    """A p-norm has p ≥ 1; for smaller p it is steep where an entry is 0."""
    return p is None or p == INFINITY or (isinstance(p, Number) and p.value >= 1)


def _exponent(u: Apply, place: int, name: str) -> Expr | None:
    return u.args[place] if len(u.args) > place else dict(u.options).get(name)


def _is_root_of_squares(u: Apply) -> bool:
    """``sqrt(sum(a ⊙ a, axis=1))``, the norms of the rows."""
    match u.args[0]:
        case Apply(head="sum", args=(Apply(head="hadamard", args=(a, b)),)):
            return a == b
    return False


_NORMS: dict[str, Callable[[Apply], bool]] = {
    "sqrt": _is_root_of_squares,
    "softshrink": lambda u: _is_positive(_exponent(u, 1, "lambd")),
    "norm": lambda u: _is_norm(_exponent(u, 1, "p")),
    **dict.fromkeys(
        ("lp_pool1d", "lp_pool2d", "lp_pool3d"), lambda u: _is_norm(_exponent(u, 1, "norm_type"))
    ),
}
