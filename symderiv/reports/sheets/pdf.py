"""A sheet as PDF, by pdflatex: no shell, no files but its own, in a temporary folder, with a time-out."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from symderiv.errors import SymderivError

TIMEOUT = 120.0
INSTALL = "on Debian and Ubuntu: apt-get install texlive-latex-base texlive-latex-recommended latexmk"
_OPTIONS = ["-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape"]


class PdfUnavailable(SymderivError):
    """No pdflatex on this machine."""

    code = "pdf-unavailable"


class PdfFailed(SymderivError):
    """pdflatex refused the sheet, or took too long."""

    code = "pdf-failed"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The PDF, and the log that pdflatex kept of it."""

    pdf: bytes
    log: str

    @property
    def overfull(self) -> tuple[float, ...]:
        """By how many points each overfull line sticks out."""
        return tuple(float(points) for points in re.findall(r"Overfull \\hbox \((\d+\.?\d*)pt", self.log))

    @property
    def undefined_references(self) -> bool:
        return "There were undefined references" in self.log


def pdflatex_is_there() -> bool:
    return shutil.which("pdflatex") is not None


def compile_pdf(tex: str, timeout: float = TIMEOUT) -> Compiled:
    """The PDF of a LaTeX document; `PdfUnavailable` without pdflatex, `PdfFailed` with the line at fault."""
    if not pdflatex_is_there():
        raise PdfUnavailable("pdflatex is not installed", cure=INSTALL)
    with TemporaryDirectory(prefix="symderiv-") as folder:
        source = Path(folder) / "sheet.tex"
        source.write_text(tex, encoding="utf-8")
        succeeded = _run(Path(folder), timeout)
        log = _text_of(source.with_suffix(".log"))
        pdf = source.with_suffix(".pdf")
        if not succeeded or not pdf.exists():
            raise PdfFailed(f"pdflatex refused the sheet: {_first_error(log)}")
        return Compiled(pdf.read_bytes(), log)


def _run(folder: Path, timeout: float) -> bool:
    if shutil.which("latexmk") is not None:
        commands = [["latexmk", "-norc", "-pdf", *_OPTIONS, "sheet.tex"]]
    else:
        commands = [["pdflatex", *_OPTIONS, "sheet.tex"]] * 2
    return all(_succeeds(command, folder, timeout) for command in commands)


def _succeeds(command: list[str], folder: Path, timeout: float) -> bool:
    """Run a command in a group of processes of its own, so that a time-out ends its children as well."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise PdfFailed(f"pdflatex took longer than {timeout:g} s") from None


def _environment(folder: Path) -> dict[str, str]:
    """TeX may read and write below its own folder only (``p``: paranoid)."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TEX", "BIB"))}
    return {**kept, "openin_any": "p", "openout_any": "p", "shell_escape": "f", "max_print_line": "1000"}


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _first_error(log: str) -> str:
    for line in log.splitlines():
        if line.startswith("!") or re.match(r"\S+\.tex:\d+: ", line):
            return line.lstrip("! ")
    return "no reason in its log"
