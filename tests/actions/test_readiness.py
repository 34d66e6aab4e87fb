"""Practice prepares for the dates that a learner's courses set, and what is due is not forgotten for it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions import planning
from quizapp.actions.readiness import practise_for, readiness
from quizapp.actions.scope import Scope
from quizapp.store import models


@pytest.fixture
def assignment(session: Session, cast: Cast, lesson: Lesson, now: datetime) -> models.Assignment:
    course = models.Course(name="Sourcing", code="ABCDEFGH", created_at=now)
    session.add(course)
    session.flush()
    session.add(models.Enrolment(course_id=course.id, user_id=cast.astrid.id, role="student", joined_at=now))
    scope = Scope(banks=(lesson.bank.id,), tags=("contract",))
    made = models.Assignment(
        course_id=course.id,
        kind="practice",
        title="Ready for the exam",
        scope=scope.to_json(),
        blueprint=[],
        due_at=now + timedelta(days=10),
        seed=1,
        created_at=now,
        published_at=now,
    )
    session.add(made)
    session.flush()
    return made


def planned(session: Session, learner: models.User, now: datetime, scope: Scope | None = None) -> tuple[int, ...]:
    return planning.plan(session, learner, "practice", scope or Scope(), now=now, seed=1).facts


def of_tag(session: Session, learner: models.User, now: datetime) -> set[int]:
    scope = Scope(tags=("contract",), ahead=True)
    return set(planning.plan(session, learner, "quiz", scope, now=now, seed=1).facts)


def test_practice_for_a_date_takes_facts_that_are_not_due(
    session: Session, cast: Cast, lesson: Lesson, now: datetime
) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    at = now + timedelta(hours=30)
    assert lesson.memory(cast.astrid, "cards.tco").due_at > at
    fact = lesson.id("cards.tco")
    assert fact not in planned(session, cast.astrid, at, Scope(banks=(lesson.bank.id,), facts=(fact,)))
    until = Scope(banks=(lesson.bank.id,), until=(now + timedelta(days=40)).isoformat())
    assert fact in planned(session, cast.astrid, at, until)


def test_a_sitting_for_an_assignment_asks_what_it_is_about_and_belongs_to_it(
    session: Session, cast: Cast, assignment: models.Assignment, now: datetime
) -> None:
    sitting = practise_for(session, cast.astrid, assignment, now=now, seed=1)
    assert sitting.assignment_id == assignment.id
    assert set(sitting.plan["facts"]) <= of_tag(session, cast.astrid, now)
    assert sitting.plan["facts"]
    assert practise_for(session, cast.astrid, assignment, now=now, seed=2) is sitting


@pytest.mark.usefixtures("assignment")
def test_everyday_practice_takes_what_a_date_asks_for_first(session: Session, cast: Cast, now: datetime) -> None:
    facts = planned(session, cast.astrid, now)
    wanted = of_tag(session, cast.astrid, now)
    first = facts[: len(wanted & set(facts))]
    assert set(first) <= wanted
    assert first


@pytest.mark.usefixtures("assignment")
def test_what_is_due_keeps_its_place_beside_a_date(session: Session, cast: Cast, lesson: Lesson, now: datetime) -> None:
    wanted = of_tag(session, cast.astrid, now)
    assert lesson.id("cards.tco") not in wanted
    lesson.answer(cast.astrid, "cards.tco", days=0)
    later = now + timedelta(days=9)
    assert lesson.id("cards.tco") in planned(session, cast.astrid, later)


def test_a_date_that_has_passed_or_was_not_published_asks_for_nothing(
    session: Session, cast: Cast, assignment: models.Assignment, now: datetime
) -> None:
    with_it = planned(session, cast.astrid, now)
    usual = planned(session, cast.jussi, now)
    assert with_it != usual
    assignment.published_at = None
    assert planned(session, cast.astrid, now) == usual
    assignment.published_at, assignment.due_at = now, now - timedelta(days=1)
    assert planned(session, cast.astrid, now) == usual


def test_readiness_counts_what_will_be_recalled_on_the_date(
    session: Session, cast: Cast, lesson: Lesson, assignment: models.Assignment, now: datetime
) -> None:
    before = readiness(session, cast.astrid, assignment, now=now)
    assert before.total == len(of_tag(session, cast.astrid, now))
    assert (before.begun, before.ready) == (0, 0)
    for days in (-20, -10, 0):
        lesson.answer(cast.astrid, "cards.sla", days=days)
    after = readiness(session, cast.astrid, assignment, now=now)
    assert (after.begun, after.ready) == (1, 1)
    assert before.expected is not None
    assert after.expected is not None
    assert after.expected >= before.expected
