"""What a sitting of practice takes: for the dates to be ready for, then what is due, and new facts as time allows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quizapp.actions.candidates import candidates_in, candidates_of
from quizapp.actions.scope import Scope
from quizapp.core.knowledge.model import Bank
from quizapp.core.memory.days import study_day
from quizapp.core.memory.goal import plan_for_date
from quizapp.core.memory.leech import leech_of
from quizapp.core.memory.model import Memory, Settings
from quizapp.core.memory.selection import Candidate, Confusable, minutes_for, plan_sitting
from quizapp.store import models, supply

LEAST_MINUTES = 5.0
"""Who starts a sitting gets this much, also when the day's minutes are spent."""

SHARE = 0.5
"""Of the day's minutes and a sitting's facts, dates take so much while other facts are due as well."""


@dataclass(frozen=True, slots=True)
class Day:
    """Who sits down, to what, and when."""

    session: Session
    learner: models.User
    kind: str
    scope: Scope
    editions: Mapping[int, Bank]
    settings: Settings
    now: datetime
    most: int


def facts_for(day: Day, candidates: Sequence[Candidate], rng: Random) -> tuple[int, ...]:
    """Choose the facts of a sitting, in order."""
    confusions = supply.confusions(day.session, day.learner.id)
    confusable = {frozenset((fact, other)) for fact, others in confusions.items() for other in others}
    minutes = _minutes_left(day)
    dated, spent = _dated(day, candidates, confusable, minutes, rng)
    if day.scope.until and dated:
        return dated
    rest = [each for each in candidates if each.fact not in dated]
    partners = _partners(rest, confusions)
    beside = set() if day.scope.facts else {*partners.values()} - {each.fact for each in candidates} - {*dated}
    if beside:
        known = supply.askable_facts(day.session, day.learner.id, list(day.editions), beside)
        rest += candidates_of(known, day.kind, day.scope, day.editions)
    usual = plan_sitting(
        rest,
        confusable=confusable,
        partners=partners,
        minutes=max(minutes - spent, 0.0),
        now=day.now,
        settings=day.settings,
        rng=rng,
        most=day.most - len(dated),
    )
    return (*dated, *usual)


def _dated(
    day: Day, candidates: Sequence[Candidate], confusable: Confusable, minutes: float, rng: Random
) -> tuple[tuple[int, ...], float]:
    """Choose what prepares for dates, and say how many minutes it takes."""
    chosen: dict[int, Candidate] = {}
    due = any(isinstance(each.state, Memory) and each.state.due_at <= day.now for each in candidates)
    share = SHARE if due and not day.scope.until else 1.0
    for target, wanted in _dates(day, candidates):
        part = plan_for_date(
            [each for each in wanted if each.fact not in chosen],
            target=target,
            confusable=confusable,
            minutes=minutes * share - minutes_for(list(chosen.values()), day.settings),
            now=day.now,
            settings=day.settings,
            rng=rng,
            most=round(day.most * share) - len(chosen),
        )
        by_fact = {each.fact: each for each in wanted}
        chosen.update({fact: by_fact[fact] for fact in part})
    return tuple(chosen), minutes_for(list(chosen.values()), day.settings)


def _dates(day: Day, candidates: Sequence[Candidate]) -> Iterator[tuple[datetime, Sequence[Candidate]]]:
    """Give each date that lies ahead, the nearest first, with what is to be known by then."""
    if day.scope.until:
        target = datetime.fromisoformat(day.scope.until)
        if target > day.now:
            yield target, candidates
    elif day.kind == "practice" and not day.scope.facts:
        for goal in supply.goals(day.session, day.learner.id, day.now):
            scope = replace(Scope.from_json(goal.scope), until=goal.due_at.isoformat())
            banks = {bank: each for bank, each in day.editions.items() if not scope.banks or bank in scope.banks}
            yield goal.due_at, candidates_in(day.session, day.learner, day.kind, scope, banks, now=day.now)


def _partners(candidates: Iterable[Candidate], confusions: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """Name for each leech the fact it is drilled with: the one whose value was given for it most often."""
    states = ((each.fact, each.state) for each in candidates)
    leeches = (
        leech_of(fact, state.lapses, confusions.get(fact, {})) for fact, state in states if isinstance(state, Memory)
    )
    return {leech.fact: leech.confused_with for leech in leeches if leech and leech.confused_with is not None}


def _minutes_left(day: Day) -> float:
    today = study_day(day.now, day.settings.zone, day.settings.day_turn)
    spent = day.session.get(models.DayTotal, (day.learner.id, today))
    return max(day.learner.minutes_a_day - (spent.seconds / 60 if spent else 0.0), LEAST_MINUTES)
