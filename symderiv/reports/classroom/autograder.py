"""Gradescope's autograder as a ZIP: what sets its machine up, what it runs, and the exercises inside.

Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from symderiv.errors import FileFault, Place

EXECUTABLE, PLAIN = 0o755, 0o644
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The same exercises give the same bytes: no file carries the time at which it was packed."""

SETUP = """\
#!/usr/bin/env bash
# Runs once, when Gradescope builds the autograder's machine.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
python3 -m venv /opt/symderiv
/opt/symderiv/bin/pip install {requirement}
"""

RUN = """\
#!/usr/bin/env bash
# Runs for every submission: grades what was handed in and leaves results/results.json.
# AUTOGRADER and SYMDERIV may name other places, for trying it out at home.
set -uo pipefail
home="${AUTOGRADER:-/autograder}"
symderiv="${SYMDERIV:-/opt/symderiv/bin/symderiv}"
out="$(mktemp -d)"
mkdir -p "$home/results"

"$symderiv" grade "$home/submission" --exercises "$home/source/exercises" --out "$out" \\
  --report autograder --jobs 1 --timeout TIMEOUT > "$out/log.txt" 2>&1
code=$?
cat "$out/log.txt"

if [ -f "$out/autograder.json" ]; then
  cp "$out/autograder.json" "$home/results/results.json"
else
  printf '%s\\n' '{"score": 0, "output": "The autograder failed: please tell your teacher.", "tests": []}' \\
    > "$home/results/results.json"
  exit "$code"
fi
"""


def autograder_zip(exercises: Iterable[Path], requirement: str, timeout: float = 10.0) -> bytes:
    """The ZIP to upload: ``setup.sh``, ``run_autograder`` and the exercises, or raises `FileFault`.

    ``requirement`` is what pip installs: ``symderiv==0.1.0``, or a wheel that was put beside.
    """
    files: dict[str, tuple[str, int]] = {
        "setup.sh": (SETUP.format(requirement=shlex.quote(requirement)), EXECUTABLE),
        "run_autograder": (RUN.replace("TIMEOUT", f"{timeout:g}"), EXECUTABLE),
    }
    for path in exercises:
        files[f"exercises/{path.name}"] = (_text(path), PLAIN)
    return _packed(files)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(f"can't be read: {error}", Place(str(path))) from None


def _packed(files: Mapping[str, tuple[str, int]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (text, mode) in sorted(files.items()):
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, so that the mode counts
            info.external_attr = (0o100000 | mode) << 16
            archive.writestr(info, text)
    return out.getvalue()
