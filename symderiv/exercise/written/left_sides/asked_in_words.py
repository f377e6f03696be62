"""What a question asks for by a formula, *What is $\\partial L/\\partial w$?*, may stand left of ``=``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from symderiv.exercise.written.commas import at_commas
from symderiv.exercise.written.left_sides.labels import spelt, undecorated
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr

_FORMULA = re.compile(r"(?<![\\$])\$([^$]{1,200})\$(?!\$)")
_NO_NOUN = (
    "of|with|for|in|by|at|to|from|on|per|under|over|given|if|when|where|whether|how|why|that|whose|and|or|is|are"
    "|do|does|has|have|using|through|via|between|about|times|as|than|both|into|without|against|between|you|we"
    "|von|mit|für|bei|zu|und|oder|ist|durch|zwischen|ob|dass"
)
_NOUN = rf"(?!(?:{_NO_NOUN})\b)[^\W\d_]+(?:-[^\W\d_]+)*"
_ASKING = re.compile(
    r"(?:(?:(?<!\w)(?:give|write|write down|compute|calculate|find|derive|determine|state|evaluate|express"
    r"|specify|recover|isolate|solve(?:\s+(?:it|this|that|them|\$[^$]*\$))?\s+for|then"
    r"|what(?:'s| is| are)|(?<!at )(?<!for )(?<!by )(?<!with )which"
    r"|optimal|minimi[sz]er|maximi[sz]er|estimate|estimator"
    r"|gib|berechne|berechnen sie|bestimme|bestimmen sie|finde|was ist|wie lautet|welche[srnm]?)"
    r"(?:\s+(?:the|an?|das|die|der|den|new|value|entries|entry|matrix|vector))*"
    rf"(?:\s+{_NOUN}){{0,2}}(?:(?<=\svalue)\s+of)?)"
    rf"|(?:\A|[.?!:;]\s)\s*(?:at|for|by|bei|für)\s+(?:which|what|welche[mnrs]?)(?:\s+{_NOUN}){{0,2}}"
    r"|(?<!\w)(?:the\s+(?:new|next|updated)|(?:das|der|die)\s+neue|set\s+of(?:\s+all)?)"
    r"|(?:\A|[.?!:;]\s)\s*(?:new|next|updated|neue[rs]?)"
    r"|(?:\A|[.?!:;]\s)\s*(?:and|und)?)\s*\Z",
    re.IGNORECASE,
)
"""What stands before a formula that is asked for: an asking word, or a sentence's beginning."""
_BESIDE_A_NOUN = re.compile(
    rf"(?:\A|[.?!:;]\s)\s*(?:(?:and|und)\s+)?(?:{_NOUN}\s+){{1,3}}\Z",
    re.IGNORECASE,
)
"""*Step size* before ``$s$?``: what a short question calls what it asks for."""
_THE = re.compile(r"(?:\A|[.?!:;]\s)\s*(?:(?:the|das|der|die)\s+)?\Z", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\s+(?:(?:at|for|with|by)\s+which|that\s+(?:minimi|maximi|makes|solves|gives)|(?:bei|für)\s+de[mnr])",
    re.IGNORECASE,
)
"""*The* ``$w$`` *at which V is smallest*: what is asked for by what it does."""
_IN_TERMS = re.compile(
    r"\s+(?:in terms of|as an? function of|als funktion von|in abhängigkeit von)(?!\w)", re.IGNORECASE
)
_ENDS = re.compile(
    r"\s*(?:then|now|there|here|dann|dort|hier)?\s*\?"
    r"|(?:\s*(?:,|and|und)\s*\$[^$]{1,100}\$)*\s+as an? (?:list|tuple|pair|triple|vector)(?!\w)"
)
"""What shows behind a formula that it is asked for: a question mark, or *as a list*."""
_AND = re.compile(r"\s*(?:,\s*(?:and\s+|und\s+)?|(?:and|und)\s+)(?:(?:the|das|die|der)\s+)?", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\s+(?:for|instead)(?!\w)")
_RELATION = re.compile(r"=|<|>|,(?![^([{]*[)\]}])|\\(?:leq?|geq?|in|to|ne|neq)(?![A-Za-z])|[≤≥∈→≠]")
_WANTED = re.compile(r"([^=?]+)=\s*\?\s*")
"""``$p = ?$``: asked for without a word."""
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_PARTIAL = re.compile(r"\\partial(?![A-Za-z])\s*|∂\s*|\\(?:mathrm|text)\s*\{\s*d\s*\}\s*")
_SET = re.compile(r"\\(?:mathbb|operatorname)\*?\s*\{?\s*(\w+)\s*\}?")
MAX_FORMULA = 400
NO_FORMULAS: tuple[str, ...] = ()
_INDICES = re.compile(r"_\{\w(?:,\w)+\}")
_BY = re.compile(r"d[^/]*/d(\w+)")
"""∂L/∂W, which code calls dW."""
_BASE = re.compile(r"[^\W\d_]+")


def spelt_alike(text: str) -> str:
    """One spelling for a formula and what students make of it.

    >>> spelt_alike("c_{p, q}"), spelt_alike("c_{pq}")
    ('c_pq', 'c_pq')
    >>> spelt_alike(r"\\frac{\\partial h_2}{\\partial w}") == spelt_alike("∂h₂/∂w") == spelt_alike("dh_2/dw")
    True
    """
    if len(text) > MAX_FORMULA:
        return text
    text = _SET.sub(r"\1", _PARTIAL.sub("d", text.replace("\\top", "T").replace("\\nabla", "∇")))
    text = _INDICES.sub(lambda said: re.sub("[{},]", "", said[0]), spelt(_FRACTION.sub(r"\1/\2", text)))
    return text.replace("|", "")


@lru_cache(maxsize=512)
def asked_formulas(ask: str) -> tuple[str, ...]:
    """The formulas that a question asks for, as its author wrote them.

    >>> asked_formulas("With $h_1 = u$, what is $h_2$ in terms of $w$? And $\\\\partial h_2/\\\\partial w$?")
    ('h_2', '\\\\partial h_2/\\\\partial w')
    >>> asked_formulas("The derivative of $f$ with respect to $x$."), asked_formulas("Its error with $s$?")
    ((), ())
    >>> asked_formulas("Quantise $[a, b]$: step size $s$? What are $u$, $v$ and $w$?")
    ('s', 'u', 'v', 'w')
    >>> asked_formulas("Give the integers $q$. Returns $G_0, G_1$? And the loss $L$ there? Where ($p = ?$)")
    ('q', 'G_0, G_1', 'L', 'p')
    >>> asked_formulas("The $w$ at which $V$ is least. Its value at the $u$ that minimises it. At which $q$?")
    ('w', 'q')
    """
    return tuple(_asked(ask))


def _asked(ask: str) -> Iterator[str]:
    last = -1  # where the last formula ends that is asked for
    for found in _FORMULA.finditer(ask):
        if wanted := _WANTED.fullmatch(found[1]):
            yield wanted[1].strip()
            continue
        if any(map(_RELATION.search, at_commas(found[1]))):
            continue
        if last >= 0 and _AND.fullmatch(ask, last, found.start()):  # one more of them
            last = found.end()
            yield found[1].strip()
            continue
        if not _is_asked(ask, found):
            continue
        last = found.end()
        yield found[1].strip()


def _is_asked(ask: str, found: re.Match[str]) -> bool:
    start = max(0, found.start() - 60)
    before = _ASKING.search(ask, start, found.start())
    if before is None:
        by_a_noun = _ENDS.match(ask, found.end()) and _BESIDE_A_NOUN.search(ask, start, found.start())
        by_its_work = _SOUGHT.match(ask, found.end()) and _THE.search(ask, start, found.start())
        return bool(by_a_noun or by_its_work or _IN_TERMS.match(ask, found.end()))
    if before[0].strip(" .?!:;").lower() in (
        "",
        "and",
        "und",
    ):  # it may begin a sentence that says something else
        behind = (_ENDS, _IN_TERMS, _SOUGHT)
        return any(pattern.match(ask, found.end()) for pattern in behind)
    return not (before[0].lower().startswith("write") and _STANDS_FOR.match(ask, found.end()))


def asked_in_words(ask: str, key: Expr | None, looks: Mapping[str, str]) -> tuple[str, ...]:
    """The formulas that a question asks for, but for those that its answer is made of.

    >>> from symderiv.expression.tree import Variable
    >>> asked_in_words("Give $x_1$ and its sum with $y$.", Variable("y"), {"x1": "x_1"})
    ('x_1', 'x1')
    """
    formulas = asked_formulas(ask)
    used = {variable.name for variable in free_variables(key)} if key is not None and formulas else set()
    given = {spelt_alike(name) for name in used} | {
        spelt_alike(looks[name]) for name in used if name in looks
    }
    names = {spelt_alike(look): name for name, look in looks.items()}
    plain = (bare for each in formulas if (bare := undecorated(each)))  # D of *which $D^*$*
    asked = [each for each in (*formulas, *plain) if not _is_of(spelt_alike(each), given)]
    in_code = (f"d{by[1]}" for each in asked if (by := _BY.fullmatch(spelt_alike(each))) is not None)
    return (*asked, *(names[said] for each in asked if (said := spelt_alike(each)) in names), *in_code)


def _is_of(formula: str, given: set[str]) -> bool:
    """Is it one of these names, its value somewhere, or an entry of it?"""
    base = _BASE.match(formula)
    return formula in given or (
        base is not None and base[0] in given and formula[base.end() :][:1] in ("(", "[", "_")
    )
