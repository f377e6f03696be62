"""Parse tables are kept beside the bytecode, and made anew where they can't be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

READ = (
    "from symderiv.language import Scope, read_text; from symderiv.language.latex.reading import read_latex;"
    "s = Scope(strict=False); print(read_text('2x+1', s) == read_latex('2x+1', s))"
)


def read_with(folder: Path, *flags: str) -> str:
    command = [sys.executable, *flags, "-X", f"pycache_prefix={folder}", "-c", READ]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


def test_kept_tables_read_as_new_ones_do(tmp_path: Path) -> None:
    assert read_with(tmp_path) == "True"
    kept = sorted(tmp_path.rglob("*.tables"))
    assert [path.name.split(".")[0] for path in kept] == ["latex", "text"]
    before = [path.stat().st_mtime_ns for path in kept]
    assert read_with(tmp_path) == "True"
    assert [path.stat().st_mtime_ns for path in kept] == before


def test_spoilt_tables_are_made_anew(tmp_path: Path) -> None:
    read_with(tmp_path)
    kept = list(tmp_path.rglob("*.tables"))
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(b"spoilt\n")
    assert read_with(tmp_path) == "True"
    assert all(path.stat().st_size > 1000 for path in kept)


def test_nothing_is_kept_where_no_bytecode_is(tmp_path: Path) -> None:
    assert read_with(tmp_path, "-B") == "True" and not list(tmp_path.rglob("*.tables"))


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert read_with(tmp_path / "file") == "True"
