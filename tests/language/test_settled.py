"""Names that need no second look: the tree read while they were met is the one read once they are known."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from symderiv.derivation.given import read_given
from symderiv.errors import SymderivError
from symderiv.language.infer import inferred
from symderiv.language.reader import is_latex
from symderiv.language.resolving.resolve import resolve
from symderiv.language.source import Misread
from symderiv.language.text.reading import parse

CORPUS = Path(__file__).parent.parent / "corpus"


def texts() -> set[str]:
    found: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, str) and not is_latex(value):
            found.add(value)
        elif isinstance(value, dict):
            for part in value.values():
                collect(part)
        elif isinstance(value, list):
            for part in value:
                collect(part)

    for folder in ("equality", "all_sizes"):
        for path in (CORPUS / folder).rglob("*.yaml"):
            collect(yaml.safe_load(path.read_text("utf-8")))
    return found


HARD = [
    "gamma(x) + gamma",
    "A^T + T",
    "x(1-x) + f(x)",
    "p_i + p[i]",
    "sum(x[i], i, 0, n) + i",
    "x1 + x_1",
    "conv(x, w, full) + full",
    "max(a, b) + T",
    "{a: 1, b: a}",
    "xy + x + y",
    "diff(x^2, x)",
    "delta*x + delta",
    "x if x > 0 else -x",
]


def test_most_texts_without_arrays_are_settled() -> None:
    scope = read_given(()).scope
    assert inferred([parse("exp(x)/(exp(x) + exp(y))")], scope, "text")[1][0] is not None
    assert inferred([parse("gamma(x) + gamma")], scope, "text")[1][0] is None


@pytest.mark.parametrize("batch", range(8))
def test_a_settled_tree_is_the_tree(batch: int) -> None:
    scope = read_given(()).scope
    settled = 0
    for text in [*sorted(texts())[batch::8], *HARD]:
        try:
            node = parse(text)
        except (Misread, SymderivError):
            continue
        known, (tree,) = inferred([node], scope, "text")
        if tree is not None:
            settled += 1
            assert tree == resolve(node, known, "text"), text
    assert settled > 50
