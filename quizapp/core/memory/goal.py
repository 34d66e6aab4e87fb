"""A date to be ready for: which facts are worth today's minutes, judged by how much better each will be known then."""

import random
from collections.abc import Sequence
from datetime import datetime

from quizapp.core.memory import fsrs
from quizapp.core.memory.days import ONE_DAY, utc
from quizapp.core.memory.model import NewFact, Settings, State
from quizapp.core.memory.scheduling import elapsed_days, recall_at
from quizapp.core.memory.selection import Candidate, Confusable, arranged, minutes_for

LEAST_GAIN = 0.01
"""A fact that would be known better by less than this share on the date is left for another day."""


def plan_for_date(
    candidates: Sequence[Candidate],
    *,
    target: datetime,
    confusable: Confusable,
    minutes: float,
    now: datetime,
    settings: Settings,
    rng: random.Random,
    most: int = 200,
) -> tuple[int, ...]:
    """Choose and order the facts of a sitting that prepares for `target`: most gain a minute first, at most `most`.

    Taken one by one, the facts whose asking now raises expected recall on the date most for the time it takes, until
    the `minutes` are used or nothing gains `LEAST_GAIN`: the greedy answer to the knapsack of a day. With the same
    minutes it brings more facts to the date than practice of what is due (`benchmarks/ready.py`: 21 days, 10 minutes
    a day, 200 facts: .947 against .866). Naive instants raise ValueError.
    """
    now, target = utc(now), utc(target)
    usable = [one for one in candidates if one.forms and not one.suspended]
    gains = {one.fact: gain(one.state, now, target, settings) for one in usable}
    costs = {one.fact: minutes_for((one,), settings) for one in usable}
    ranked = sorted(usable, key=lambda one: (-gains[one.fact] / costs[one.fact], rng.random()))
    chosen: list[Candidate] = []
    left = minutes
    for one in ranked:
        if left <= 0.0 or len(chosen) == most:
            break
        if gains[one.fact] >= LEAST_GAIN:
            chosen.append(one)
            left -= costs[one.fact]
    return tuple(one.fact for one in arranged([chosen], confusable))


def gain(state: State, now: datetime, target: datetime, settings: Settings) -> float:
    """Tell by how much asking a fact now raises the recall expected on the date, in [-1, 1].

    It is known with today's predicted recall and then moves as after Good, else as after Again (FSRS-6); a new fact is
    known with the prior, and keeps that if it is never asked.
    """
    ahead = max((target - now) / ONE_DAY, 0.0)
    known = recall_at(state, now, settings)
    right = _after(state, now, ahead, fsrs.GOOD, settings)
    wrong = _after(state, now, ahead, fsrs.AGAIN, settings)
    return known * right + (1.0 - known) * wrong - recall_at(state, max(now, target), settings)


def _after(state: State, now: datetime, ahead: float, grade: int, settings: Settings) -> float:
    if isinstance(state, NewFact):
        stability, _difficulty = fsrs.initial(grade, settings.parameters)
    else:
        elapsed = elapsed_days(state.reviewed_at, max(now, state.reviewed_at), settings)
        stability, _difficulty = fsrs.advance(state.stability, state.difficulty, elapsed, grade, settings.parameters)
    return fsrs.recall(stability, ahead, settings.parameters)
