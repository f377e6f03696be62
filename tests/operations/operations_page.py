"""The tables of docs/operations.md, from the operations themselves. Run this file to write them anew."""

from __future__ import annotations

from pathlib import Path

from symderiv.operations import OPERATIONS, Operation

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
MARK = "<!-- the tables below are written by tests/operations/operations_page.py -->\n"

_HEADINGS = {
    "relu": "Activations",
    "softmax": "Softmax",
    "affine": "Affine layers",
    "conv1d": "Convolution",
    "correlate": "Correlation and convolution as NumPy and SciPy mean them",
    "conv_transpose1d": "Transposed convolution",
    "max_pool1d": "Pooling",
    "cross_entropy": "Losses",
    "batch_norm": "Normalisation",
    "attention": "Attention",
    "rnn_cell": "Recurrent cells",
    "embedding": "Embedding and word2vec",
    "dropout": "Sampling",
    "conv_output_size": "Sizes and counts",
}
_HEAD = (
    "| operation | meaning | closed form by | sends back to | counts | where it has none |\n"
    "|---|---|---|---|---|---|\n"
)


def tables() -> str:
    """One table a family, in the order in which operations are listed."""
    parts: list[str] = []
    listed = [
        operation
        for operation in OPERATIONS.values()
        if operation.examples or operation.name in _HEADINGS or parts_of_sizes(operation)
    ]
    for operation in listed:
        if operation.name in _HEADINGS or not parts:
            parts.append(f"\n## {_HEADINGS.get(operation.name, 'Activations')}\n\n{_HEAD}")
        parts[-1] += row(operation)
    return "".join(parts)


def parts_of_sizes(operation: Operation) -> bool:
    return not operation.elementary and not operation.examples


def row(operation: Operation) -> str:
    cells = (
        f"`{operation.usage}`",
        operation.formula,
        ", ".join(operation.jacobians),
        ", ".join(operation.vjps),
        ", ".join(operation.counts),
        operation.kinks,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.split(MARK)[0] + MARK + tables(), encoding="utf-8")
