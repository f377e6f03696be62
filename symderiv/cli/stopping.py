"""A long command that is stopped: by Ctrl-C or by a polite signal, it says what is kept and how to go on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from symderiv.cli import exit_codes


class Stopped(BaseException):
    """The process was asked to end; not an Exception, so that nothing on the way takes it for a failure."""


@contextmanager
def stoppable(what_is_kept: Callable[[], str]) -> Iterator[None]:
    """Turn SIGINT and SIGTERM into an orderly end with exit code 130 or 143."""
    before = _on_sigterm(_stop)
    try:
        yield
    except KeyboardInterrupt:
        _leave("interrupted", what_is_kept(), exit_codes.INTERRUPTED)
    except Stopped:
        _leave("terminated", what_is_kept(), exit_codes.TERMINATED)
    finally:
        _on_sigterm(before)


def _leave(how: str, kept: str, code: int) -> None:
    click.echo(f"symderiv: {how}; {kept}", err=True)
    raise SystemExit(code)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _on_sigterm(handler: object) -> object:
    if threading.current_thread() is not threading.main_thread():
        return signal.SIG_DFL
    return signal.signal(signal.SIGTERM, handler)  # type: ignore[arg-type]
