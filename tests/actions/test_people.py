"""The people of a course: added, removed and brought back without loss, with roles and accommodations."""

import json
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import PASSWORD, Cast
from support.lessons import Lesson

from quizapp.actions import accounts, courses, invitations, people
from quizapp.actions.errors import NotFound, Refused
from quizapp.store import courses as shelf
from quizapp.store import models, rights
from quizapp.store import people as register


@pytest.fixture
def course(session: Session, cast: Cast, now: datetime) -> models.Course:
    return courses.open_course(session, cast.teacher, name="Sourcing 1", zone="Europe/Stockholm", now=now)


@pytest.fixture
def class_(session: Session, cast: Cast, course: models.Course, now: datetime) -> models.Course:
    """A course with a student and an assistant."""
    for person, role in ((cast.astrid, "student"), (cast.jussi, "assistant")):
        people.add_person(session, cast.teacher, course.id, email=person.email, role=role, now=now)
    return course


def entries(session: Session, action: str) -> list[models.AuditEntry]:
    return list(session.scalars(select(models.AuditEntry).where(models.AuditEntry.action == action)))


def test_only_instructors_change_who_is_in_a_course(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    for person in (cast.astrid, cast.jussi, cast.outsider):
        with pytest.raises(NotFound):
            people.add_person(session, person, class_.id, email="new@example.org", role="student", now=now)
        with pytest.raises(NotFound):
            people.set_role(session, person, class_.id, cast.astrid.id, role="instructor", now=now)
        for deed in (people.remove, people.restore):
            with pytest.raises(NotFound):
                deed(session, person, class_.id, cast.astrid.id, now=now)
    assert people.remove(session, cast.admin, class_.id, cast.astrid.id, now=now) is cast.astrid


@pytest.mark.parametrize(
    ("field", "email", "role"),
    [
        ("email", "nobody", "student"),
        ("email", "astrid@example.org", "student"),
        ("email", "new@example.org", "assistant"),
        ("role", "outsider@example.org", "owner"),
    ],
)
def test_adding_is_refused_with_a_reason(
    field: str, email: str, role: str, session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        people.add_person(session, cast.teacher, class_.id, email=email, role=role, now=now)
    assert refused.value.field == field
    assert register.invitations(session, class_.id) == []


def test_nobody_is_added_to_an_archived_course(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    courses.archive(session, cast.teacher, class_.id, now=now)
    with pytest.raises(Refused, match="archived"):
        people.add_person(session, cast.teacher, class_.id, email=cast.outsider.email, role="student", now=now)


def test_a_student_without_an_account_is_enrolled_when_they_sign_up(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    added = people.add_person(session, cast.teacher, class_.id, email=" Nova@Example.org", role="student", now=now)
    assert (added.how, added.name) == ("invited", "nova@example.org")
    with pytest.raises(Refused, match="already"):
        people.add_person(session, cast.teacher, class_.id, email="nova@example.org", role="student", now=now)
    user = accounts.sign_up(
        session,
        email="NOVA@example.org",
        name="Nova",
        password=PASSWORD,
        zone="UTC",
        minutes_a_day=20,
        retention=0.9,
        now=now,
    )
    assert rights.part_in(session, user.id, class_.id) == "student"
    assert register.invitations(session, class_.id) == []


def test_a_withdrawn_invitation_enrols_nobody(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    people.add_person(session, cast.teacher, class_.id, email="nova@example.org", role="student", now=now)
    (expected,) = register.invitations(session, class_.id)
    other = courses.open_course(session, cast.teacher, name="Other", zone="UTC", now=now)
    with pytest.raises(NotFound):
        invitations.withdraw(session, cast.teacher, other.id, expected.id)
    assert invitations.withdraw(session, cast.teacher, class_.id, expected.id) == "nova@example.org"
    user = accounts.add_user(
        session, email="nova@example.org", name="Nova", role="student", password=None, zone="UTC", now=now
    )
    assert rights.part_in(session, user.id, class_.id) is None


def test_a_course_is_never_left_without_an_instructor(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    with pytest.raises(Refused, match="needs an instructor"):
        people.set_role(session, cast.teacher, class_.id, cast.teacher.id, role="student", now=now)
    with pytest.raises(Refused, match="needs an instructor"):
        people.remove(session, cast.teacher, class_.id, cast.teacher.id, now=now)
    people.set_role(session, cast.teacher, class_.id, cast.jussi.id, role="instructor", now=now)
    people.set_role(session, cast.teacher, class_.id, cast.teacher.id, role="student", now=now)
    assert rights.part_in(session, cast.teacher.id, class_.id) == "student"
    assert [entry.detail for entry in entries(session, "role.change")] == [
        {"was": "assistant", "is": "instructor"},
        {"was": "instructor", "is": "student"},
    ]


def test_removing_and_bringing_back_loses_nothing(
    session: Session, cast: Cast, class_: models.Course, lesson: Lesson, now: datetime
) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    before = lesson.memory(cast.astrid, "cards.tco")
    people.remove(session, cast.teacher, class_.id, cast.astrid.id, now=now)
    assert [each.id for each in shelf.students(session, class_.id)] == []
    assert shelf.mine(session, cast.astrid.id, now) == []
    with pytest.raises(NotFound):
        people.set_role(session, cast.teacher, class_.id, cast.astrid.id, role="assistant", now=now)
    people.restore(session, cast.teacher, class_.id, cast.astrid.id, now=now)
    assert [student.name for student in shelf.students(session, class_.id)] == ["Astrid"]
    assert lesson.memory(cast.astrid, "cards.tco") == before
    assert len(entries(session, "enrolment.remove")) == 1


class TestAccommodations:
    """They belong to the person and are granted by who teaches them."""

    def test_assistants_grant_them_and_the_books_say_so(
        self, session: Session, cast: Cast, class_: models.Course, now: datetime
    ) -> None:
        grant(session, cast.jussi, class_, cast.astrid, now, extra_time=50)
        assert (cast.astrid.extra_time, cast.astrid.no_time_limit, cast.astrid.extra_attempts) == (50, True, 1)
        (entry,) = entries(session, "accommodation.change")
        assert entry.by_name == "Jussi"
        assert entry.detail == {
            "was": {"extra_time": 0, "no_time_limit": False, "extra_attempts": 0},
            "is": {"extra_time": 50, "no_time_limit": True, "extra_attempts": 1},
        }
        grant(session, cast.jussi, class_, cast.astrid, now, extra_time=50)
        assert len(entries(session, "accommodation.change")) == 1

    def test_nobody_grants_them_to_whom_they_do_not_teach(
        self, session: Session, cast: Cast, class_: models.Course, now: datetime
    ) -> None:
        for by, whom in (
            (cast.astrid, cast.astrid),
            (cast.jussi, cast.jussi),
            (cast.jussi, cast.outsider),
            (cast.outsider, cast.astrid),
            (cast.teacher, cast.teacher),
        ):
            with pytest.raises(NotFound):
                grant(session, by, class_, whom, now, extra_time=50)
        people.remove(session, cast.teacher, class_.id, cast.astrid.id, now=now)
        with pytest.raises(NotFound):
            grant(session, cast.teacher, class_, cast.astrid, now, extra_time=50)

    @pytest.mark.parametrize("extra_time", [-1, 301])
    def test_they_have_limits(
        self, extra_time: int, session: Session, cast: Cast, class_: models.Course, now: datetime
    ) -> None:
        with pytest.raises(Refused) as refused:
            grant(session, cast.teacher, class_, cast.astrid, now, extra_time=extra_time)
        assert (refused.value.field, cast.astrid.extra_time) == ("extra_time", 0)


def grant(
    session: Session, by: models.User, course: models.Course, whom: models.User, now: datetime, *, extra_time: int
) -> None:
    people.set_accommodations(
        session, by, course.id, whom.id, extra_time=extra_time, no_time_limit=True, extra_attempts=1, now=now
    )


def test_nobody_sees_when_a_private_person_practised(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    session.add(models.DayTotal(learner_id=cast.astrid.id, day=now.date(), reviews=3))
    session.flush()
    assert found(session, class_, cast.astrid).last_day == now.date()
    cast.astrid.private = True
    session.flush()
    assert found(session, class_, cast.astrid).last_day is None
    assert shelf.active_since(session, class_.id, date(2026, 3, 1)) == {cast.astrid.id}
    assert shelf.active_since(session, class_.id, date(2026, 3, 3)) == set()


def found(session: Session, course: models.Course, user: models.User) -> register.Person:
    person = register.person(session, course.id, user.id)
    assert person is not None
    return person


def test_an_export_holds_courses_accommodations_and_grades(
    session: Session, cast: Cast, class_: models.Course, now: datetime
) -> None:
    grant(session, cast.jussi, class_, cast.astrid, now, extra_time=50)
    sitting = models.Sitting(learner_id=cast.astrid.id, kind="quiz", scope={}, plan={}, seed=1, started_at=now)
    session.add(sitting)
    session.flush()
    taken = models.Attempt(
        sitting_id=sitting.id, learner_id=cast.astrid.id, feedback="end", questions=2, started_at=now, finished_at=now
    )
    session.add(taken)
    session.flush()
    for kind, points in (("finished", 1.0), ("set", 2.0)):
        session.add(
            models.Grade(
                attempt_id=taken.id, kind=kind, key=kind, points=points, possible=2.0, marks={"1": points}, at=now
            )
        )
    session.flush()
    data = json.loads(json.dumps(accounts.export_account(session, cast.astrid, now=now)))
    assert data["enrolments"] == [{"course": "Sourcing 1", "role": "student", "joined_at": "2026-03-02T09:00:00+00:00"}]
    assert (data["account"]["extra_time"], data["account"]["no_time_limit"]) == (50, True)
    assert [(grade["kind"], grade["points"], grade["possible"]) for grade in data["grades"]] == [
        ("finished", 1.0, 2.0),
        ("set", 2.0, 2.0),
    ]
    assert "marks" not in data["grades"][0]
    assert json.loads(json.dumps(accounts.export_account(session, cast.jussi, now=now)))["grades"] == []
