"""The stream of comparisons: in order, as it goes, and alive whatever a line holds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]


def lines(*requests: Any) -> str:
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in requests)


def test_verdicts_come_in_order_one_a_line(symderiv: Run) -> None:
    stream = lines(
        {"id": 1, "a": "x + x", "b": "2x"},
        "",
        {"id": "zwei", "a": "x", "b": "y"},
        "no JSON",
        {"id": 4, "a": "x"},
        {"id": 5, "a": "x", "b": "y", "colour": "red"},
        [1, 2],
        {"id": 7, "a": "x +", "b": "x"},
        {"id": 8, "a": "x[1]", "b": "x[i]", "given": "x: vector(3)", "entry": "i", "index_from": 1},
        '{"id": "twice", "a": "x", "a": "y", "b": "x"}',
        {"id": 9, "a": "sqrt(x^2)", "b": "x", "given": ["x: positive"]},
    )
    ended = symderiv("compare", "--jsonl", "-", stdin=stream)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0
    assert [each["id"] for each in found] == [1, "zwei", None, 4, 5, None, 7, 8, "twice", 9]
    assert [each["verdict"] for each in found[:7]] == ["equal", "different", *["invalid"] * 5]
    assert [each["verdict"] for each in found[-2:]] == ["invalid", "equal"]
    assert all(each["ms"] >= 0 and "message" in each and "read" in each for each in found)


def test_each_verdict_is_out_before_the_next_line_is_in() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "symderiv", "compare", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for k in range(3):
            process.stdin.write(json.dumps({"id": k, "a": f"{k} + 1", "b": str(k + 1)}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == k
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_line_over_its_budget_is_undecided_and_the_next_is_answered(symderiv: Run) -> None:
    slow = " + ".join(f"sqrt(x{k} + {k})*exp(x{k})" for k in range(40))
    stream = lines({"id": 1, "a": f"({slow})^30", "b": f"({slow} + 1)^30 - 1"}, {"id": 2, "a": "1", "b": "1"})
    ended = symderiv("compare", "--jsonl", "-", "--timeout", "0.3", stdin=stream)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0 and [each["id"] for each in found] == [1, 2]
    assert found[0]["ms"] < 3000
    assert found[1]["verdict"] == "equal"


def test_a_stream_that_can_not_be_read_ends_in_2(symderiv: Run) -> None:
    assert symderiv("compare", "--jsonl", "nowhere.jsonl").code == 2


def test_nothing_is_remembered_from_pair_to_pair(symderiv: Run) -> None:
    stream = lines(
        {"a": "x", "b": "abs(x)", "given": ["x: positive"]},
        {"a": "x", "b": "abs(x)"},
        {"a": "x*y", "b": "y*x"},
    )
    ended = symderiv("compare", "--jsonl", "-", stdin=stream)
    found = [json.loads(line)["verdict"] for line in ended.out.splitlines()]
    assert found == ["equal", "different", "equal"]
