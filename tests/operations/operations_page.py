"""The tables of docs/operations.md, from the operations themselves. Run this file to write them anew."""

from __future__ import annotations

import re
from pathlib import Path

from symderiv.expression.kinds import SIZE
from symderiv.expression.printing.text import to_text
from symderiv.expression.tree import ZERO, Expr, Number, Text, Variable
from symderiv.operations import OPERATIONS, Operation
from symderiv.operations.declaring.counting import array, parameters, work
from symderiv.operations.table import FAMILIES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
MARK = "<!-- the tables below are written by tests/operations/operations_page.py -->\n"

_ELEMENTARY = ("Arithmetic", "Functions of numbers", "Sums, means, extremes", "Arrays", "Padding")
"""What every language has; its derivatives are the rules of calculus."""

_HEAD = (
    "| operation | meaning | closed form by | sends back to | where it has none |\n|---|---|---|---|---|\n"
)
_COSTS = (
    "| operation | for | parameters | multiplications | additions | divisions | comparisons | functions |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def tables() -> str:
    """One table a family, and one of what operations cost."""
    families = (
        f"\n## {title}\n\n{_HEAD}" + "".join(map(row, family))
        for title, family in FAMILIES.items()
        if title not in _ELEMENTARY
    )
    return "".join(families) + f"\n## What each costs\n\n{_COSTS}" + "".join(map(cost_row, LETTERS))


def row(operation: Operation) -> str:
    cells = (
        f"`{operation.usage}`",
        operation.formula,
        ", ".join(operation.jacobians) or ("its parts" if operation.made_of else ""),
        ", ".join(operation.vjps),
        operation.kinks,
    )
    return _line(cells)


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


_CELL = {"x": "m", "h": "n", "W": "n m", "U": "n n", "b": "n"}
LETTERS: dict[str, dict[str, str]] = {
    **{
        name: {"x": "n"}
        for name in (
            "relu leaky_relu elu heaviside sigmoid tanh softplus silu gelu softmax log_softmax logsumexp"
        ).split()
    },
    "affine": {"W": "m n", "x": "n", "b": "m"},
    "linear": {"X": "B n", "W": "m n", "b": "m"},
    "conv1d": {"X": "C W", "K": "N C k", "bias": "N", "padding": "same"},
    "conv2d": {"X": "C H W", "K": "N C k k", "bias": "N", "padding": "same"},
    "conv3d": {"X": "C D H W", "K": "N C k k k", "bias": "N", "padding": "same"},
    "correlate": {"x": "n", "w": "k", "mode": "same"},
    "convolve": {"x": "n", "w": "k", "mode": "same"},
    "conv_transpose1d": {"X": "C W", "K": "C N 2", "stride": "2", "bias": "N"},
    "conv_transpose2d": {"X": "C H W", "K": "C N 2 2", "stride": "2", "bias": "N"},
    "conv_transpose3d": {"X": "C D H W", "K": "C N 2 2 2", "stride": "2", "bias": "N"},
    "max_pool2d": {"X": "C H W", "kernel_size": "3", "stride": "1", "padding": "1"},
    "avg_pool2d": {"X": "C H W", "kernel_size": "3", "stride": "1", "padding": "1"},
    "lp_pool2d": {"X": "C 8 8", "kernel_size": "2", "norm_type": "2"},
    "cross_entropy": {"z": "n", "t": "n"},
    "categorical_cross_entropy": {"p": "n", "t": "n"},
    "binary_cross_entropy": {"p": "n", "t": "n"},
    "binary_cross_entropy_with_logits": {"z": "n", "t": "n"},
    "mse": {"y": "n", "t": "n"},
    "mae": {"y": "n", "t": "n"},
    "hinge": {"s": "n", "t": "n"},
    "kl_divergence": {"p": "n", "q": "n"},
    "batch_norm": {"X": "B C", "gamma": "C", "beta": "C"},
    "layer_norm": {"x": "n", "gamma": "n", "beta": "n"},
    "rms_norm": {"x": "n", "gamma": "n"},
    "instance_norm": {"X": "B C H W", "gamma": "C", "beta": "C"},
    "group_norm": {"X": "B 4 H W", "num_groups": "2", "gamma": "4", "beta": "4"},
    "attention": {"Q": "m d", "K": "n d", "V": "n e"},
    "rnn_cell": _CELL,
    "lstm_cell": {**_CELL, "c": "n", "W": "4n m", "U": "4n n", "b": "4n"},
    "gru_cell": {**_CELL, "W": "3n m", "U": "3n n", "b": "3n"},
    "embedding": {"W": "V d", "i": "n"},
    "naive_softmax_loss": {"v": "d", "U": "V d", "o": ""},
    "negative_sampling_loss": {"v": "d", "U": "V d", "o": "", "K": "k"},
    "dropout": {"x": "n", "mask": "n"},
    "reparameterise": {"mu": "n", "sigma": "n", "eps": "n"},
    "gaussian_kl": {"mu": "n", "sigma": "n"},
}
"""The shape of each array in letters, and options as they are written."""


def size(written: str) -> Expr:
    """``n``, ``2``, or ``4n``."""
    if written.isdigit():
        return Number(int(written))
    times, letter = written[:-1], Variable(written[-1], SIZE)
    return Number(int(times)) * letter if times else letter


def cost_row(name: str) -> str:
    operation, given = OPERATIONS[name], LETTERS[name]
    values = [
        p.default
        if p.name not in given
        else _option(given[p.name])
        if p.option
        else array(p.name, *map(size, given[p.name].split()))
        for p in operation.parameters
    ]
    counts = (parameters(operation, *values), *work(operation, *values).each)
    shapes = ", ".join(f"{key}: {'×'.join(text.split()) or 'number'}" for key, text in given.items())
    return _line((f"`{name}`", shapes, *("" if n == ZERO else written(n) for n in counts)))


def _option(text: str) -> Expr:
    return Number(int(text)) if text.isdigit() else Text(text)


def written(count: Expr) -> str:
    """A count as mathematics: ``2 n m + n``."""
    plain = re.sub(r"\+ -(?:1 (?=\w))?", "- ", to_text(count).replace("*", " "))
    return re.sub(r"\b([a-zA-Z])((?: \1\b)+)", lambda m: m[1] + "²³"[len(m[2]) // 2 - 1], plain)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.split(MARK)[0] + MARK + tables(), encoding="utf-8")
