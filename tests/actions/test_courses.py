"""Courses are opened by authors, joined by a code, changed one at a time, and lose nothing."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import PASSWORD, Cast

from quizapp.actions import accounts, courses, people
from quizapp.actions.errors import NotFound, Refused, Stale
from quizapp.actions.passwords import hash_password
from quizapp.store import courses as shelf
from quizapp.store import models, rights


@pytest.fixture
def course(session: Session, cast: Cast, now: datetime) -> models.Course:
    return courses.open_course(session, cast.teacher, name="Sourcing 1", zone="Europe/Stockholm", now=now)


def settings(course: models.Course, now: datetime, **changes: Any) -> dict[str, Any]:
    values = {"name": course.name, "note": course.note, "zone": course.zone, "open": course.open}
    return {"version": course.version, **values, **changes, "now": now}


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(models.AuditEntry.action).order_by(models.AuditEntry.id)))


def test_students_open_no_courses(session: Session, cast: Cast, now: datetime) -> None:
    with pytest.raises(NotFound):
        courses.open_course(session, cast.astrid, name="Mine", zone="UTC", now=now)


@pytest.mark.parametrize(
    ("field", "name", "zone"), [("name", " ", "UTC"), ("name", "x" * 201, "UTC"), ("zone", "A", "Mars")]
)
def test_a_course_needs_a_name_and_a_zone(
    field: str, name: str, zone: str, session: Session, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        courses.open_course(session, cast.teacher, name=name, zone=zone, now=now)
    assert refused.value.field == field


def test_whoever_opens_a_course_teaches_it(session: Session, cast: Cast, course: models.Course) -> None:
    assert rights.part_in(session, cast.teacher.id, course.id) == "instructor"
    assert actions(session) == ["course.create"]


def test_codes_differ_and_hold_no_sign_that_looks_like_another(session: Session, cast: Cast, now: datetime) -> None:
    codes = {courses.open_course(session, cast.admin, name="X", zone="UTC", now=now).code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 8 for code in codes)
    assert set("".join(codes)) <= set(courses.ALPHABET)
    assert not set("IL1O0") & set(courses.ALPHABET)


def test_a_code_is_forgiven_case_spaces_and_dashes(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    typed = f" {course.code[:4].lower()} - {course.code[4:]} "
    assert courses.join(session, cast.astrid, typed, now=now) is course
    assert [each.id for each in shelf.students(session, course.id)] == [cast.astrid.id]


@pytest.mark.parametrize("typed", ["", "AAAA", "x" * 300, "'; --"])
def test_a_code_of_no_course_is_refused(typed: str, session: Session, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        courses.join(session, cast.astrid, typed, now=now)
    assert refused.value.field == "code"


def test_a_closed_or_archived_course_takes_nobody_in(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    courses.change_course(session, cast.teacher, course.id, **settings(course, now, open=False))
    with pytest.raises(Refused, match="just now"):
        courses.join(session, cast.astrid, course.code, now=now)
    courses.change_course(session, cast.teacher, course.id, **settings(course, now, open=True))
    courses.archive(session, cast.teacher, course.id, now=now)
    with pytest.raises(Refused, match="over"):
        courses.join(session, cast.astrid, course.code, now=now)
    courses.unarchive(session, cast.teacher, course.id, now=now)
    courses.join(session, cast.astrid, course.code, now=now)
    assert rights.part_in(session, cast.astrid.id, course.id) == "student"


def test_joining_twice_changes_nothing(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    courses.join(session, cast.teacher, course.code, now=now)
    assert rights.part_in(session, cast.teacher.id, course.id) == "instructor"


def test_who_was_removed_comes_back_by_the_code_as_a_student(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    people.add_person(session, cast.teacher, course.id, email=cast.jussi.email, role="instructor", now=now)
    people.remove(session, cast.teacher, course.id, cast.jussi.id, now=now)
    assert rights.part_in(session, cast.jussi.id, course.id) is None
    courses.join(session, cast.jussi, course.code, now=now + timedelta(days=1))
    part = session.get_one(models.Enrolment, (course.id, cast.jussi.id))
    assert (part.role, part.joined_at) == ("student", now)


def test_an_old_code_stops_working(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    old = course.code
    assert courses.new_code(session, cast.teacher, course.id, now=now) == course.code != old
    with pytest.raises(Refused):
        courses.join(session, cast.astrid, old, now=now)


def test_only_instructors_change_a_course(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    people.add_person(session, cast.teacher, course.id, email=cast.jussi.email, role="assistant", now=now)
    for person in (cast.jussi, cast.astrid):
        for deed in (courses.archive, courses.unarchive, courses.new_code):
            with pytest.raises(NotFound):
                deed(session, person, course.id, now=now)
        with pytest.raises(NotFound):
            courses.change_course(session, person, course.id, **settings(course, now))
    courses.archive(session, cast.admin, course.id, now=now)
    assert course.archived_at == now


def test_the_second_of_two_changes_is_told(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    read = course.version
    courses.change_course(session, cast.teacher, course.id, **settings(course, now, name="Sourcing 2"))
    with pytest.raises(Stale):
        courses.change_course(session, cast.admin, course.id, **settings(course, now, name="Other", version=read))
    assert course.name == "Sourcing 2"


def test_a_change_of_nothing_is_not_written_down(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    courses.change_course(session, cast.teacher, course.id, **settings(course, now))
    assert (course.version, actions(session)) == (1, ["course.create"])
    courses.change_course(session, cast.teacher, course.id, **settings(course, now, name="Other"))
    entry = session.scalars(select(models.AuditEntry).where(models.AuditEntry.action == "course.change")).one()
    assert entry.detail == {"was": {"name": "Sourcing 1"}, "is": {"name": "Other"}}


def test_the_last_instructor_cannot_leave(session: Session, cast: Cast, course: models.Course, now: datetime) -> None:
    people.add_person(session, cast.teacher, course.id, email=cast.jussi.email, role="assistant", now=now)
    with pytest.raises(Refused, match="needs an instructor"):
        courses.leave(session, cast.teacher, course.id, now=now)
    courses.leave(session, cast.jussi, course.id, now=now)
    assert rights.part_in(session, cast.jussi.id, course.id) is None


def test_a_disabled_account_is_no_instructor_to_leave_a_course_to(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    people.add_person(session, cast.teacher, course.id, email=cast.jussi.email, role="instructor", now=now)
    cast.jussi.disabled_at = now
    session.flush()
    with pytest.raises(Refused):
        courses.leave(session, cast.teacher, course.id, now=now)


def test_nobody_leaves_a_course_they_are_not_in(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    with pytest.raises(NotFound):
        courses.leave(session, cast.astrid, course.id, now=now)


def test_the_last_instructor_may_delete_their_account_and_the_course_stays(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    courses.join(session, cast.astrid, course.code, now=now)
    cast.teacher.password_hash = hash_password(PASSWORD)
    number = course.id
    accounts.delete_account(session, cast.teacher, password=PASSWORD)
    session.expire_all()
    assert session.get_one(models.Course, number).created_by is None
    assert [each.id for each in shelf.students(session, number)] == [cast.astrid.id]
    courses.archive(session, cast.admin, number, now=now)


def test_a_course_shows_each_person_the_assignments_and_what_they_did(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    courses.join(session, cast.astrid, course.code, now=now)
    for title, published in (("Draft", None), ("Quiz", now)):
        session.add(
            models.Assignment(
                course_id=course.id,
                kind="quiz",
                title=title,
                scope={},
                blueprint=[],
                due_at=now + timedelta(days=3),
                seed=1,
                created_at=now,
                published_at=published,
            )
        )
    session.flush()
    (task,) = shelf.assignments_of(session, course.id, cast.astrid.id)
    assert (task.title, task.handed_in, bool(task.running), bool(task.begun)) == ("Quiz", 0, False, False)
    attempt(session, cast.astrid, task.id, now, finished=now)
    attempt(session, cast.astrid, task.id, now, finished=None)
    attempt(session, cast.teacher, task.id, now, finished=None, preview=True)
    (task,) = shelf.assignments_of(session, course.id, cast.astrid.id)
    assert (task.handed_in, bool(task.running), bool(task.begun), task.by_students) == (1, True, True, 1)
    titles = [
        (task.title, task.handed_in)
        for task in shelf.assignments_of(session, course.id, cast.teacher.id, all_of_them=True)
    ]
    assert titles == [("Draft", 0), ("Quiz", 0)]
    (mine,) = shelf.mine(session, cast.astrid.id, now)
    assert (mine.name, mine.role, mine.students, mine.next_due) == ("Sourcing 1", "student", 1, now + timedelta(days=3))


def attempt(
    session: Session,
    learner: models.User,
    assignment_id: int,
    now: datetime,
    *,
    finished: datetime | None,
    preview: bool = False,
) -> None:
    sitting = models.Sitting(
        learner_id=learner.id, kind="quiz", scope={}, plan={}, seed=1, started_at=now, assignment_id=assignment_id
    )
    session.add(sitting)
    session.flush()
    session.add(
        models.Attempt(
            sitting_id=sitting.id,
            learner_id=learner.id,
            feedback="end",
            questions=1,
            started_at=now,
            finished_at=finished,
            assignment_id=assignment_id,
            preview=preview,
        )
    )
    session.flush()
