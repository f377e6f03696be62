"""Everyone's own numbers: a seed that follows from who somebody is, whatever their file says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from symderiv.batch.submission import Submission


def with_own_numbers(
    submitted: Iterable[Submission], seeds: Mapping[str, int], strange: Callable[[str], None]
) -> Iterator[Submission]:
    """Each submission with its student's seed; ``strange`` hears of students whose files name another.

    Whoever isn't on the list has no numbers of their own: that is a fault.

    >>> from symderiv.exercise import AnswerFile
    >>> heard = []
    >>> mine = Submission("ada", "a.yaml", AnswerFile("sums", {}, "ada", seed=1))
    >>> [each.answers.seed for each in with_own_numbers([mine], {"ada": 7}, heard.append)], heard
    ([7], ['ada'])
    >>> [each.fault for each in with_own_numbers([mine], {"bo": 7}, heard.append)]
    ["a.yaml: 'ada' is not on the list of students"]
    """
    for each in submitted:
        if each.answers is None:
            yield each
        elif each.student not in seeds:
            fault = f"{each.source}: '{each.student}' is not on the list of students"
            yield replace(each, answers=None, fault=fault)
        else:
            seed = seeds[each.student]
            if each.answers.seed not in (None, seed):
                strange(each.student)
            yield replace(each, answers=replace(each.answers, seed=seed))
