"""Which choices an answer names: ``a and c``, ``(ii)``, ``ac``, ``A: 1``, ``1 yes, 2 no``, ``all of them``.

Every spelling is tried against what the choices are called; what names none of them stays as it is, and is
refused by whoever asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from symderiv.exercise import Formula

_CALLED = re.compile(r"(?:choice|set|dict)\((.*)\)", re.IGNORECASE | re.DOTALL)
_NOUN = (
    r"(?:case|choice|option|class|label|answer|statement|klasse|antwort|aussage|möglichkeit)(?:s|e?n)?"
    r"|(?:no|nr)\."
)
_LEAD_IN = re.compile(
    r"\A\s*(?:(?:the|both|only|correct|right|die|nur|richtig)\s+)*"
    rf"(?:(?:{_NOUN})(?:\s+(?:is|are|ist|sind))?\s*:?\s*_?(?!\w*\()|both\s+)"
    r"|\A\s*(?:it|this|that|they|these|es|das|die)\s*(?:is|are|ist|sind|[’']s)\s+(?!not\b|nicht\b)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:is|are|ist|sind)\s+(?:the\s+)?(?:correct|right|true|richtig|wahr)(?:\s+ones?)?\.?\Z",
    re.IGNORECASE,
)
_REASON = re.compile(r"\s*[,;.:–-]?\s+(?:since|because|as|da|weil|denn)\s.*\Z", re.IGNORECASE | re.DOTALL)
_APART = re.compile(r"[;\n]|,(?!\s*\d+\s*\))")
_BEFORE_LABEL = re.compile(r"\s*(?:[,;]|(?<!\w)(?:and|und)(?!\w))\s*(?=\(?\w+\)\s*[^\s,;)])")
_AND = re.compile(r"\s*(?<!\w)(?:and|und|sowie|as well as)(?!\w)\s*|\s*[&+/|]\s*")
_BLANKS = re.compile(rf"{_AND.pattern}|\s+")
_BULLET = re.compile(r"\A\s*[-*•]\s+")
_TICKED, _EMPTY = re.compile(r"\A\s*(?:\[[xX✓✔]\]|[☑☒✅])\s*"), re.compile(r"\A\s*(?:\[\s*\]|☐)\s*")
_YES, _NO = "yes|true|ja|wahr|richtig|✓|✔", "no|false|nein|falsch|✗|✘"
_TRUTH = re.compile(
    rf"(.*\S)\s*(?:[:=]\s*|(?<=[\w)])\s+)(?:({_YES})|{_NO})\.?\Z|(.*\S)\s*[:=]\s*(?:([yt])|[nf])\.?\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\A\(?\s*(\w+)\s*[.):]+\s*(?=\S)")
_TEXT = re.compile(r"\\(?:text|textrm|textbf|mathrm|texttt|mathtt)\{([^{}]*)\}")
_PAIR = re.compile(r"\(?\s*([^\W\d_])\s*(?:\)|:|=|-|–|,|→|->|\\to|\\rightarrow)?\s*(\d+)\s*\)?")
_NONE = frozenset(
    ("none", "none of them", "none of these", "none of the above", "keine", "keines", "keine davon", "∅", "")
)
_ALL = frozenset(
    ("all", "all of them", "all of these", "all of the above", "all the above", "alle", "alle davon")
)
_ALL_OF_THEM = frozenset(word for word in _ALL if "above" not in word)

_BUT = re.compile(
    r"(?:all|alle)(?:\s+of\s+(?:them|these))?\s*,?\s*(?:but|except(?:\s+for)?|without|außer|bis auf)\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(r"\A\s*(?:the|an?|der|die|das|ein|eine)\s+(?=\S)", re.IGNORECASE)

MAX_TEXT = 2000
"""How long an answer may be to be taken apart in more than one way: no list of choices is longer."""
MIN_SQUEEZED = 4
"""How long a name is of which blanks and dashes don't matter: ``Leaky ReLU``."""


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_-]", "", normal(text))


