"""Item analysis: what first answers say about questions, in the terms of classical test theory.

Facility is the share of first answers that were right. Discrimination is the corrected point-biserial correlation of
an item with the rest: what the learner scored on everything else (Henrysson 1963, Psychometrika 28; Lord & Novick 1968,
Statistical Theories of Mental Test Scores, ch. 15; Moodle quiz statistics documentation). Items are made at random, so
no two learners answered the same others: the rest is the learner's share right over their OTHER first answers, which
is comparable only as far as those are about as hard for everybody. That some met harder ones is noise, which as a rule
lowers the correlation. An item is a fact in a form: its answers add up, whatever stem and distractors it had.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from quizapp.core.insight.correlation import Correlation, correlations
from quizapp.core.insight.firstanswers import Answers, Flags, Numbers, Reals, picked, rest_scores
from quizapp.core.insight.intervals import wilson
from quizapp.core.insight.privacy import LEAST

ENOUGH = 20
"""Fewer first answers are not enough data for any figure."""

ENOUGH_FOR_A_MISKEY = 30
"""First answers that S2 asks for: whether a wrong value attracts those who know most."""

PRACTICE = (0.3, 0.9)
TEST = (0.3, 0.8)
"""Facility that S3 asks of an item, in practice and in tests."""

LEAST_DISCRIMINATION = 0.2
WORKS_FOR, WORKS_FOR_WRONG, EASY = 0.05, 0.15, 0.8
"""S1: the share of takers, or of the wrong answers where facility is above the last, that a distractor takes in."""


class Flag(StrEnum):
    """What an item or a value is noticed for: S1, S2, and the three parts of S3 of the item-writing rules."""

    IDLE = "idle"
    ALSO_TRUE = "also-true"
    HARD = "hard"
    EASY = "easy"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n` with the 90 % interval of the share (Wilson); `value` in [0, 1]."""

    count: int
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Distractor:
    """A value that stood beside the right one `shown` times on a first answer and was `chosen`.

    `takers` is its share of those it was shown to, `of_wrong` of their wrong answers, `correlation` that of choosing
    it with the rest score; None: not enough data.
    """

    value: int
    shown: int
    chosen: int
    takers: Share | None
    of_wrong: float | None
    correlation: Correlation | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class ItemStats:
    """A fact in a form: `right` of `n` first answers, and what that is worth; None: not enough data.

    `corrected` is facility without lucky guesses, (p - g) / (1 - g) for a mean guess rate g, at least 0 (Lord & Novick
    1968, ch. 14). `flags` are its own and those of its distractors.
    """

    fact: int
    form: int
    n: int
    right: int
    facility: Share | None
    corrected: float | None
    discrimination: Correlation | None
    flags: tuple[Flag, ...]
    distractors: tuple[Distractor, ...]


def analyse(
    answers: Answers, private: Collection[int] = (), *, test: bool = False, only: int | None = None
) -> list[ItemStats]:
    """Analyse first answers item by item, in order of fact and form; `only` one fact's, if it is given.

    Learners in `private` count in an item only if at least five of them answered it. `test` asks for the facility of a
    test. The rest score takes in every answer given here.
    """
    keep = open_to_view(answers, private)
    if only is not None:
        keep &= answers.fact == only
    if not keep.any():
        return []
    counted, rest = picked(answers, keep), rest_scores(answers)[keep]
    code, item = np.unique(_codes(answers)[keep], return_inverse=True)
    n, right = np.bincount(item), np.bincount(item, weights=counted.right)
    guess = np.bincount(item, weights=counted.guess) / n
    found = correlations(item, counted.right, rest, len(n), ENOUGH)
    values = _distractors(counted, item, rest, right / n)
    facts, forms = np.divmod(code, _span(answers))
    limits = TEST if test else PRACTICE
    stats = []
    for at, (count, good) in enumerate(zip(n.tolist(), right.astype(int).tolist(), strict=True)):
        facility = share(good, count)
        one = ItemStats(
            int(facts[at]),
            int(forms[at]),
            count,
            good,
            facility,
            corrected(facility, float(guess[at])),
            found[at],
            (),
            tuple(values.get(at, ())),
        )
        stats.append(replace(one, flags=_flags(one, limits)))
    return stats


