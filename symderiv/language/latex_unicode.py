"""Mathematical characters, and the LaTeX that each stands for."""

from __future__ import annotations

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩϵϑϱϕςℓ",
        r"""\alpha \beta \gamma \delta \varepsilon \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho
        \sigma \tau \upsilon \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon
        \Phi \Psi \Omega \epsilon \vartheta \varrho \phi \varsigma \ell""".split(),
        strict=True,
    )
)
_SIGNS = {
    "−": "-", "–": "-", "·": r"\cdot", "⋅": r"\cdot", "∙": r"\cdot", "×": r"\times", "÷": "/", "∕": "/",
    "⊙": r"\odot", "∘": r"\circ", "⊗": r"\otimes", "∗": "*", "⋆": r"\star", "★": r"\star",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "⩽": r"\le", "⩾": r"\ge", "∈": r"\in", "∧": r"\land",
    "∨": r"\lor", "¬": r"\lnot", "≡": r"\equiv", "≈": r"\approx", "±": r"\pm", "→": r"\to", "↦": r"\mapsto",
    "⇒": r"\implies", "⇔": r"\iff", "∪": r"\cup", "∩": r"\cap", "⊕": r"\oplus", "⊛": r"\circledast",
    "∞": r"\infty", "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "∫": r"\int",
    "…": r"\dots", "⋯": r"\dots", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil",
    "⟨": r"\langle", "⟩": r"\rangle", "∣": "|", "∥": r"\|", "√": r"\sqrt", "ᵀ": r"^\top", "⊤": r"\top",
    "½": r"\frac{1}{2}", "¼": r"\frac{1}{4}", "¾": r"\frac{3}{4}", "⅓": r"\frac{1}{3}", "⅔": r"\frac{2}{3}",
    "𝟙": r"\mathbb{1}", "𝟏": r"\mathbf{1}", "ℝ": r"\mathbb{R}", "\u2061": r"\,", "′": "'",
    "µ": r"\mu", "\u00a0": r"\,", "\u2009": r"\,", "\u202f": r"\,",
}
_RAISED = {c: f"^{d}" for c, d in zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱ", "0123456789ni", strict=True)}
_LOWERED = {c: f"_{d}" for c, d in zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜₓ", "0123456789aehijklmnoprstx", strict=True)}

UNICODE: dict[str, str] = _GREEK | _SIGNS | _RAISED | _LOWERED
