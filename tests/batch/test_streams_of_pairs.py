"""Pairs to compare beside the answers of a class: judged once, reported like a part."""

from pathlib import Path
from typing import Any

import pytest

from symderiv.batch import grade
from symderiv.batch.store import Store

PAIRS: list[tuple[dict[str, Any], str]] = [
    ({"a": "x + x", "b": "2*x"}, "equal"),
    ({"a": "sin(x)^2 + cos(x)^2", "b": "1"}, "equal"),
    ({"a": "x", "b": "y"}, "different"),
    ({"a": "x +", "b": "x"}, "invalid"),
    ({"a": r"\frac{1}{2}", "b": "1/2", "syntax": "auto"}, "equal"),
    ({"a": "abs(x)", "b": "x"}, "different"),
    ({"a": "abs(x)", "b": "x", "given": ["x: positive"]}, "equal"),
    ({"a": "x[1]", "b": "x[i]", "given": ["x: vector(3)"], "entry": ["i"]}, "different"),
    ({"a": "[[1, 2], [3, 4]]", "b": "[[1, 3], [2, 4]].T"}, "equal"),
    ({"a": "[1, 2]", "b": "[1, 2, 3]"}, "different"),
    ({"a": "0.5", "b": "1/2"}, "equal"),
    ({"a": "x/x", "b": "1"}, "equal"),
    ({"a": "sqrt(x^2)", "b": "x"}, "different"),
    ({"a": "sum(i, (i, 1, n))", "b": "n*(n + 1)/2"}, "equal"),
    ({"a": "__import__('os')", "b": "x"}, "invalid"),
]


@pytest.mark.parametrize(("pair", "verdict"), PAIRS)
def test_a_pair_has_its_verdict(pair: dict[str, Any], verdict: str) -> None:
    asked: dict[str, Any] = {"id": "q", **pair}
    (found,) = grade(asked)
    (part,) = found.parts
    assert (found.student, part.verdict) == ("q", verdict)
    assert found.points == (verdict == "equal")
    assert (part.witness is not None) == (verdict == "different")


def test_the_same_pair_is_compared_once_whatever_it_is_called() -> None:
    heard: list[str] = []
    pairs = [{"id": number, "a": "x + 1", "b": "1 + x"} for number in range(50)]
    found = list(grade(pairs, progress=heard.append))
    assert heard == ["equal"]
    assert [each.student for each in found] == [str(number) for number in range(50)]


def test_pairs_and_submissions_may_come_mixed(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("id: one\nparts: [{id: a, answer: 1 + 1}]")
    mixed: list[dict[str, Any]] = [
        {"student": "s", "exercise": "one", "answers": {"a": "2"}},
        {"id": "p", "a": "1", "b": "2"},
        {"neither": 1},
        {"student": "t", "exercise": "two", "answers": {"a": "2"}},
    ]
    with Store(tmp_path / "kept.sqlite") as store:
        for _ in range(2):
            found = list(grade(mixed, tmp_path, jobs=2, store=store))
            assert [(each.student, bool(each.fault), int(each.points)) for each in found] == [
                ("s", False, 1),
                ("p", False, 0),
                ("3", True, 0),
                ("t", True, 0),
            ]


def test_what_is_handed_in_is_drawn_as_results_are_taken() -> None:
    drawn = 0

    def endless() -> Any:
        nonlocal drawn
        while True:
            drawn += 1
            yield {"a": "x", "b": "x"}

    results = grade(endless())
    for _ in range(5_000):
        next(results)
    assert drawn < 5_000 + 2_100
    results.close()  # type: ignore[attr-defined]
