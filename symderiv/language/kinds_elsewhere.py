"""What people write of a name in words that aren't ours: ``x ∈ ℝⁿ``, ``n is even``, ``b: nonzero``."""

from __future__ import annotations

import re

from symderiv.language.source import Misread

CURE = "write real, integer, vector(n), matrix(n, m) …"

_KINDS: tuple[tuple[str, str], ...] = (
    (r"\w+\s*:", "declare one name a line"),
    (r"probability|prob\b|[(\[]\s*0\s*,\s*1\s*[)\]]", "write real in (0, 1), or real in [0, 1]"),
    (r"[(\[]\s*[-\d]", "write real in (a, b)"),
    (r"[Rℝ]\s*\^?\s*[({]?\s*\w+\s*[×x,]\s*\w+|\(?\s*\w+\s*[×,]\s*\w+", "write matrix(n, m)"),
    (r"[Rℝ]\s*\^|ℝ[ⁿᵈᵏ²³]|array|vec\b|list|vector", "write vector(n), with its length"),
    (r"[Rℝ]\Z|float|double|num\b", "write real"),
    (r"[ℕN]\Z|nat\b", "write positive integer, or nonnegative integer"),
    (r"[ℤZ]\Z|int\b", "write integer"),
    (r"complex|ℂ|C\Z", "numbers are real here"),
    (r"nonzero|non-zero|!=|≠", "declare it as real, and give the condition b != 0"),
    (r"square|symmetric|matrix|quadratic", "write matrix(n, n), or symmetric(n)"),
    (r"diag", "write diag(d) for it, with d: vector(n)"),
    (r"orthogonal|orthonormal|unitary", "write matrix(n, n), and give the condition Q.T*Q == eye(n)"),
    (r"unit", "write vector(n), and give the condition norm(u) == 1"),
    (r"distribution|simplex|stochastic", "write positive vector(n), and give the condition sum(p) == 1"),
    (r"increasing|monoton", "write nondecreasing function"),
    (r"differentiable|smooth|continuous|convex|activation", "write function"),
    (r"bool|binary|label", "write integer, and give the condition y in {0, 1}"),
)
_DOMAIN = "real|positive|nonnegative|negative|integer|even|odd|natural"
_SAID = re.compile(rf"\s*(\w+)\s+(?:(?:is|are|be)\s+)?(?:an?\s+)?(?:non-)?({_DOMAIN}|\w*symmetric|\w+)\s*\Z")
_SET = re.compile(r"\s*(\w+)\s*(?:∈|in\b)\s*([RNZCℝℕℤℂ]\b.*|[ℝ].*|[(\[].*)")
_LIST = re.compile(r"\s*\w+(\s*,\s*\w+)+\s*(?::|[<>≤≥=∈]|in\b)")


def cure_for(words: str) -> str:
    """What to write instead of the words behind a name and its colon.

    >>> cure_for("R^n"), cure_for("int"), cure_for("quaternion")
    ('write vector(n), with its length', 'write integer', 'write real, integer, vector(n), matrix(n, m) …')
    """
    return next((cure for pattern, cure in _KINDS if re.match(pattern, words.strip())), CURE)


def refuse_words(condition: str) -> Misread | None:
    """The fault of a condition that says in words what a declaration says, ``n is even``, or None.

    >>> refuse_words("n is even").cure, refuse_words("x, y > 0").cure, refuse_words("k <= n")
    ('write n: even', 'give one condition, or one declaration, a line', None)
    """
    if _LIST.match(condition):
        cure = "give one condition, or one declaration, a line"
        return Misread("several names at once", 0, len(condition), cure=cure)
    in_set = _SET.match(condition)
    if in_set is not None:
        name, words = in_set.groups()
        message, cure = (
            f"{words.strip()} is no set of items",
            cure_for(words).replace("write ", f"write {name}: "),
        )
        return Misread(message, 0, len(condition), expected="its items, as in y in {0, 1}", cure=cure)
    said = _SAID.match(condition)
    if said is None:
        return None
    name, word = said.groups()
    cure = f"write {name}: {word}" if re.fullmatch(_DOMAIN, word) else cure_for(word)
    return Misread("a condition is a comparison, not words", 0, len(condition), expected="k <= d", cure=cure)
