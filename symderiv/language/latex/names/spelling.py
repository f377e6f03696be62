"""Under which names a LaTeX symbol may be declared: ``\\hat y`` as ``yhat`` or ``y_hat``."""

from __future__ import annotations

from symderiv.language.latex.lexing.symbols import ACCENTS, TRANSPARENT
from symderiv.language.latex.pieces import Atom, Braced, Fence, Piece, Row, Styled, Unit

_VARIANTS = {
    "varepsilon": ("epsilon", "eps"),
    "epsilon": ("eps",),
    "vartheta": ("theta",),
    "varphi": ("phi",),
    "varrho": ("rho",),
    "varsigma": ("sigma",),
    "ell": ("l",),
}
_UNNAMED = frozenset((r"\mathbb", r"\mathds", r"\mathbbm", r"\not", r"\underbrace", r"\overbrace"))


def spellings(piece: Piece) -> tuple[str, ...]:
    """The names that a symbol may have been declared under, the likeliest first; none if it is no symbol."""
    if isinstance(piece, Atom):
        return _atom(piece)
    if isinstance(piece, Braced):
        return _single(piece.row)
    if isinstance(piece, Styled):
        return _styled(piece)
    return spellings(piece.base) if isinstance(piece, Unit) and piece.bare else ()


def _atom(piece: Atom) -> tuple[str, ...]:
    if piece.kind == "LETTER":
        return (piece.value,)
    if piece.kind == "GREEK":
        name = piece.value[1:]
        return (name, *_VARIANTS.get(name, ()))
    if piece.kind == "WORD" and len(piece.value) == 1:
        return (piece.value,)
    return ()


def _single(row: Row) -> tuple[str, ...]:
    return spellings(row.units[0].base) if len(row.units) == 1 and row.units[0].bare else ()


def _styled(piece: Styled) -> tuple[str, ...]:
    if piece.style in _UNNAMED or piece.style in TRANSPARENT:
        return ()
    inner = _single(piece.row) or _letters(piece.row)
    accent = ACCENTS.get(piece.style)
    if accent is None:
        return inner
    accented = [f for n in inner for f in (f"{n}_{accent}", f"{n}{accent}", f"{accent}_{n}", f"{accent}{n}")]
    return (*accented, *inner) if accent in ("vec", "underline") else tuple(accented)


def _letters(row: Row) -> tuple[str, ...]:
    """The letters of ``\\mathcal{LN}`` as one word."""
    if len(row.units) > 1 and all(u.bare and u.base.key[0] in ("LETTER", "NUMBER") for u in row.units):
        return ("".join(str(u.base.key[1]) for u in row.units),)
    return ()


def label(row: Row | None) -> str | None:
    """A script as part of a name: ``in`` of ``_{\\text{in}}``, ``1`` of ``_1``, ``l`` of ``^{(l)}``."""
    if row is None or not row.units:
        return None
    if len(row.units) == 1 and row.units[0].bare:
        base = row.units[0].base
        if isinstance(base, Fence) and base.opening in ("(", "["):
            return label(base.row)
        if isinstance(base, Styled):
            found = spellings(base)
            return found[0] if found else None
    parts: list[str] = []
    for unit in row.units:
        if not unit.bare or not isinstance(unit.base, Atom):
            return None
        kind, value = unit.base.kind, unit.base.value
        if kind in ("BIG", "FUNCTION") and value in ("max", "min"):
            parts.append(value)
        elif kind in ("LETTER", "WORD") or (kind == "NUMBER" and value.isdigit()):
            parts.append(value.replace(" ", "_"))
        elif kind == "GREEK":
            parts.append(value[1:])
        else:
            return None
    return "".join(parts)


def is_layer(sup: Row | None) -> bool:
    """``^{(l)}``, ``^{[l]}``"""
    return (
        sup is not None
        and len(sup.units) == 1
        and isinstance(sup.units[0].base, Fence)
        and sup.units[0].base.opening in ("(", "[")
        and label(sup) is not None
    )


def is_step(sup: Row) -> bool:
    """``^{(k+1)}``: the number of a step, typed as ``^{(k)}`` is, or a power with brackets around it."""
    base = sup.units[0].base if len(sup.units) == 1 and sup.units[0].bare else None
    inside = base.row.units if isinstance(base, Fence) and base.opening == "(" else ()
    keys = [unit.base.key for unit in inside if unit.bare]
    signs = (("SIGN", "+"), ("SIGN", "-"))
    return (
        len(inside) == len(keys) == 3
        and keys[0][0] == "LETTER"
        and keys[1] in signs
        and keys[2][0] == "NUMBER"
    )


def layer_number(sup: Row | None) -> str | None:
    """``1`` of ``^{(1)}``."""
    found = label(sup) if is_layer(sup) else None
    return found if found is not None and found.isdigit() else None


def index_above(sup: Row | None) -> str | None:
    """``i`` of ``^{(i)}``."""
    found = label(sup) if is_layer(sup) else None
    return found if found is not None and len(found) == 1 and found.isalpha() else None


def sampled_indices(unit: Unit) -> Row:
    """``i, j`` of ``x^{(i)}_j``."""
    assert unit.sup is not None
    (above,) = unit.sup.units
    assert isinstance(above.base, Fence)
    below = () if unit.sub is None else (Unit(Atom("PUNCT", ",", above.end, above.end)), *unit.sub.units)
    return Row((*above.base.row.units, *below), unit.sup.start, unit.end)


def index_count(row: Row) -> int:
    """How many indices a subscript names, 0 where it is a label (a number or a word)."""
    parts = 1 + sum(1 for u in row.units if u.base.key == ("PUNCT", ","))
    if parts > 1:
        return parts
    letters = [u for u in row.units if isinstance(u.base, Atom) and u.base.kind in ("LETTER", "GREEK")]
    if len(letters) == len(row.units):
        return len(letters)
    labels = all(isinstance(u.base, Atom) and u.base.kind in ("NUMBER", "WORD") for u in row.units)
    return 0 if labels or not row.units else 1