def normal(text: str) -> str:
    """Without what doesn't matter: quotes, dollars, blanks, capitals, a full stop, the module of a name.

    >>> normal("'K00 up':'L  down'"), normal("torch.nn.ReLU()"), normal("$1/p$.")
    ('k00 up: l down', 'relu', '1/p')
    """
    bare = re.sub(
        r"['\"$]|\b(?:torch\.)?(?:nn|optim|nn\.functional)\.(?=\w)|(?<=\w)\(\)|(?<=[^\s.])[.!]\s*\Z", "", text
    )
    return re.sub(r"\s*:\s*", ": ", " ".join(bare.split())).casefold()


def says_all(text: str) -> bool:
    """Is this the choice of everything above it?

    >>> says_all("All of the above."), says_all("all weights")
    (True, False)
    """
    return normal(text) in _ALL


def named_choices(answer: Formula, known: Mapping[str, str]) -> list[str]:
    """The names in an answer, in order; ``known`` are the choices by what each may be called, `normal`.

    >>> known = {name: name for name in "abcd"}
    >>> named_choices(Formula("b) and (c)"), known), named_choices(Formula("bc"), known)
    (['b', 'c'], ['b', 'c'])
    >>> named_choices(Formula("it is b, since c is not"), known), named_choices(Formula("all"), known)
    (['b'], ['a', 'b', 'c', 'd'])
    >>> named_choices(Formula("b or c"), known), named_choices(Formula("[ ] a\\n[x] d"), known)
    (['b or c'], ['d'])
    """
    if answer.items:
        return [name for item in answer.items for name in named_choices(item, known)]
    if answer.entries:
        return _paired([f"{name}: {value.text}" for name, value in answer.entries], known)
    text = _bare(answer.text)
    if len(text) > MAX_TEXT:
        return _APART.split(text)
    bare = _LEAD_IN.sub("", _BEHIND.sub("", text))
    for said in (answer.text, text, _BEHIND.sub("", text), bare, _REASON.sub("", bare)):
        found = _split(said.strip(), known)
        if found and all(name in known for name in map(normal, found)):
            return found
    return [piece.strip() for piece in _APART.split(text) if piece.strip()]


def _bare(text: str) -> str:
    """Without dollars, fonts, ``choice(…)`` and the brackets around all."""
    text = _TEXT.sub(r"\1", text).strip().strip("$").strip().replace("\\{", "{").replace("\\}", "}")
    called = _CALLED.fullmatch(text)
    text = (called[1] if called else text).strip()
    inside = text[1:-1]
    is_wrapped = text[:1] in ("[", "{", "(") and text[-1:] in ("]", "}", ")")
    return inside if is_wrapped and not re.search(r"[\[\](){}]", inside) else text


def _split(text: str, known: Mapping[str, str]) -> list[str]:
    """The choices that a text names, by the first way of taking it apart in which each piece is one."""
    if normal(text) in known:
        return [text]
    ways: tuple[Callable[[str], list[str]], ...] = (
        str.splitlines,
        _BEFORE_LABEL.split,
        lambda said: re.split(r"[;\n]", said),
        _APART.split,
        lambda said: [each for piece in _APART.split(said) for each in _AND.split(piece)],
        lambda said: [each for piece in _APART.split(said) for each in _BLANKS.split(piece)],
        lambda said: re.findall(r"\([^()]*\)", said) if said.startswith("(") else [],
    )
    for way in ways:
        pieces = [piece.strip() for piece in way(text) if piece.strip()]
        for found in (_marked(pieces, known), _singly(pieces, known), _paired(pieces, known)):
            if found and all(normal(name) in known for name in found):
                return found
    return _general(text, known) or _everything(text, known) or _all_but(text, known) or _letters(text, known)


def _singly(pieces: list[str], known: Mapping[str, str]) -> list[str]:
    return [_one(piece, known) for piece in pieces]


