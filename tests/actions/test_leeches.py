"""A fact that keeps being forgotten is practised beside the one it is mixed up with."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions import practice
from quizapp.actions.scope import Scope
from quizapp.core.memory.leech import LEECH_LAPSES
from quizapp.store import models

CAPTIVE, JOINT, THIRD = (f"ownership.{term}.definition" for term in ("captive", "joint", "third"))
DAYS = 2 * LEECH_LAPSES - 1
"""On this day the leech was forgotten last, and its partner answered rightly."""


@pytest.fixture
def leech(lesson: Lesson, cast: Cast) -> int:
    """A leech that is due, and what Astrid takes for it, which is not."""
    lesson.forget(cast.astrid, CAPTIVE, JOINT)
    lesson.choose(cast.astrid, JOINT, JOINT, days=DAYS)
    return lesson.id(CAPTIVE)


def planned(session: Session, cast: Cast, lesson: Lesson, scope: Scope | None = None) -> list[int]:
    now = lesson.start + timedelta(days=DAYS, hours=1)
    sitting = practice.start_sitting(session, cast.astrid, "practice", scope or Scope(), now=now, seed=1)
    return [*sitting.plan["facts"]]


def test_the_partner_of_a_due_leech_is_practised_with_it_though_it_is_not_due(
    session: Session, cast: Cast, lesson: Lesson, leech: int
) -> None:
    assert lesson.memory(cast.astrid, JOINT).due_at > lesson.start + timedelta(days=DAYS, hours=1)
    facts = planned(session, cast, lesson)
    assert facts[:2] == [leech, lesson.id(JOINT)]
    assert len(set(facts)) == len(facts)


def test_a_fact_forgotten_less_often_takes_nothing_along(session: Session, cast: Cast, lesson: Lesson) -> None:
    lesson.forget(cast.astrid, CAPTIVE, JOINT, times=LEECH_LAPSES - 1)
    lesson.choose(cast.astrid, JOINT, JOINT, days=DAYS)
    facts = planned(session, cast, lesson)
    assert lesson.id(CAPTIVE) in facts
    assert lesson.id(JOINT) not in facts


@pytest.mark.usefixtures("leech")
def test_the_partner_is_the_fact_given_most_often(session: Session, cast: Cast, lesson: Lesson) -> None:
    lesson.choose(cast.astrid, CAPTIVE, THIRD, days=DAYS)
    lesson.choose(cast.astrid, THIRD, THIRD, days=DAYS)
    facts = planned(session, cast, lesson)
    assert lesson.id(JOINT) in facts
    assert lesson.id(THIRD) not in facts


@pytest.mark.usefixtures("leech")
def test_a_suspended_partner_is_left_alone(session: Session, cast: Cast, lesson: Lesson) -> None:
    practice.suspend_fact(session, cast.astrid, lesson.id(JOINT), now=lesson.start)
    assert lesson.id(JOINT) not in planned(session, cast, lesson)


@pytest.mark.usefixtures("leech")
def test_a_retired_partner_is_left_alone(session: Session, cast: Cast, lesson: Lesson) -> None:
    session.get_one(models.Fact, lesson.id(JOINT)).retired_at = lesson.start
    assert len(planned(session, cast, lesson)) > 1


def test_a_sitting_of_chosen_facts_takes_no_other(session: Session, cast: Cast, lesson: Lesson, leech: int) -> None:
    assert planned(session, cast, lesson, Scope(facts=(leech,))) == [leech]


def test_a_sitting_of_other_tags_takes_neither(session: Session, cast: Cast, lesson: Lesson, leech: int) -> None:
    facts = planned(session, cast, lesson, Scope(tags=("contract",)))
    assert not {leech, lesson.id(JOINT)} & set(facts)


def test_nobody_elses_confusions_count(session: Session, cast: Cast, lesson: Lesson) -> None:
    lesson.forget(cast.jussi, CAPTIVE, JOINT)
    for day in range(LEECH_LAPSES):
        lesson.answer(cast.astrid, CAPTIVE, days=2 * day)
        lesson.answer(cast.astrid, CAPTIVE, days=2 * day + 1, right=False)
    lesson.answer(cast.astrid, JOINT, days=DAYS)
    facts = planned(session, cast, lesson)
    assert lesson.id(CAPTIVE) in facts
    assert lesson.id(JOINT) not in facts
