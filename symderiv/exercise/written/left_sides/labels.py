"""Left sides that only label a value: ``D^*``, ``\\theta_{t+1}``, ``\\Delta w``, ``\\eta(T/2)``."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.derivation.dependence import reached
from symderiv.errors import SymderivError
from symderiv.exercise.formula import Formula
from symderiv.expression.substitution import free_variables
from symderiv.expression.tree import Expr, Index, Variable
from symderiv.language import Scope
from symderiv.language.spelling import loose, normal

_FONTS = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathsf|boldsymbol|bm|text|textrm|operatorname)\s*\{([^{}]*)\}"
)
_SPACES = re.compile(r"\\[,;:! ]|\\(?:left|right)(?![A-Za-z])|[\s$]")
_RAISED, _DIGITS = re.compile("[⁰¹²³⁴-⁹]+"), str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_PRIMES = re.compile(r"\s*\^\s*(?:\{\s*\\prime\s*\}|\\prime(?![A-Za-z]))")
_COMMANDS = re.compile(r"\\(?:var)?([A-Za-z]+)")
_DECORATION = re.compile(
    r"(?<=\w)(?:\^?\{?\*\}?|\^\{?\(?(?:new|next|opt|best|neu)\)?\}?|_\{?(?:new|next|opt|best|neu)\}?"
    r"|_\{?[tkn](?:\+1)?\}?|\^\{?\([tkn]\+1\)\}?)\Z"
)
"""A star, *new*, or the number of the next step: what makes another name of a name."""
_NAME = re.compile(r"[^\W\d]\w*")
_DIFFERENCE = re.compile(r"Delta_?[^\W\d]\w*")
_NAMES = re.compile(r"\([^\W\d]\w*(?:,[^\W\d]\w*)*\)")
"""``(t)``, ``(x,y)``: ``x(t)`` left of a = is what x is at t, and no product."""
_VALUE_AT = re.compile(r"([^\W\d]\w*)(\(.+\))\Z")
_DOTS = re.compile(r"\\[lcd]?dots(?![A-Za-z])|\.\.\.|…|⋯")
_DERIVATIVE = re.compile(
    r"\\partial(?![A-Za-z])|∂|\\[dt]?frac\s*\{\s*(?:\\(?:mathrm|text)\s*\{\s*)?d(?![A-Za-z(])"
)
_GIVEN = re.compile(r"(?<![\w\\])(Pr|[PpEHI])\s*(?:\\left)?\(\s*\w+\s*(?:\\mid(?![A-Za-z])|[|;])[^()]*\)")
"""``H(X|Y)``: what nobody declared, of something given something."""
_STAR = re.compile(r"\s*(?:\\(?:star|ast|circledast|circledcirc)(?![A-Za-z])|[⋆∗⊛])\s*")
_ENTRY = re.compile(r"(?:_\{?[a-z]{1,2}\}?|\[[a-z](?:,[a-z])*\])\Z")


def spelt(text: str) -> str:
    """A left-hand side in one spelling, in text and in LaTeX.

    >>> spelt(r"P^{\\prime}")
    "P'"
    >>> spelt("P^{-}"), spelt(r"\\gamma"), spelt("γ"), spelt(r"D^{\\star}")
    ('P^-', 'gamma', 'gamma', 'D^{*}')
    >>> spelt(r"\\theta_{2}") == spelt("θ₂")
    True
    """
    while (bare := _FONTS.sub(r"\1", text)) != text:
        text = bare
    text = _PRIMES.sub("'", text)
    text = (
        _SPACES.sub("", _RAISED.sub(lambda said: "^" + said[0].translate(_DIGITS), text))
        .replace("\\star", "*")
        .replace("\\ast", "*")
    )
    text = re.sub(r"\{(\w+|[-+])\}", r"\1", _COMMANDS.sub(r"\1", text))
    return "".join(loose(piece) if _NAME.fullmatch(piece) else piece for piece in _pieces(text))


def _pieces(text: str) -> list[str]:
    return re.findall(r"[^\W\d]\w*|.", text, re.DOTALL)


def undecorated(text: str) -> str:
    """The name that a left-hand side is another name of, spelt; "" where it is no such thing.

    >>> undecorated("D^*"), undecorated(r"\\theta_{t+1}"), undecorated(r"\\mu_1^{new}"), undecorated("x^2")
    ('D', 'theta', 'mu1', '')
    """
    said = spelt(text)
    bare = _DECORATION.sub("", said)
    return bare if bare != said and _NAME.fullmatch(bare) else ""


MAX_LABEL = 500
_ASSIGNED = re.compile(
    r"\s*(?:\$\s*)?([^\s=←<][^=←<]*?)\s*(:=|←|<-|\\(?:leftarrow|gets|coloneqq)(?![A-Za-z]))"
)


_ADDED = re.compile(r"\s*([^\W\d]\w*)\s*([-+])=(?!=)\s*([^=$]*[^=$\s])\s*")


def assigned(text: str) -> str:
    """``w := …`` and ``w ← …``, which give a name a new value, with a ``=`` instead; "" for other texts.

    >>> assigned("w ← w - 1"), assigned("w <- w - 1"), assigned("w - 1"), assigned("2w := 1")
    ('w = w - 1', 'w =  w - 1', '', '')
    >>> assigned("V(s) <- V(s) + 1"), assigned("w -= 2*g")
    ('V(s) =  V(s) + 1', 'w = w - (2*g)')
    """
    added = _ADDED.fullmatch(text) if len(text) <= MAX_LABEL else None
    if added is not None:
        return f"{added[1]} = {added[1]} {added[2]} ({added[3]})"
    said = _ASSIGNED.match(text[:MAX_LABEL])
    left = "" if said is None else spelt(said[1])
    if said is None or not (undecorated(said[1]) or _NAME.fullmatch(left) or _VALUE_AT.fullmatch(left)):
        return ""
    return text[: said.start(2)] + "=".ljust(len(said[2])) + text[said.end() :]


def without_entry(text: str) -> str:
    """``dC/dz_i`` as ``dC/dz``, spelt."""
    return _ENTRY.sub("", spelt(text))


def is_label(left: str, scope: Scope) -> bool:
    """Is this a name of the student's own, made from another, or says where a declared formula is taken?

    >>> is_label("D^*", Scope()), is_label(r"\\Delta w", Scope()), is_label("x^2", Scope())
    (True, True, False)
    """
    said = spelt(left)
    known = {spelt(look): name for name, look in scope.notation.items()}
    known |= {loose(normal(name)): name for name in scope.names}
    if said in known:
        return False
    base = undecorated(left)
    if base:
        declared = scope.names.get(known.get(base, ""))
        return declared is None or not declared.kind.shape
    if _DIFFERENCE.fullmatch(said) and "Delta" not in scope.names:
        return True
    at = _VALUE_AT.fullmatch(said)
    declared = scope.names.get(known.get(at[1], "")) if at else None
    if at is None or declared is None or not _is_one_bracket(at[2]):
        return False
    return declared.definition is not None or _NAMES.fullmatch(at[2]) is not None


def says_arguments(left: str, names: frozenset[str], scope: Scope) -> bool:
    """``f(x, y)``: one of these names, and in brackets only what its definition depends on?

    >>> from symderiv.expression.tree import Apply
    >>> x = Variable("x")
    >>> scope = Scope({"x": x, "y": Variable("y"), "f": Variable("f", definition=Apply("exp", (x,)))})
    >>> [says_arguments(said, frozenset("f"), scope) for said in ("f(x)", "f(y)", "f(2)", "g(x)")]
    [True, False, False, False]
    """
    at = _VALUE_AT.fullmatch(spelt(left))
    looks = {spelt(look): name for name, look in scope.notation.items()}
    looks |= {loose(normal(name)): name for name in scope.names}
    name = looks.get(at[1], "") if at else ""
    declared = scope.names.get(name)
    if at is None or name not in names or declared is None or declared.definition is None:
        return False
    given = [looks.get(said, "") for said in re.split("[,;|]", at[2][1:-1])]
    return len(set(given)) == len(given) and set(given) <= {v.name for v in reached(declared.definition)}


def _is_one_bracket(text: str) -> bool:
    """Does the bracket that opens the text close at its end?"""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def is_on_the_way(member: Formula, scope: Scope) -> bool:
    """Is this a step in quantities that nobody declared, ``H(X|Y)``, ``a^*``, in derivatives, or with dots?

    Nobody can judge it.

    It has to say something of a declared name, too: ``2q = …`` alone is said of another quantity.
    """
    if _DOTS.search(member.text) is not None or uses_other_names(member, scope):
        return True
    if any(said[1] not in scope.names for said in _GIVEN.finditer(member.text)):
        return True
    if _DERIVATIVE.search(member.text) is not None and scope.withholds("jacobian"):
        return True
    without = _STAR.sub(" + ", member.text)
    return without != member.text and _names_something(replace(member, text=without), scope)


def _names_something(member: Formula, scope: Scope) -> bool:
    """Does it read, and use a declared name?"""
    try:
        used = free_variables(member.read(scope))
    except SymderivError:
        return False
    return any(variable.name in scope.names for variable in used)


def uses_other_names(member: Formula, scope: Scope) -> bool:
    """Does it join declared names with others, as ``a v_2 + g_3`` does?"""
    try:
        said = member.read(replace(scope, strict=False))
    except SymderivError:
        return False
    used = [variable.name for variable in free_variables(said) if not variable.kind.index]
    return any(name in scope.names for name in used) and any(name not in scope.names for name in used)


def is_label_of(said: Index, scope: Scope) -> bool:
    """``H[i, j]``, or ``v_t`` of a v that nobody declared: a name of the student's own."""
    is_new = isinstance(said.base, Variable) and said.base.name not in scope.names
    return is_new or all(is_index_label(index, scope) for index in said.indices)


def is_index_label(index: Expr, scope: Scope) -> bool:
    return isinstance(index, Variable) and (index.kind.index or index.name not in scope.names)
