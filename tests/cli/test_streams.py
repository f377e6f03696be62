"""Where the result goes: a reader that leaves, a disk that is full, a writer that never ends a line."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from symderiv.bulk import lines
from symderiv.bulk.answer import answer_json
from symderiv.bulk.request import Request

COMPARE = [sys.executable, "-m", "symderiv", "compare"]


def test_a_reader_that_has_seen_enough_ends_the_stream_in_peace() -> None:
    command = f"""yes '{{"a": "x + 1", "b": "1 + x"}}' | {" ".join(COMPARE)} --jsonl -; echo $? >&2"""
    with subprocess.Popen(
        ["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        first = json.loads(process.stdout.readline())
        process.stdout.close()
        assert first["verdict"] == "equal"
        assert process.stderr.read().strip().endswith("0")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("arguments", [["x", "x"], ["--jsonl", "-"]])
def test_a_full_disk_is_no_internal_error(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*COMPARE, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            input='{"a": "x", "b": "x"}\n',
            text=True,
        )
    assert ended.returncode == 2
    assert "can't be written" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_fault_of_ours_costs_one_line_its_verdict_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = answer_json

    def faulty(request: Request, timeout: float | None) -> dict[str, Any]:
        if request.id == "bad":
            raise KeyError("a rule that isn't there")
        return answered(request, timeout)

    monkeypatch.setattr(lines, "answer_json", faulty)
    asked = [json.dumps({"id": name, "a": "x", "b": "x"}) for name in ("first", "bad", "last")]
    verdicts = [json.loads(line) for line in lines.answer_lines(asked, timeout=5)]
    assert [(each["id"], each["verdict"]) for each in verdicts] == [
        ("first", "equal"), ("bad", "undecided"), ("last", "equal")
    ]  # fmt: skip
    assert "KeyError" in verdicts[1]["message"]
    assert "internal error" in verdicts[1]["message"]
