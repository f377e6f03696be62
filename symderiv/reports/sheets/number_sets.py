"""The set that a number ranges over, as a textbook writes it: ℕ, ℝ with a bound below it, an interval."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symderiv.expression.kinds import SIZE_DOMAIN, Domain

_PLAIN = str.maketrans({"≥": r"\ge ", "≤": r"\le "})


def set_latex(domain: Domain) -> str:
    r"""The set in LaTeX.

    >>> from symderiv.expression.kinds import POSITIVE
    >>> set_latex(POSITIVE), set_latex(Domain(lower=Fraction(0), upper=Fraction(1), upper_open=True))
    ('\\mathbb{R}_{>0}', '[0, 1)')
    """
    if _is_natural(domain):
        return r"\mathbb{N}"
    interval = _interval(domain)
    letter = r"\mathbb{Z}" if domain.integer else r"\mathbb{R}"
    bounds = _bounds(domain).translate(_PLAIN)
    return interval or _class_of(domain, letter) + (f"_{{{bounds}}}" if bounds else "")


def set_text(domain: Domain) -> str:
    """The set in a line of text.

    >>> set_text(Domain(integer=True, modulus=2, residue=1)), set_text(Domain(lower=Fraction(1, 2)))
    ('2ℤ + 1', 'ℝ≥1/2')
    """
    if _is_natural(domain):
        return "ℕ"
    return _interval(domain) or _class_of(domain, "ℤ" if domain.integer else "ℝ") + _bounds(domain)


def _is_natural(domain: Domain) -> bool:
    """1, 2, 3, …, however that was said."""
    begins = domain.contains(1) and not domain.contains(0)
    return begins and replace(domain, lower=Fraction(1), lower_open=False) == SIZE_DOMAIN


def _interval(domain: Domain) -> str:
    if domain.integer or domain.lower is None or domain.upper is None:
        return ""
    ends = f"{domain.lower}, {domain.upper}"
    return f"{'(' if domain.lower_open else '['}{ends}{')' if domain.upper_open else ']'}"


def _class_of(domain: Domain, letter: str) -> str:
    if domain.modulus == 1:
        return letter
    return f"{domain.modulus}{letter}" + (f" + {domain.residue}" if domain.residue else "")


def _bounds(domain: Domain) -> str:
    below = _bound(domain.lower, ">" if domain.lower_open else "≥")
    above = _bound(domain.upper, "<" if domain.upper_open else "≤")
    return ", ".join(bound for bound in (below, above) if bound)


def _bound(value: Fraction | None, sign: str) -> str:
    return "" if value is None else f"{sign}{value}"
