"""``python -m symderiv``."""

from symderiv.cli import main

main()
