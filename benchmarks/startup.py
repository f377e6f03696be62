"""How long commands take to start, side by side with ``import sympy``: medians of alternating runs.

    python benchmarks/startup.py [runs]

The contract: ``symderiv check`` at most 1.6 × ``python -c "import sympy"``. Bytecode must be there
(``python -m compileall -q symderiv``), as it is after an installation.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
COMMANDS = {
    "import sympy": [PYTHON, "-c", "import sympy"],
    "import symderiv": [PYTHON, "-c", "import symderiv"],
    "symderiv --help": [PYTHON, "-m", "symderiv", "--help"],
    "symderiv compare": [PYTHON, "-m", "symderiv", "compare", "x + x", "2x"],
    "symderiv check": [PYTHON, "-m", "symderiv", "check", "examples/slips.yaml"],
}


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall and processor time of a command, its children included."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, used


def main(runs: int) -> None:
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            measured[name].append(seconds(command))
    wall = {name: median(run[0] for run in runs_) for name, runs_ in measured.items()}
    used = {name: median(run[1] for run in runs_) for name, runs_ in measured.items()}
    base, base_used = wall["import sympy"], used["import sympy"]
    print(f"{'':20} {'wall ms':>8} {'×':>5} {'cpu ms':>8} {'×':>5}")
    for name in COMMANDS:
        print(
            f"{name:20} {wall[name] * 1000:8.0f} {wall[name] / base:5.2f}"
            f" {used[name] * 1000:8.0f} {used[name] / base_used:5.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
