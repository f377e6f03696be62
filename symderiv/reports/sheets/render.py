"""A sheet as LaTeX, HTML or Markdown: each by one template."""

from __future__ import annotations

from symderiv.reports.sheets.content import Sheet
from symderiv.reports.sheets.environment import html_environment, markdown_environment, tex_environment

ENVIRONMENTS = {"tex": tex_environment, "html": html_environment, "md": markdown_environment}


def render(sheet: Sheet, form: str) -> str:
    """The sheet in the format ``tex``, ``html`` or ``md``."""
    return ENVIRONMENTS[form]().get_template(f"sheets/sheet.{form}").render(sheet=sheet, words=sheet.words)
