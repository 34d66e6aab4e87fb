"""An assignment is refused while it could not be taken, and stays fair once somebody has begun."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.assigned import Classroom, open_classroom
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions import assignments, attempts
from quizapp.actions.access import Seat
from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.actions.scope import Scope
from quizapp.core.items.blueprint import Row
from quizapp.store import assigned, models


@pytest.fixture
def school(session: Session, cast: Cast, lesson: Lesson) -> Classroom:
    return open_classroom(session, cast, lesson.bank, lesson.start)


def change(school: Classroom, made: models.Assignment, *, version: int | None = None, **changes: Any) -> None:
    old = assignments.Values.of(made)
    values = assignments.Values(**{**{name: getattr(old, name) for name in old.__slots__}, **changes})
    assignments.change(
        school.session,
        school.cast.teacher,
        school.place,
        made.id,
        values,
        version=made.version if version is None else version,
        now=school.now,
    )


def refusal(school: Classroom, **changes: Any) -> Refused:
    with pytest.raises(Refused) as told:
        school.assign(**changes)
    return told.value


def test_an_assistant_and_a_student_make_none(school: Classroom) -> None:
    for role in ("assistant", "student"):
        seat = Seat(school.course, role)
        with pytest.raises(NotFound):
            assignments.create(
                school.session, school.cast.astrid, seat, "quiz", school.values(), now=school.now, seed=1
            )


def test_an_assignment_of_another_course_is_not_found(school: Classroom) -> None:
    made = school.assign()
    other = models.Course(name="Other", code="OTHER1", created_at=school.now)
    school.session.add(other)
    school.session.flush()
    with pytest.raises(NotFound):
        assignments.publish(school.session, school.cast.teacher, Seat(other, "instructor"), made.id, now=school.now)


def test_nothing_changes_in_an_archived_course(school: Classroom) -> None:
    made = school.assign()
    school.course.archived_at = school.now
    with pytest.raises(Refused):
        assignments.archive(school.session, school.cast.teacher, school.place, made.id, now=school.now)


def test_dates_out_of_order_are_refused_at_their_field(school: Classroom) -> None:
    now = school.now
    assert refusal(school, opens_at=now + timedelta(days=8)).field == "due_at"
    closes = {"late_rule": "accept", "closes_at": now + timedelta(days=7)}
    assert refusal(school, **closes).field == "closes_at"
    assert refusal(school, late_rule="penalty", late_percent=0).field == "late_percent"


def test_without_a_bank_nothing_can_be_assigned(school: Classroom) -> None:
    assert refusal(school, scope=Scope()).field == "bank"


def test_a_bank_that_the_course_does_not_have_is_refused(school: Classroom) -> None:
    school.bank.visibility = "course"
    school.session.flush()
    school.assign()
    school.bank.visibility = "private"
    school.session.flush()
    assert refusal(school).field == "bank"
    school.bank.visibility = "course"
    school.session.query(models.CourseBank).delete()
    assert refusal(school).field == "bank"


def test_more_questions_than_the_banks_afford_are_refused_with_how_many_there_are(school: Classroom) -> None:
    told = refusal(school, questions=99)
    assert told.field == "questions"
    assert told.reason.startswith("Only ")
    assert refusal(school, questions=0).field == "questions"


def test_a_row_that_cannot_be_met_is_named(school: Classroom) -> None:
    rows = (Row(school.bank.id, "ownership", "choice", 1), Row(school.bank.id, "cost-kinds", "typed", 1))
    told = refusal(school, blueprint=rows)
    assert told.field == "rows-1-count"
    assert told.reason == "Only 0 questions can be made of this, and 1 are asked for."
    assert refusal(school, blueprint=(Row(school.bank.id, "no-such-topic", "mixed", 1),)).field == "rows-0-count"


def test_popular_wrong_answers_are_refused_where_all_get_the_same_questions(school: Classroom) -> None:
    assert "same for all" in refusal(school, shuffled=False, popular=True).reason


def test_what_was_due_in_the_past_is_not_published(school: Classroom) -> None:
    made = school.assign(published=False)
    school.now += timedelta(days=8)
    with pytest.raises(Refused):
        assignments.publish(school.session, school.cast.teacher, school.place, made.id, now=school.now)
    assert made.published_at is None


def test_of_two_editors_the_slower_is_told(school: Classroom) -> None:
    made = school.assign()
    change(school, made, version=1, title="First")
    with pytest.raises(Stale):
        change(school, made, version=1, title="Second")
    assert made.title == "First"


def test_before_anybody_has_begun_everything_can_change(school: Classroom) -> None:
    made = school.assign()
    rows = (Row(school.bank.id, "", "mixed", 2),)
    change(school, made, blueprint=rows, questions=2, minutes=5, shuffled=False, late_rule="accept")
    assert made.blueprint == [{"bank": school.bank.id, "topic": "", "form": "mixed", "n": 2}]
    assert made.scope["banks"] == [school.bank.id]
    assert (made.minutes, made.shuffled, made.late_rule, made.version) == (5, False, "accept", 2)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"questions": 3}, "questions"),
        ({"minutes": 99}, "minutes"),
        ({"shuffled": False}, "shuffled"),
        ({"late_rule": "accept"}, "late_rule"),
        ({"feedback": "now"}, "feedback"),
        ({"attempts": 1}, "attempts"),
    ],
)
def test_once_somebody_has_begun_it_stays_the_same_quiz(school: Classroom, changed: dict[str, Any], field: str) -> None:
    made = school.assign(attempts=2)
    school.start(made)
    with pytest.raises(Refused) as told:
        change(school, made, **changed)
    assert told.value.field == field
    assert told.value.reason.startswith("Students have begun this quiz")


def test_once_somebody_has_begun_dates_only_move_later(school: Classroom) -> None:
    closes = school.now + timedelta(days=9)
    made = school.assign(minutes=60, late_rule="accept", closes_at=closes)
    school.start(made)
    moved: tuple[dict[str, Any], ...] = (
        {"due_at": made.due_at - timedelta(hours=1)},
        {"closes_at": closes - timedelta(hours=1)},
        {"opens_at": school.now + timedelta(hours=1)},
    )
    for changed in moved:
        with pytest.raises(Refused):
            change(school, made, **changed)
    due = made.due_at + timedelta(days=1)
    change(school, made, title="Longer", note="One more day", due_at=due, closes_at=None, feedback="end")
    assert (made.title, made.due_at, made.closes_at, made.feedback) == ("Longer", due, None, "end")


def test_a_teachers_preview_does_not_fix_anything(school: Classroom) -> None:
    made = school.assign()
    attempts.preview(school.session, school.cast.teacher, made, now=school.now)
    change(school, made, questions=3)
    assert made.questions == 3


def test_publishing_changing_and_archiving_are_in_the_books(school: Classroom) -> None:
    made = school.assign()
    change(school, made, title="Renamed")
    deed = (school.session, school.cast.teacher, school.place, made.id)
    assignments.archive(*deed, now=school.now)
    assignments.archive(*deed, now=school.now)
    assignments.unarchive(*deed, now=school.now)
    school.session.flush()
    entries = list(school.session.scalars(select(models.AuditEntry).order_by(models.AuditEntry.id)))
    assert [entry.action for entry in entries] == [
        "assignment.publish",
        "assignment.change",
        "assignment.archive",
        "assignment.archive",
    ]
    assert entries[1].detail == {"title": ["Week 1", "Renamed"]}
    assert {entry.course_id for entry in entries} == {school.course.id}


def test_an_overdue_assignment_is_not_among_what_is_to_do(school: Classroom) -> None:
    made = school.assign()
    planned = school.assign(opens_at=school.now + timedelta(days=1), title="Later")
    draft = school.assign(published=False, title="Draft")
    todo = [each.assignment.id for each in assigned.to_do(school.session, school.cast.astrid.id, school.now)]
    assert todo == [made.id]
    assert not assigned.to_do(school.session, school.cast.outsider.id, school.now)
    assert not assigned.to_do(school.session, school.cast.teacher.id, school.now)
    later = school.now + timedelta(days=2)
    todo = [each.assignment.id for each in assigned.to_do(school.session, school.cast.astrid.id, later)]
    assert todo == [made.id, planned.id]
    assert draft.id not in todo
    assert not assigned.to_do(school.session, school.cast.astrid.id, school.now + timedelta(days=8))
