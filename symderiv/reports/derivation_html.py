"""A derivation as one self-contained page of HTML, its formulas in MathML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symderiv.reports.derivation import summary
from symderiv.reports.sheets.chains import chain_of
from symderiv.reports.sheets.environment import html_environment

if TYPE_CHECKING:
    from symderiv.derivation.steps import Derivation


def derivation_html(derivation: Derivation) -> str:
    """The page: the goal, a row a step with its rule and reason, and what is said of kinks."""
    template = html_environment().get_template("derivation.html")
    chain = chain_of(derivation, {})
    return template.render(derivation=chain, kinks=derivation.kinks, summary=summary(derivation))
