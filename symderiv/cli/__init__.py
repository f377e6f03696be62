"""The command line: arguments and exit codes only. Each command imports what it needs when it runs."""

from symderiv.cli.main import main

__all__ = ["main"]