def _one(piece: str, known: Mapping[str, str]) -> str:
    """``(b)``, ``b)``, ``- b`` and ``b) what it says`` as the b; anything else as it is."""
    piece = _BULLET.sub("", piece)
    bare = _LEAD_IN.sub("", piece).strip() if normal(piece) not in known else piece
    for said in (
        piece,
        bare,
        _without_article(bare, known),
        bare.strip("()[] \t").rstrip(".:"),
        *_general(bare, known),
    ):
        if normal(said) in known:
            return said
    squeezed = [name for name in known if len(name) >= MIN_SQUEEZED and _squeezed(name) == _squeezed(bare)]
    if len({known[name] for name in squeezed}) == 1:
        return squeezed[0]
    label = _LABEL.match(bare)
    if label is not None and normal(label[1]) in known:
        said = _squeezed(bare[label.end() :])
        if any(_squeezed(called) == said for called in known if known[called] == known[normal(label[1])]):
            return label[1]
    return piece


def _without_article(text: str, known: Mapping[str, str]) -> str:
    """``a convolution`` as *convolution*; where a choice is called a, ``a c`` names two of them."""
    article = _ARTICLE.match(text)
    return text if article is None or normal(article[0]) in known else text[article.end() :]


def _marked(pieces: list[str], known: Mapping[str, str]) -> list[str]:
    """Of boxes the ticked ones, of ``1 yes, 2 no`` those that are true."""
    if any(_TICKED.match(piece) for piece in pieces):
        if not all(_TICKED.match(piece) or _EMPTY.match(piece) for piece in pieces):
            return []
        return [_one(_TICKED.sub("", piece), known) for piece in pieces if _TICKED.match(piece)]
    said = [_TRUTH.fullmatch(piece) for piece in pieces]
    told = [(_one(each[1] or each[3], known), bool(each[2] or each[4])) for each in said if each]
    if len(pieces) < 2 or len(told) < len(pieces) or not all(normal(name) in known for name, _ in told):
        return []
    return [name for name, is_true in told if is_true]


def _paired(pieces: list[str], known: Mapping[str, str]) -> list[str]:
    """``A: 1``, ``A → 1`` and ``(A, 1)`` as A1, where choices are called so."""
    found = []
    for piece in pieces:
        pair = _PAIR.fullmatch(piece)
        found.append(pair[1] + pair[2] if pair and normal(pair[1] + pair[2]) in known else piece)
    return found


def _general(text: str, known: Mapping[str, str]) -> list[str]:
    """``keine davon`` and ``all`` as the choice that says so, if one does."""
    for words in (_NONE, _ALL):
        if normal(text.strip("{} ")) in words:
            meant = {name for called, name in known.items() if called in words - {""}}
            return list(meant) if len(meant) == 1 else []
    return []


def _everything(text: str, known: Mapping[str, str]) -> list[str]:
    """``all``, where no choice says so."""
    says_so = normal(text.strip("{} ")) in _ALL_OF_THEM and not any(called in _ALL for called in known)
    return list(dict.fromkeys(known.values())) if says_so else []


def _all_but(text: str, known: Mapping[str, str]) -> list[str]:
    """``all except c and e``, where no choice says *all* itself."""
    said = _BUT.fullmatch(text.strip())
    if said is None or any(called in _ALL for called in known):
        return []
    others = {known[normal(name)] for name in _split(said[1], known) if normal(name) in known}
    kept = [name for name in dict.fromkeys(known.values()) if name not in others]
    return kept if others else []


def _letters(text: str, known: Mapping[str, str]) -> list[str]:
    """``bc`` as b and c, where all choices are called by a letter: in their order, each once, so no word."""
    letters = list(normal(text))
    are_single = all(len(name) == 1 for name in set(known.values()))
    return letters if are_single and text.isalnum() and letters == sorted(set(letters)) else []
