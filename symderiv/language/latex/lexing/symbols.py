"""What the commands of LaTeX stand for: tables, read by the lexer."""

from __future__ import annotations

SPACING = frozenset(
    r"""\, \; \: \! \> \/ \quad \qquad \enspace \thinspace \medspace \thickspace \negthinspace \hfill
    \displaystyle \textstyle \scriptstyle \scriptscriptstyle \allowbreak \nobreak \nonumber \notag \noindent
    \bf \rm \it \sf \tt \cal \boldmath \relax \strut \mathstrut \left. \null \hline \centering
    \big \Big \bigg \Bigg \par \normalsize \small \large \checkmark \qed \qedhere""".split()
) | {r"\ ", "~"}
"""Commands that change only the look: dropped."""

WITH_DROPPED_ARGUMENT = frozenset(
    (
        r"\hspace",
        r"\vspace",
        r"\label",
        r"\tag",
        r"\phantom",
        r"\hphantom",
        r"\vphantom",
        r"\color",
        r"\textcolor",
        r"\mathstrut",
    )
)
"""Commands dropped together with the group after them."""

FENCES = {
    "(": "(",
    ")": "(",
    "[": "[",
    "]": "[",
    r"\{": "{",
    r"\}": "{",
    r"\lbrace": "{",
    r"\rbrace": "{",
    r"\lbrack": "[",
    r"\rbrack": "[",
    r"\lparen": "(",
    r"\rparen": "(",
    r"\lfloor": "floor",
    r"\rfloor": "floor",
    r"\lceil": "ceil",
    r"\rceil": "ceil",
    r"\langle": "angle",
    r"\rangle": "angle",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\lVert": "‖",
    r"\rVert": "‖",
    r"\llbracket": "[",
    r"\rrbracket": "[",
}
"""Delimiters, and the pair that each belongs to."""
CLOSING = frozenset(
    (
        ")",
        "]",
        r"\}",
        r"\rbrace",
        r"\rbrack",
        r"\rparen",
        r"\rfloor",
        r"\rceil",
        r"\rangle",
        r"\rvert",
        r"\rVert",
        r"\rrbracket",
    )
)
BARS = {"|": "|", r"\vert": "|", r"\|": "‖", r"\Vert": "‖", r"\mid": "|", "‖": "‖", r"\parallel": "‖"}

FRACTIONS = frozenset(
    (r"\frac", r"\tfrac", r"\dfrac", r"\cfrac", r"\nicefrac", r"\sfrac", r"\binom", r"\tbinom", r"\dbinom")
)

STYLES = frozenset(
    r"""\mathbf \mathrm \mathit \mathcal \mathscr \mathfrak \mathbb \mathds \mathbbm \mathsf \mathtt
    \mathnormal \boldsymbol \bm \pmb \symbf \hat \widehat \bar \overline \tilde \widetilde \vec \dot \ddot
    \check \breve \acute \grave \underline \boxed \mathop \mathbin \mathrel \mathord \mathopen \mathclose
    \ensuremath \underbrace \overbrace \operatorname \text \textbf \textrm \textit \textnormal \mbox \limits@
    \overrightarrow \not""".split()
)
ACCENTS = {
    r"\hat": "hat",
    r"\widehat": "hat",
    r"\bar": "bar",
    r"\overline": "bar",
    r"\tilde": "tilde",
    r"\widetilde": "tilde",
    r"\vec": "vec",
    r"\dot": "dot",
    r"\ddot": "ddot",
    r"\check": "check",
    r"\breve": "breve",
    r"\acute": "acute",
    r"\grave": "grave",
    r"\underline": "underline",
    r"\overrightarrow": "vec",
}
"""Accents, and the word that a name declared with one carries: ``\\hat y`` is ``yhat`` or ``y_hat``."""
TRANSPARENT = frozenset(r"\boxed \mathop \mathbin \mathrel \mathord \ensuremath \mathopen \mathclose".split())

WORDS = (
    r"\operatorname*",
    r"\operatorname",
    r"\mathrm",
    r"\text",
    r"\textrm",
    r"\textbf",
    r"\textit",
    r"\textnormal",
    r"\textsf",
    r"\texttt",
    r"\mathsf",
    r"\mathtt",
    r"\mathit",
    r"\mbox",
    r"\mathbf",
)
"""Commands whose group may hold a plain word."""

