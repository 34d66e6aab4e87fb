"""Scheduling: how one answer moves one memory, and when the fact is due again."""

from datetime import date, datetime, timedelta
from math import exp, log

from quizapp.core.memory import fsrs
from quizapp.core.memory.days import ONE_DAY, day_starts, study_day, utc
from quizapp.core.memory.evidence import weigh
from quizapp.core.memory.model import Answered, Evidence, Memory, NewFact, Settings, State

RELEARN_AFTER = timedelta(minutes=10)
"""A fact answered wrongly is due again this soon: in the same sitting, after a few others."""

FUZZ_FROM = 2.5
FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From, to (days) and share of each stretch by which a due day may shift, besides one day (Anki; py-fsrs 6, MIT)."""


def review(state: State, answered: Answered, settings: Settings) -> Memory | None:
    """Move a memory by one answer; None where the answer proves nothing (a forced pair) and the state stays.

    The new memory lies between FSRS's state after Again and the one after Good (or the learner's own grade) at the weight
    of the evidence: stability in the logarithm, difficulty linearly. Recall of a new fact is `answered.prior`. Within one
    sitting only the first answer moves stability, difficulty and lapses; later ones are relearning: they set when the fact
    is due, `failed_last`, `produced`, form and surface. A sitting taken up again a day later moves memory afresh.
    An answer dated before the last review counts as given then. Naive times raise ValueError.
    """
    at = utc(answered.at)
    if isinstance(state, NewFact):
        evidence = weigh(answered, answered.prior)
        return None if evidence is None else _begin(answered, at, evidence, settings)
    at = max(at, state.reviewed_at)
    elapsed = (at - state.reviewed_at) / ONE_DAY
    predicted = fsrs.recall(state.stability, elapsed, settings.parameters)
    evidence = weigh(answered, predicted)
    if evidence is None:
        return None
    if state.sitting == answered.sitting and elapsed < 1.0:
        return _relearn(state, answered, at, evidence, settings)
    return _move(state, answered, at, evidence, settings)


def recall_at(state: State, at: datetime, settings: Settings) -> float:
    """Predict recall in [0, 1] at an aware instant; `settings.prior` for a new fact."""
    if isinstance(state, NewFact):
        return settings.prior
    elapsed = max((utc(at) - state.reviewed_at) / ONE_DAY, 0.0)
    return fsrs.recall(state.stability, elapsed, settings.parameters)


def due_after(  # noqa: PLR0913  what a due day depends on
    at: datetime, stability: float, fact: int, reviews: int, settings: Settings, *, produced: bool
) -> datetime:
    """Give when a fact is due after a right answer: the start of a study day, at least the next one.

    The interval ends where recall falls to the wanted retention; it is capped (recognition alone: `recognition_cap`) and
    shifted a little, the same way each time for the same fact and review count, avoiding quiet weekdays where it can.
    """
    cap = settings.maximum_interval if produced else min(settings.recognition_cap, settings.maximum_interval)
    wanted = min(fsrs.interval(stability, settings.retention, settings.parameters), cap)
    today = study_day(at, settings.zone, settings.day_turn)
    day = _fuzzed_day(today, wanted, int(cap), _chance(fact, reviews), settings.quiet_weekdays)
    return day_starts(day, settings.zone, settings.day_turn)


def seeded_day(at: datetime, days: int, fact: int, reviews: int, settings: Settings) -> datetime:
    """Pick one of the next `days` study days by the fact's seed, so that many facts spread; gives its start."""
    today = study_day(at, settings.zone, settings.day_turn)
    day = today + timedelta(days=1 + _chance(fact, reviews) % days)
    return day_starts(day, settings.zone, settings.day_turn)


def _begin(answered: Answered, at: datetime, evidence: Evidence, settings: Settings) -> Memory:
    upper = fsrs.initial(evidence.grade, settings.parameters)
    lower = fsrs.initial(fsrs.AGAIN, settings.parameters)
    stability, difficulty = _blend(lower, upper, evidence.weight)
    return Memory(
        stability=stability,
        difficulty=difficulty,
        reviewed_at=at,
        due_at=_due(answered, at, stability, 1, evidence, evidence.production, settings),
        reviews=1,
        lapses=0,
        produced=evidence.production,
        sitting=answered.sitting,
        recall_then=answered.prior,
        failed_last=not evidence.right,
        form=answered.form,
        surface=answered.surface,
    )
