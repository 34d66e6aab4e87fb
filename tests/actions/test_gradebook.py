"""A finished attempt at an assignment gets one grade, less what being late costs; the newest grade counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from support.cast import Cast
from support.grading import ASKED, Class
from support.lessons import Lesson

from quizapp.actions import gradebook, quiz
from quizapp.store import grades, models

DUE = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def school(session: Session, cast: Cast, lesson: Lesson) -> Class:
    return Class.begin(session, cast, lesson)


def entered(school: Class, attempt: models.Attempt) -> models.Grade | None:
    return gradebook.enter_finished(school.session, attempt, school.items(attempt), now=school.now)


def test_a_running_attempt_a_preview_and_a_quiz_of_ones_own_have_no_grade(school: Class) -> None:
    running = school.start(school.cast.astrid)
    assert entered(school, running) is None
    running.preview = True
    quiz.finish_attempt(school.session, school.cast.astrid, running.id, now=school.now)
    own = school.start(school.cast.jussi)
    own.assignment_id = None
    quiz.finish_attempt(school.session, school.cast.jussi, own.id, now=school.now)
    assert entered(school, running) is None
    assert entered(school, own) is None
    assert gradebook.current(school.session, [running.id, own.id]) == {}


def test_a_finished_attempt_gets_its_points_slot_by_slot_and_once(school: Class) -> None:
    attempt = school.hand_in(school.cast.astrid, wrongly=["cards.tco"])
    (grade,) = school.grades(attempt)
    assert (grade.kind, grade.points, grade.possible, grade.factor) == ("finished", 3, 4, 1)
    assert gradebook.marks_of(grade)[school.slot(attempt, "cards.tco")] == 0
    assert sum(points or 0 for points in gradebook.marks_of(grade).values()) == grade.points == attempt.points
    assert entered(school, attempt) is grade
    assert school.grades(attempt) == [grade]


def test_a_question_without_an_answer_is_worth_nothing(school: Class) -> None:
    attempt = school.start(school.cast.astrid)
    quiz.finish_attempt(school.session, school.cast.astrid, attempt.id, now=school.now)
    (grade,) = school.grades(attempt)
    assert (grade.points, grade.possible) == (0, len(ASKED))


def test_every_day_begun_after_the_end_costs_its_part(school: Class) -> None:
    school.quiz.late_rule, school.quiz.late_percent = "penalty", 20
    late = school.hand_in(school.cast.astrid, at=school.quiz.due_at + timedelta(days=1, minutes=1))
    (grade,) = school.grades(late)
    assert grade.factor == pytest.approx(0.6)
    assert gradebook.score(grade) == pytest.approx(4 * 0.6)
    assert grade.points == 4


@given(
    late=st.timedeltas(timedelta(0), timedelta(days=40)),
    more=st.timedeltas(timedelta(0), timedelta(days=40)),
    percent=st.integers(0, 100),
    rule=st.sampled_from(["refuse", "accept", "penalty"]),
)
def test_being_later_never_leaves_more(late: timedelta, more: timedelta, percent: int, rule: str) -> None:
    due = models.Assignment(late_rule=rule, late_percent=percent, due_at=DUE)
    first, second = (gradebook.late_factor(due, due.due_at + late + extra) for extra in (timedelta(0), more))
    assert 0 <= second <= first <= 1
    assert gradebook.late_factor(due, due.due_at) == 1
    assert rule == "penalty" or second == 1


def test_the_newest_grade_of_each_attempt_is_current(school: Class) -> None:
    one, two = school.hand_in(school.cast.astrid), school.hand_in(school.cast.jussi)
    (first,) = school.grades(one)
    later = models.Grade(
        attempt_id=one.id, kind="set", key="k", points=1, possible=4, marks=first.marks, reason="Talk", at=school.now
    )
    school.session.add(later)
    school.session.flush()
    current = gradebook.current(school.session, [one.id, two.id, 99_999])
    assert current == {one.id: later, two.id: school.grades(two)[0]}


def test_of_several_attempts_the_best_counts(school: Class) -> None:
    poor = school.hand_in(school.cast.astrid, wrongly=["cards.tco"])
    good = school.hand_in(school.cast.astrid)
    school.hand_in(school.cast.astrid, wrongly=["cards.tco", "cloze.arbitrage.1"])
    school.start(school.cast.jussi)
    table = grades.table_of(school.session, school.course.id)
    best = table.best[school.cast.astrid.id, school.quiz.id]
    assert best.attempt_id == good.id != poor.id
    assert (best.points, best.possible, best.share) == (4, 4, 1)
    assert table.best[school.cast.jussi.id, school.quiz.id].points is None
    assert [student.name for student in table.students] == ["Astrid", "Jussi"]
    assert [column.title for column in table.columns] == ["First quiz"]
