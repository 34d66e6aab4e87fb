"""What the pages of a class read, on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from support.cast import Cast
from support.classes import CARDS, CELLS, Group
from support.lessons import Lesson

from quizapp.actions.forecasting import facts_asked, forecasts_due, record_forecasts
from quizapp.core.insight.cohort import Cohort
from quizapp.core.memory.readiness import recall_on
from quizapp.core.memory.scheduling import recall_at
from quizapp.store import classlog, classroom, forecasts, models
from quizapp.store.classroom import Also
from quizapp.store.ledger import settings_of

ALSO: tuple[Also, ...] = ("", "difficulty", "due")


@pytest.fixture
def group(lesson: Lesson, cast: Cast) -> Group:
    return Group.begin(lesson, cast.teacher, [cast.astrid, cast.jussi])


def cohort_of(session: Session, group: Group, now: datetime, *, also: Also = "") -> Cohort:
    laid = classroom.syllabus_of(session, classroom.banks(session, group.course.id), None)
    return classroom.cohort_of(session, group.course.id, laid, now, also=also)


def test_a_course_without_banks_or_students_gives_nothing(session: Session, lesson: Lesson, cast: Cast) -> None:
    course = models.Course(name="Empty", code="EMPTY", created_at=lesson.start)
    session.add(course)
    session.flush()
    assert classroom.banks(session, course.id) == []
    assert len(classroom.memories(session, course.id).fact) == 0
    assert classlog.tasks(session, course.id) == []
    assert classlog.last_days(session, course.id) == {}
    assert classlog.predictions(session, course.id, lesson.start.date()) == []
    assert cast.teacher is not None


def test_recall_is_what_the_learners_own_pages_say(
    session: Session, group: Group, lesson: Lesson, cast: Cast, now: datetime
) -> None:
    lesson.answer(cast.astrid, CARDS[0], days=0)
    lesson.answer(cast.astrid, CARDS[0], days=3.4, right=False)
    lesson.answer(cast.jussi, CELLS[0], days=1)
    for later in (4.0, 30.0):
        at = now + timedelta(days=later)
        cohort = cohort_of(session, group, at)
        recall = recall_on(cohort.held, 0.0)
        for person, key in ((cast.astrid, CARDS[0]), (cast.jussi, CELLS[0])):
            row = [student.id for student in cohort.students].index(person.id)
            column = [fact.key for fact in cohort.syllabus.facts].index(key)
            own = recall_at(lesson.memory(person, key), at, settings_of(person))
            assert float(recall[row, column]) == pytest.approx(own, abs=1e-3)
        assert int(cohort.held.begun.sum()) == 2


def test_what_is_not_needed_is_not_read(
    session: Session, group: Group, lesson: Lesson, cast: Cast, now: datetime
) -> None:
    lesson.answer(cast.astrid, CARDS[0], days=0)
    at = now + timedelta(days=9)
    least, hard, due = (cohort_of(session, group, at, also=also) for also in ALSO)
    kept = lesson.memory(cast.astrid, CARDS[0])
    began = least.held.begun
    assert (
        recall_on(least.held, 5.0).tolist() == recall_on(hard.held, 5.0).tolist() == recall_on(due.held, 5.0).tolist()
    )
    assert float(hard.held.difficulty[began][0]) == pytest.approx(kept.difficulty, abs=1e-3)
    assert float(due.due_in[began][0]) == pytest.approx((kept.due_at - at) / timedelta(days=1), abs=1e-3)


def test_other_peoples_and_retired_facts_memories_are_left_out(
    session: Session, group: Group, lesson: Lesson, cast: Cast, now: datetime
) -> None:
    lesson.answer(cast.outsider, CARDS[0], days=0)
    lesson.answer(cast.astrid, CARDS[1], days=0)
    session.get_one(models.Fact, lesson.id(CARDS[1])).retired_at = now
    session.flush()
    assert len(classroom.memories(session, group.course.id).fact) == 0


def test_who_was_removed_and_staff_are_no_students(
    session: Session, group: Group, lesson: Lesson, cast: Cast, now: datetime
) -> None:
    lesson.answer(cast.jussi, CARDS[0], days=0)
    session.get_one(models.Enrolment, (group.course.id, cast.jussi.id)).removed_at = now
    session.flush()
    cohort = cohort_of(session, group, now + timedelta(days=1))
    assert [student.name for student in cohort.students] == ["Astrid"]
    assert not cohort.held.begun.any()


def test_archived_and_private_banks_are_not_learnt(session: Session, group: Group, lesson: Lesson) -> None:
    assert [bank.key for bank in classroom.banks(session, group.course.id)] == ["sourcing-test"]
    lesson.bank.visibility = "private"
    session.flush()
    assert classroom.banks(session, group.course.id) == []


def test_a_day_of_study_is_read_with_its_minutes(
    session: Session, group: Group, lesson: Lesson, cast: Cast, now: datetime
) -> None:
    lesson.answer(cast.astrid, CARDS[0], days=0)
    lesson.answer(cast.astrid, CARDS[1], days=0)
    (total,) = classlog.totals(session, group.course.id, now.date())
    assert (total.learner, total.reviews, total.new) == (cast.astrid.id, 2, 2)
    assert total.seconds == pytest.approx(14.2)
    assert classlog.totals(session, group.course.id, now.date() + timedelta(days=1)) == []
    assert classlog.last_days(session, group.course.id) == {cast.astrid.id: total.day}


def test_drafts_and_archived_assignments_are_no_tasks(session: Session, group: Group, now: datetime) -> None:
    group.assign(published_at=None)
    group.assign(archived_at=now)
    shown = group.assign("quiz", days=3)
    assert [task.id for task in classlog.tasks(session, group.course.id)] == [shown.id]


def test_only_first_answers_of_handed_in_attempts_are_observed(
    session: Session, group: Group, cast: Cast, now: datetime
) -> None:
    quiz = group.assign("quiz", days=3)
    group.sit(quiz, cast.astrid, [True, True, False, True], now)
    running = group.sit(quiz, cast.jussi, [True] * 4, now)
    running.finished_at = None
    session.flush()
    found = classlog.first_answers(session, group.course.id)
    assert {answer.learner for answer in found} == {cast.astrid.id}
    assert [answer.right for answer in found].count(True) == 3


def test_points_are_those_of_the_newest_grade(session: Session, group: Group, cast: Cast, now: datetime) -> None:
    attempt = group.sit(group.assign("quiz", days=3), cast.astrid, [True, True, False, True], now)
    assert classlog.attempts(session, group.course.id, cast.astrid.id)[0].points == 3.0
    for number, points in enumerate((1.0, 2.0)):
        session.add(
            models.Grade(
                attempt_id=attempt.id,
                kind="set",
                key=f"k{number}",
                points=points,
                possible=4.0,
                factor=0.5,
                marks={},
                at=now,
            )
        )
    session.flush()
    assert classlog.attempts(session, group.course.id, cast.astrid.id)[0].points == 1.0


def test_forecasts_are_written_down_once_a_day_for_what_lies_ahead(
    session: Session, group: Group, lesson: Lesson, cast: Cast, now: datetime
) -> None:
    group.assign("quiz", days=-1)
    group.assign("quiz", days=5, published_at=None)
    ahead = group.assign("quiz", days=5)
    lesson.answer(cast.astrid, CARDS[0], days=-3)
    assert record_forecasts(session, now=now) == 1
    assert record_forecasts(session, now=now + timedelta(hours=3)) == 0
    made = forecasts.forecasts(session, group.course.id)
    assert {one.assignment for one in made} == {ahead.id}
    assert {one.made_on for one in made} == {now.date()}
    assert "" in {one.topic for one in made}
    assert all(0 <= one.low <= one.predicted <= one.high <= 1 for one in made)
    assert record_forecasts(session, now=now + timedelta(days=1)) == 1
    assert record_forecasts(session, now=now + timedelta(days=6)) == 0


def test_a_forecast_that_was_made_stays_as_it_was(session: Session, group: Group, now: datetime) -> None:
    group.assign("quiz", days=5)
    made = forecasts_due(session, now=now)
    forecasts.keep_forecasts(session, made)
    forecasts.keep_forecasts(session, [one._replace(predicted=0.99) for one in made])
    assert [one.predicted for one in forecasts.forecasts(session, group.course.id)] == pytest.approx(
        [one.predicted for one in sorted(made, key=lambda one: one.topic)], abs=1
    )
    assert 0.99 not in [one.predicted for one in forecasts.forecasts(session, group.course.id)]


def test_one_student_is_no_class(session: Session, lesson: Lesson, cast: Cast, now: datetime) -> None:
    Group.begin(lesson, cast.teacher, [cast.astrid]).assign("quiz", days=5)
    assert record_forecasts(session, now=now) == 0


def test_a_blueprint_says_what_is_asked(session: Session, group: Group, lesson: Lesson, now: datetime) -> None:
    rows = [{"bank": lesson.bank.id, "topic": "models", "form": "mixed", "n": 2}]
    group.assign("quiz", days=5, blueprint=rows)
    (task,) = classlog.tasks(session, group.course.id)
    laid = cohort_of(session, group, now).syllabus
    asked = facts_asked(laid, task)
    keys = {fact.key for fact, here in zip(laid.facts, asked, strict=True) if here}
    assert keys
    assert {key.split(".")[0] for key in keys} == {"models"}


def test_four_private_students_do_not_change_a_forecast(
    session: Session, group: Group, lesson: Lesson, now: datetime
) -> None:
    group.assign("quiz", days=5)
    private = group.newcomers(4, private=True)
    before = forecasts_due(session, now=now)
    for student in private:
        for key in CARDS:
            lesson.answer(student, key, days=-1)
    assert forecasts_due(session, now=now) == before


def test_the_prior_of_a_bank_is_that_of_open_practice(
    session: Session, group: Group, lesson: Lesson, cast: Cast
) -> None:
    keys = [CARDS[0], CARDS[1], *CELLS, "cost-kinds.running.fees", "ownership.captive.definition"]
    (private,) = group.newcomers(1, private=True)
    for student in (cast.astrid, cast.jussi, *group.newcomers(2)):
        for number, key in enumerate(keys):
            lesson.answer(student, key, days=0, right=number < 3)
    for review in session.query(models.Review):
        review.weight = 1.0 if review.right else 0.0
    session.flush()
    before = classroom.priors(session, group.course.id)
    assert before == {lesson.bank.id: pytest.approx(0.5)}
    for key in keys:
        lesson.answer(private, key, days=0, right=False)
    assert classroom.priors(session, group.course.id) == before