GREEK = frozenset(
    r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda \mu
    \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi \chi \psi \omega
    \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega \ell \hbar \imath \jmath
    \aleph \wp \Re \Im \digamma""".split()
)
FUNCTIONS = {
    r"\exp": "exp",
    r"\log": "log",
    r"\ln": "log",
    r"\lg": "log10",
    r"\sin": "sin",
    r"\cos": "cos",
    r"\tan": "tan",
    r"\cot": "cot",
    r"\sec": "sec",
    r"\csc": "csc",
    r"\arcsin": "asin",
    r"\arccos": "acos",
    r"\arctan": "atan",
    r"\sinh": "sinh",
    r"\cosh": "cosh",
    r"\tanh": "tanh",
    r"\sech": "sech",
    r"\csch": "csch",
    r"\coth": "coth",
    r"\det": "det",
}
ARGUMENTS = frozenset((r"\arg", r"\argmax", r"\argmin"))
"""Commands for the place of an extremum, not its value."""
STACKED = frozenset((r"\stackrel", r"\overset", r"\underset"))
"""Commands that put one sign above or below another: read where the sign is a relation."""
BIG = {
    r"\sum": "sum",
    r"\prod": "prod",
    r"\max": "max",
    r"\min": "min",
    r"\int": "integral",
    r"\lim": "limit",
    r"\sup": "sup",
    r"\inf": "inf",
}
CONSTANTS = {r"\infty": "oo", r"\infinity": "oo"}
TRANSPOSES = frozenset((r"\top", r"\intercal", r"\transpose", "ᵀ", "⊤"))
DOTS = frozenset((r"\dots", r"\ldots", r"\cdots", r"\dotsc", r"\dotsb", r"\dotsm", r"\vdots", r"\ddots"))

SIGNS = {
    "+": "+",
    "-": "-",
    "/": "/",
    "=": "==",
    "<": "<",
    ">": ">",
    "!": "!",
    "*": "star",
    r"\cdot": "*",
    r"\times": "times",
    r"\div": "/",
    r"\slash": "/",
    r"\ast": "star",
    r"\star": "star2",
    r"\odot": "⊙",
    r"\circ": "circ",
    r"\otimes": "otimes",
    r"\oslash": "oslash",
    r"\circledast": "star3",
    r"\le": "<=",
    r"\leq": "<=",
    r"\leqslant": "<=",
    r"\ge": ">=",
    r"\geq": ">=",
    r"\geqslant": ">=",
    r"\ne": "!=",
    r"\neq": "!=",
    r"\in": "in",
    r"\lt": "<",
    r"\gt": ">",
    r"\equiv": "equiv",
    r"\coloneqq": ":=",
    r"\land": "and",
    r"\wedge": "and",
    r"\lor": "or",
    r"\vee": "or",
    r"\lnot": "not",
    r"\neg": "not",
    r"\bmod": "%",
    r"\mod": "mod",
    r"\pmod": "pmod",
    r"\%": "%",
    r"\to": "to",
    r"\downarrow": "down",
    r"\searrow": "down",
    r"\uparrow": "up",
    r"\nearrow": "up",
    r"\rightarrow": "to",
    r"\leftarrow": "gets",
    r"\gets": "gets",
    r"\longleftarrow": "gets",
    r"\mapsto": "mapsto",
    r"\longmapsto": "mapsto",
    r"\longrightarrow": "to",
    r"\iff": "iff",
    r"\Leftrightarrow": "iff",
    r"\implies": "implies",
    r"\Rightarrow": "implies",
    r"\Longrightarrow": "implies",
    r"\approx": "approx",
    r"\pm": "pm",
    r"\mp": "mp",
    r"\sim": "sim",
    r"\propto": "propto",
    r"\cup": "cup",
    r"\cap": "cap",
    r"\setminus": "setminus",
    r"\smallsetminus": "setminus",
    r"\backslash": "setminus",
    r"\subset": "subset",
    r"\subseteq": "subset",
    r"\notin": "notin",
    r"\oplus": "oplus",
    r"\ominus": "ominus",
    r"\perp": "perp",
    r"\ll": "ll",
    r"\gg": "gg",
    r"\simeq": "approx",
    r"\cong": "approx",
}
OPERANDS = (
    GREEK
    | set(FUNCTIONS)
    | set(BIG)
    | set(CONSTANTS)
    | TRANSPOSES
    | DOTS
    | {
        r"\over",
        r"\choose",
        r"\partial",
        r"\nabla",
        r"\prime",
        r"\emptyset",
        r"\forall",
        r"\exists",
        r"\Pr",
        r"\deg",
    }
)
ENVIRONMENTS = frozenset(
    """cases dcases rcases matrix bmatrix pmatrix Bmatrix vmatrix Vmatrix smallmatrix
    bsmallmatrix psmallmatrix
    array align align* aligned alignedat gather gather* gathered equation equation* split eqnarray eqnarray*
    multline multline* displaymath math""".split()
)
LINES = frozenset(
    """align align* aligned gather gather* gathered equation equation* split eqnarray eqnarray*
    multline multline* displaymath math""".split()
)
"""Environments that hold lines of a derivation, not one expression."""
