"""Signs that stand in no formula: what each says, and what to write instead."""

from __future__ import annotations

MISPLACED = {
    ":=": ("a definition stands here", "write the right-hand side alone"),
    "gets": ("an update stands here", "write the new value alone"),
    **dict.fromkeys(("to", "down", "up"), ("an arrow stands here", r"it belongs below \lim")),
    "mapsto": ("an arrow stands here", "a mapping is written a \\mapsto b, c \\mapsto d"),
    "iff": ("an equivalence stands here", "write one condition"),
    "implies": ("an implication stands here", "write one formula"),
    "approx": ("≈ says nothing exact", "write = and the exact value"),
    "pm": ("± stands for two values", "write a list of both"),
    "mp": ("∓ stands for two values", "write a list of both"),
    "sim": ("a distribution says no value", "write the density, or the value"),
    "propto": ("∝ leaves the factor unsaid", "write = and the factor"),
}
