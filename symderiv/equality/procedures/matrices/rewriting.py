"""Equations between words as rules that shorten words, completed by what two of them say together.

``A V = I`` shortens ``A V``. Where two rules speak of one word, ``Xᵀ (X Xᵀ W)`` and ``(V Xᵀ X) Xᵀ W``, both
results are equal, which may be a rule of its own: ``V Xᵀ = Xᵀ W``. Each follows from what is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symderiv.equality.procedures.matrices.words import (
    Combination,
    Scalar,
    Scalars,
    Term,
    Word,
    added,
    between,
    closing,
    multiplied,
    scaled,
    size,
    term,
    total,
    turned,
)

MAX_STEPS, MAX_TERMS = 400, 60
MAX_LETTERS, MAX_RULES, MAX_PAIRS = 9, 24, 120

IsNonzero = Callable[[Scalar], bool]


@dataclass(frozen=True)
class Rule:
    """``lead = rest``: what a word, or a product of scalars, may be written as."""

    lead: Word
    rest: Combination
    scalars: Scalars = ()

    def applied(self, to: Term) -> Combination | None:
        """The term with the rule used once; None where it speaks of none of it."""
        return self._to_word(to) if self.lead else self._to_scalars(to)

    def _to_word(self, to: Term) -> Combination | None:
        for start in _places(self.lead, to.word):
            left, right = to.word[:start], to.word[start + len(self.lead) :]
            return between(left, self.rest, right, to.scalars)
        for scalar, power in to.scalars:
            if power > 0 and len(scalar.word) >= len(self.lead):
                inside = self._in_scalar(scalar)
                if inside is not None:
                    others = multiplied((*to.scalars, (scalar, -1)))
                    return total((term(to.word, (*others, *each.scalars)), c) for each, c in inside.items())
        return None

    def _in_scalar(self, scalar: Scalar) -> Combination | None:
        for word in (scalar.word, turned(scalar.word)):
            found = self._in_closed(word) if scalar.kind == "closed" else self._in_trace(word)
            if found is not None:
                return found
        return None

    def _in_closed(self, word: Word) -> Combination | None:
        for start in _places(self.lead, word):
            return between(word[:start], self.rest, word[start + len(self.lead) :])
        return None

    def _in_trace(self, word: Word) -> Combination | None:
        for k in range(len(word)):
            rotated = word[k:] + word[:k]
            if rotated[: len(self.lead)] == self.lead:
                return _traces(between((), self.rest, rotated[len(self.lead) :]), word[k].rows)
        return None

    def _to_scalars(self, to: Term) -> Combination | None:
        powers = dict(to.scalars)
        if not all(powers.get(scalar, 0) >= power for scalar, power in self.scalars):
            return None
        others = multiplied((*to.scalars, *((scalar, -power) for scalar, power in self.scalars)))
        return total(
            (term(to.word + each.word, (*others, *each.scalars)), c) for each, c in self.rest.items()
        )


def _places(part: Word, word: Word) -> Iterator[int]:
    for start in range(len(word) - len(part) + 1):
        if word[start : start + len(part)] == part:
            yield start


def _traces(words: Combination, around: int) -> Combination:
    """The traces of words from a size to itself."""
    return total(
        (closing(each.word, each.scalars) if each.word else term((), (*each.scalars, (size(around), 1))), c)
        for each, c in words.items()
    )


def rule_of(relation: Combination, is_nonzero: IsNonzero) -> Rule | None:
    """What adds up to zero, as a rule for its longest word; None where that has no plain coefficient."""
    if not relation:
        return None
    longest = max(relation, key=lambda each: each.measure)
    if not longest.word:
        return _scalar_rule(relation)
    if sum(each.word == longest.word for each in relation) > 1:
        return None
    if not all(is_nonzero(scalar) for scalar, _ in longest.scalars):
        return None
    below = tuple((scalar, -power) for scalar, power in longest.scalars)
    rest = {each: c for each, c in relation.items() if each != longest}
    return Rule(longest.word, between((), scaled(rest, -1 / relation[longest]), (), below))


def _scalar_rule(relation: Combination) -> Rule | None:
    if any(each.word for each in relation):
        return None
    lead = max(relation, key=_size_of_scalars)
    if not lead.scalars or any(power < 0 for _, power in lead.scalars):
        return None
    rest = {each: c for each, c in relation.items() if each != lead}
    return Rule((), scaled(rest, -1 / relation[lead]), lead.scalars)


def _size_of_scalars(each: Term) -> tuple[int, int, Scalars]:
    letters = sum(len(scalar.word) * abs(power) for scalar, power in each.scalars)
    return letters, sum(abs(power) for _, power in each.scalars), each.scalars


def reduced(combination: Combination, rules: Sequence[Rule]) -> Combination:
    """The combination with the rules used as long as one says something."""
    done: Combination = {}
    left = combination
    for _ in range(MAX_STEPS):
        if not left or len(left) + len(done) > MAX_TERMS:
            break
        each = max(left, key=lambda one: one.measure)
        coefficient = left[each]
        left = {other: c for other, c in left.items() if other != each}
        found = next((new for rule in rules if (new := rule.applied(each)) is not None), None)
        if found is None:
            done = added(done, {each: coefficient})
        else:
            left = added(left, found, coefficient)
    return added(done, left)


def completed(relations: Iterable[Combination], is_nonzero: IsNonzero) -> Iterator[list[Rule]]:
    """The rules that relations give, then again with each new one that follows from two of them."""
    rules: list[Rule] = []
    for relation in relations:
        rule = rule_of(reduced(relation, rules), is_nonzero)
        if rule is not None:
            rules.append(rule)
    yield rules
    waiting = [(one, other) for one in rules for other in rules if _may_meet(one, other)]
    for _ in range(MAX_PAIRS):
        if not waiting or len(rules) > MAX_RULES:
            return
        waiting.sort(key=lambda pair: len(pair[0].lead) + len(pair[1].lead))
        one, other = waiting.pop(0)
        for gap in _gaps(one, other):
            rule = rule_of(reduced(gap, rules), is_nonzero)
            if rule is not None and len(rule.lead) <= MAX_LETTERS:
                rules.append(rule)
                beside = (pair for each in rules for pair in ((rule, each), (each, rule)))
                waiting.extend(pair for pair in beside if _may_meet(*pair))
                yield rules


def _may_meet(one: Rule, other: Rule) -> bool:
    """Two rules about words that share no letter never speak of one word."""
    return not (one.lead and other.lead) or not set(one.lead).isdisjoint(other.lead)


def _gaps(one: Rule, other: Rule) -> Iterator[Combination]:
    """What both rules make of something of which both speak."""
    if not one.lead:
        inside = other.applied(Term((), one.scalars)) if one is not other else None
        return iter(()) if inside is None else iter((added(inside, one.rest, Fraction(-1)),))
    return _gaps_of_words(one, other) if other.lead else _gaps_in_scalars(one, other)


def _gaps_of_words(one: Rule, other: Rule) -> Iterator[Combination]:
    """Of a word that ends with the second and begins with the first, or has the second inside."""
    for shared in range(1, min(len(one.lead), len(other.lead)) + (one is not other)):
        if one.lead[-shared:] == other.lead[:shared]:
            before, after = one.lead[:-shared], other.lead[shared:]
            yield added(between((), one.rest, after), between(before, other.rest, ()), Fraction(-1))
    if one is not other and len(other.lead) < len(one.lead):
        for start in _places(other.lead, one.lead):
            left, right = one.lead[:start], one.lead[start + len(other.lead) :]
            yield added(one.rest, between(left, other.rest, right), Fraction(-1))


def _gaps_in_scalars(rule: Rule, about: Rule) -> Iterator[Combination]:
    """Of a word that ends as a closed word begins, of which the second speaks beside other scalars.

    ``W u vᵀ`` and ``s (vᵀ V u)``: the first is multiplied by ``V u`` and s.
    """
    zero = added({Term(rule.lead): Fraction(1)}, rule.rest, Fraction(-1))
    for scalar, power in about.scalars:
        beside = multiplied((*about.scalars, (scalar, -1)))
        for word in {scalar.word, turned(scalar.word)} if scalar.kind == "closed" and power > 0 else ():
            for shared in range(1, len(word)):
                if rule.lead[-shared:] == word[:shared]:
                    yield between((), zero, word[shared:], beside)
