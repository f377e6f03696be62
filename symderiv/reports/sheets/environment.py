"""The template environments: in each, whatever is not marked as markup already is escaped."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

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
    environment.filters["formula"] = _formula_tex
    environment.filters["rule"] = _rule
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
    environment.filters["mathematics"] = _formula_html
    environment.filters["rule"] = _rule
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
    environment.filters["formula"] = _formula_markdown
    environment.filters["rule"] = _rule
    return environment


@pass_context
def _rule(context: Context, rules: str) -> str:
    """The names of rules in the language of the sheet."""
    words = context.get("words", {})
    return ", ".join(words.get(f"rules.{rule}", rule) for rule in rules.split(", "))


@pass_context
def _formula_tex(context: Context, latex: str) -> Tex:
    return formula(_in_words_of(context, latex))


@pass_context
def _formula_html(context: Context, latex: str, display: bool = False) -> Markup:
    return mathematics(_in_words_of(context, latex), display)


@pass_context
def _formula_markdown(context: Context, latex: str) -> str:
    return formula_markdown(_in_words_of(context, latex))


def _in_words_of(context: Context, latex: str) -> str:
    """The printer's words inside formulas (``if``, ``otherwise``) in the language of the sheet."""
    words = context.get("words", {})
    return _WORD.sub(lambda found: f"{found[1]}{words.get(found[2], found[2])}{found[3]}", latex)


_WORD = re.compile(r"(\\text\{ ?)(if|otherwise|true|false|undefined|nondecreasing)( ?\})")
