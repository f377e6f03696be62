"""The template environments: in each, whatever is not marked as markup already is escaped."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from symderiv.reports.pictures.picture_mode import picture_tex
from symderiv.reports.pictures.svg import picture_svg
from symderiv.reports.sheets.html import mathematics, prose_html
from symderiv.reports.sheets.markdown import escape_markdown, formula_markdown, prose_markdown
from symderiv.reports.sheets.tex import Tex, escape, formula, prose, typewriter
from symderiv.resources import folder


def tex_environment() -> Environment:
    r"""Templates for LaTeX: ``\VAR{…}``, ``\BLOCK{…}``, ``\#{…}`` as delimiters.

    >>> tex_environment().from_string(r"\VAR{name}").render(name="50%")
    '50\\%'
    """
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=_as_tex,
        autoescape=False,  # `finalize` escapes: Jinja's own escaping is for HTML
    )
    environment.filters["prose"] = prose
    environment.filters["tex"] = Tex
    environment.filters["picture"] = picture_tex
    environment.filters["formula"] = formula
    environment.filters["typewriter"] = typewriter
    return environment


def _as_tex(value: Any) -> str:
    return value if isinstance(value, Tex) else escape(str(value))


def html_environment() -> Environment:
    """Templates for HTML: Jinja's own delimiters, everything escaped.

    >>> html_environment().from_string("{{ name }}").render(name="<b>")
    '&lt;b&gt;'
    """
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=True,
    )
    environment.filters["prose"] = prose_html
    environment.filters["mathematics"] = mathematics
    environment.filters["picture"] = picture_svg
    return environment


def markdown_environment() -> Environment:
    """Templates for Markdown: texts are escaped by the filters text and prose, formulas stand as LaTeX."""
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
    )
    environment.filters["text"] = escape_markdown
    environment.filters["prose"] = prose_markdown
    environment.filters["formula"] = formula_markdown
    return environment
