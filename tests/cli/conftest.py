"""Runs the command line as users do: in a process of its own, from a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def run_symderiv(
    *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, timeout: float = 60, **env: str
) -> Ended:
    """What ``symderiv …`` says and how it ends."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "symderiv", *arguments],
        input=data,
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    out, err = (text.decode("utf-8", errors="replace") for text in (done.stdout, done.stderr))
    if "Traceback" in err:
        pytest.fail(err[-800:], pytrace=False)
    return Ended(done.returncode, out, err)


@pytest.fixture
def symderiv(tmp_path: Path) -> Callable[..., Ended]:
    """The command line, in an empty folder unless the test names another (``cwd=``)."""
    return lambda *arguments, **options: run_symderiv(*arguments, **{"cwd": tmp_path, **options})
