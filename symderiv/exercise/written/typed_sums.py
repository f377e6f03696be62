"""Sums as they are typed in a line, ``Σ_k B_ik X_kj`` and ``sum_i x_i``, in LaTeX."""

from __future__ import annotations

import re

_SUM = re.compile(r"(?<![\w\\])(?:Σ|∑|[sS]um)\s*_\s*\{?\s*([a-z])\s*\}?\s*(?![\w(=])")
_SUM_BARE = re.compile(r"(?<![\w\\])(?:Σ|∑)\s+(?=[^\W\d]\w*_)")
_RAISED = re.compile(r"\^\(([^()]*)\)")
_INDICES = re.compile(r"(?<=[^\W_])_([a-z0-9]{2,3})(?!\w)")
_INDEX_BRACKETS = re.compile(r"(?<=\w)\[([^\[\]]*)\]")
_GREEK = re.compile(r"[^\x00-\x7f²³·⁻¹]")


def as_latex_sum(text: str) -> str:
    """The text in LaTeX, where it has such a sum; else "".

    >>> as_latex_sum("Σ_k B_ik X_kj"), as_latex_sum("sum_k B[i,k]*X[k,j]"), as_latex_sum("sum(x_i)")
    ('\\\\sum_{k} B_{ik} X_{kj}', '\\\\sum_{k} B_{i,k}\\\\cdot X_{k,j}', '')
    """
    found = _SUM_BARE.sub(r"\\sum ", _SUM.sub(r"\\sum_{\1}", text))
    if found == text or "$" in text or "\\" in text or _GREEK.search(re.sub(r"[Σ∑]", "", text)):
        return ""
    found = _RAISED.sub(r"^{\1}", found)
    found = _INDEX_BRACKETS.sub(r"_{\1}", found).replace("*", r"\cdot ")
    return _INDICES.sub(r"_{\1}", found).replace("²", "^2").replace("³", "^3").replace("·", r"\cdot ")
