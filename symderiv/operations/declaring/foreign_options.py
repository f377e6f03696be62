"""Arguments as libraries call them: those that mean the same here, and what to write for the others."""

from __future__ import annotations

_LEFT_OUT = "leave it out: it changes no value here"

_REDUCTION = "write reduction='mean', 'sum' or 'none'"

_WEIGHED = "write the losses with reduction='none', times the weights"

_AT_INFERENCE = "of a given mean m and variance v write batch_norm_inference(X, m, v, gamma, beta)"

_SAME: dict[tuple[str, str], str] = {
    (operation, theirs): ours
    for operation in "sum mean prod softmax log_softmax logsumexp concat stack".split()
    for theirs, ours in (("dim", "axis"), ("keepdim", "keepdims"))
}
"""Not of var and std, which PyTorch divides by n - 1, nor of max, of which it gives the places, too."""

_OF_ANY: dict[str, str] = {
    "dim": "write axis=",
    "dims": "write axis=",
    "keepdim": "write keepdims=True",
    "ord": "write p=",
    "size_average": _REDUCTION,
    "reduce": _REDUCTION,
    "attn_mask": "write mask=",
    "dropout_p": "write dropout(x, mask, p=1/2) where it acts",
    "running_mean": _AT_INFERENCE,
    "running_var": _AT_INFERENCE,
    "normalized_shape": "layer_norm is over the last axis; over several write batch_norm(X, axis=(1, 2))",
    "num_groups": "write group_norm(X, 2)",
    "padding_mode": "zeros are padded; write the padded array itself for another padding",
    "value": "zeros are padded; write the padded array itself for another padding",
    "divisor_override": "multiply by the size of the window over the divisor",
    "return_indices": "leave it out, and compare with the maximum for its place",
    "padding_idx": "leave it out: it keeps a row from being learnt, and changes no value",
    "temperature": "divide the logits by it",
    "threshold": _LEFT_OUT,
    **dict.fromkeys("training momentum inplace dtype device out requires_grad".split(), _LEFT_OUT),
}

_OF_ONE: dict[tuple[str, str], str] = {
    **dict.fromkeys((("var", "dim"), ("std", "dim")), "write axis=, and ddof=1 for PyTorch's n - 1"),
    ("softplus", "beta"): "write softplus(b*x)/b",
    ("silu", "beta"): "write x*sigmoid(b*x)",
    ("swish", "beta"): "write x*sigmoid(b*x)",
    ("norm", "axis"): "write sqrt(sum(hadamard(X, X), axis=1))",
    ("norm", "dim"): "write sqrt(sum(hadamard(X, X), axis=1))",
    ("layer_norm", "axis"): "layer_norm is over the last axis; over others write batch_norm(X, axis=…)",
    ("dropout", "training"): "dropout takes its mask of zeros and ones: dropout(x, mask, p=1/2)",
    ("pad", "mode"): "zeros are padded; write the padded array itself for another padding",
    (
        "binary_cross_entropy",
        "weight",
    ): "write the losses with reduction='none', times the weights",
    (
        "binary_cross_entropy_with_logits",
        "weight",
    ): "write the losses with reduction='none', times the weights",
    ("mse", "weight"): _WEIGHED,
    ("kl_divergence", "log_target"): "write kl_divergence(p, exp(q)) for logarithms q",
    ("cross_entropy", "from_logits"): "cross_entropy takes logits, categorical_cross_entropy probabilities",
}


def own_name(operation: str, argument: str) -> str:
    """What an argument that a library has is called here, where it means the same; else as it is.

    >>> own_name("sum", "dim"), own_name("var", "dim")
    ('axis', 'dim')
    """
    return _SAME.get((operation, argument), argument)


def cure_of(operation: str, argument: str) -> str:
    """What to write for an argument that an operation doesn't have; nothing where no library has it.

    >>> cure_of("norm", "ord")
    'write p='
    """
    return _OF_ONE.get((operation, argument)) or _OF_ANY.get(argument, "")