def open_to_view(answers: Answers, private: Collection[int]) -> Flags:
    """Say which answers count in their item: those of private people only where five of them answered it."""
    hidden = np.isin(answers.learner, np.fromiter(private, np.int64, len(private)))
    _, code = np.unique(_codes(answers), return_inverse=True)
    return ~hidden | (np.bincount(code, weights=hidden)[code] >= LEAST)


def share(count: int, n: int) -> Share | None:
    """Give a share with its interval; None below 20 answers."""
    return Share(count, n, count / n, *wilson(count, n)) if n >= ENOUGH else None


def corrected(facility: Share | None, guess: float) -> float | None:
    """Take lucky guesses out of a facility, at least 0; None where it is unknown or everything could be guessed."""
    if facility is None or guess >= 1.0:
        return None
    return max((facility.value - guess) / (1.0 - guess), 0.0)


def _span(answers: Answers) -> int:
    return int(answers.form.max(initial=0)) + 1


def _codes(answers: Answers) -> Numbers:
    """Number the items: fact and form in one."""
    return answers.fact * _span(answers) + answers.form


def _distractors(answers: Answers, item: Numbers, rest: Reals, facility: Reals) -> dict[int, list[Distractor]]:
    """Analyse the values shown, by the number of their item, the one chosen most first."""
    if not len(answers.shown):
        return {}
    known, value_at = np.unique(answers.shown, return_inverse=True)
    keys, at = np.unique(item[answers.shown_at] * len(known) + value_at, return_inverse=True)
    took = answers.chosen[answers.shown_at] == answers.shown
    wrong = ~answers.right[answers.shown_at]
    shown, chosen = np.bincount(at), np.bincount(at, weights=took)
    missed = np.bincount(at, weights=wrong)
    found = correlations(at, took, rest[answers.shown_at], len(shown), ENOUGH)
    values: dict[int, list[Distractor]] = {}
    for number, (of, value) in enumerate(zip(*(part.tolist() for part in np.divmod(keys, len(known))), strict=True)):
        count, times = int(shown[number]), int(chosen[number])
        of_wrong = times / float(missed[number]) if count >= ENOUGH and missed[number] else None
        one = Distractor(int(known[value]), count, times, share(times, count), of_wrong, found[number], ())
        values.setdefault(of, []).append(replace(one, flags=_value_flags(one, float(facility[of]))))
    return {of: sorted(some, key=lambda each: (-each.chosen, -each.shown, each.value)) for of, some in values.items()}


def _value_flags(one: Distractor, facility: float) -> tuple[Flag, ...]:
    flags = []
    if one.takers is not None:
        works = one.takers.value >= WORKS_FOR
        works |= facility > EASY and (one.of_wrong or 0.0) >= WORKS_FOR_WRONG
        flags += [] if works else [Flag.IDLE]
    if one.correlation is not None and one.correlation.n >= ENOUGH_FOR_A_MISKEY and one.correlation.value > 0.0:
        flags.append(Flag.ALSO_TRUE)
    return tuple(flags)


def _flags(one: ItemStats, limits: tuple[float, float]) -> tuple[Flag, ...]:
    flags = {flag for each in one.distractors for flag in each.flags}
    if one.facility is not None and one.facility.value < limits[0]:
        flags.add(Flag.HARD)
    if one.facility is not None and one.facility.value > limits[1]:
        flags.add(Flag.EASY)
    if one.discrimination is not None and one.discrimination.value < LEAST_DISCRIMINATION:
        flags.add(Flag.FLAT)
    return tuple(flag for flag in Flag if flag in flags)
