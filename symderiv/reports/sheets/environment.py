"""The template environments: in each, whatever is not marked as markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from symderiv.reports.pictures.picture_mode import picture_tex
from symderiv.reports.pictures.svg import picture_svg
from symderiv.reports.sheets.html import mathematics, prose_html
from symderiv.reports.sheets.markdown import escape_markdown, formula_markdown, prose_markdown
from symderiv.reports.sheets.tex import Tex, escape, formula, prose, typewriter
from symderiv.resources import folder

Filters: TypeAlias = dict[str, Callable[..., Any]]


def tex_environment() -> Environment:
    r"""Templates for LaTeX: ``\VAR{…}``, ``\BLOCK{…}``, ``\#{…}`` as delimiters.

    >>> tex_environment().from_string(r"\VAR{name}").render(name="50%")
    '50\\%'
    """
    filters: Filters = {
        "prose": prose,
        "tex": Tex,
        "picture": picture_tex,
        "formula": _formula_tex,
        "typewriter": typewriter,
    }
    return _environment(
        filters,
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        finalize=_as_tex,
        autoescape=False,  # `finalize` escapes: Jinja's own escaping is for HTML
    )


def _environment(filters: Filters, **options: Any) -> Environment:
    """What all have in common: where templates are, blocks that leave no lines behind, no undefined names."""
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        **options,
    )
    environment.filters.update(filters, rule=_rule)
    return environment


def _as_tex(value: Any) -> str:
    return value if isinstance(value, Tex) else escape(str(value))


def html_environment() -> Environment:
    """Templates for HTML: Jinja's own delimiters, everything escaped.

    >>> html_environment().from_string("{{ name }}").render(name="<b>")
    '&lt;b&gt;'
    """
    filters: Filters = {"prose": prose_html, "mathematics": _formula_html, "picture": picture_svg}
    return _environment(filters, autoescape=True)


def markdown_environment() -> Environment:
    """Templates for Markdown: texts are escaped by the filters text and prose, formulas stand as LaTeX."""
    filters: Filters = {"text": escape_markdown, "prose": prose_markdown, "formula": _formula_markdown}
    return _environment(filters, autoescape=False)


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
