"""Two courses, called by their students: each with people, assignments, grades, banks and drafts of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from support.assigned import Classroom
from support.cast import Cast, Staff
from support.matrix import shelf
from support.matrix.shelf import Objects
from support.play import right

from quizapp.actions import assignments, gradebook, regrading
from quizapp.actions import quiz as quizzes
from quizapp.actions.invitations import invite
from quizapp.actions.regrading import Policy
from quizapp.actions.scope import Scope
from quizapp.store import models

_BEGUN = timedelta(days=1)


def open_school(session: Session, cast: Cast, staff: Staff, second: models.User) -> dict[str, dict[str, str]]:
    """Open the courses and give the names of what there is in each; `second` teaches along in both."""
    now = datetime.now(UTC) - _BEGUN
    other = replace(cast, teacher=staff.colleague, astrid=cast.jussi)
    open_to_all = _course(session, "Open", "OPENOPEN", now)
    everywhere = {
        "open code": open_to_all.code,
        "shut": _user(session, "Shut", now, disabled_at=now).id,
        **shelf.offered(session, now),
    }
    ours = _fill(session, cast, "a", staff.author, {cast.teacher: "instructor", staff.assistant: "assistant"}, second)
    theirs = _fill(session, other, "b", staff.colleague, {staff.colleague: "instructor"}, second)
    session.add(models.FailedLogIn(at=now, user_id=cast.outsider.id, address="192.0.2.7"))
    return {
        name: {thing: str(value) for thing, value in {**everywhere, **found}.items()}
        for name, found in {"astrid": ours, "jussi": theirs}.items()
    }


def _fill(
    session: Session,
    cast: Cast,
    letter: str,
    owner: models.User,
    staff: dict[models.User, str],
    second: models.User,
) -> Objects:
    """Open one course: `cast` has its teacher and its student; `owner` has written its banks."""
    now = datetime.now(UTC) - _BEGUN
    course = _course(session, f"Course {letter}", f"CODECOD{letter.upper()}", now)
    past = _course(session, f"Past {letter}", f"PASTPAS{letter.upper()}", now, archived_at=now)
    former, mate = _user(session, f"Former {letter}", now), _user(session, f"Mate {letter}", now)
    for user, role in {**staff, second: "instructor", cast.astrid: "student", mate: "student"}.items():
        _enrol(session, course, user, role, now)
    _enrol(session, course, former, "student", now, removed_at=now)
    _enrol(session, past, cast.teacher, "instructor", now)
    invite(session, course.id, email=f"expected-{letter}@example.org", name="", now=now)
    banks = shelf.fill(session, course, owner, cast.teacher, letter, now)
    room = Classroom(session, cast, session.get_one(models.Bank, banks["taught bank"]), course, now)
    return {
        "course": course.id,
        "code": course.code,
        "past course": past.id,
        "student": cast.astrid.id,
        "former": former.id,
        "invitation": _newest(session, models.Invitation),
        **banks,
        **_tasks(room, owner, mate),
    }


def _tasks(room: Classroom, owner: models.User, mate: models.User) -> Objects:
    """Set assignments: the quiz is handed in by the student before its key is mended, and runs with a mate."""
    session, scope = room.session, Scope(banks=(room.bank.id,), forms=("choice",), ahead=True)
    quiz = room.assign(scope=scope, questions=shelf.ASKED)
    drill = room.assign("practice", scope=Scope(banks=(room.bank.id,)))
    planned = room.assign(published=False, scope=scope, questions=shelf.ASKED)
    archived = room.assign(scope=scope, questions=shelf.ASKED)
    assignments.archive(session, room.cast.teacher, room.place, archived.id, now=room.now)
    taken = room.start(quiz)
    for item in quizzes.items_of(session, taken):
        room.save(taken, item.slot, right(item))
    room.finish(taken)
    room.start(quiz, mate)
    shelf.mend(session, room.bank, owner, room.now + timedelta(hours=1))
    grade = gradebook.current(session, [taken.id])[taken.id]
    plan = regrading.plan_regrade(session, quiz, Policy(never_lower=False))
    return {
        "set quiz": quiz.id,
        "drill": drill.id,
        "planned": planned.id,
        "archived quiz": archived.id,
        "taken": taken.id,
        "grade": grade.id,
        "digest": plan.digest,
    }


def _course(
    session: Session, name: str, code: str, now: datetime, archived_at: datetime | None = None
) -> models.Course:
    course = models.Course(name=name, code=code, zone="Europe/Stockholm", created_at=now, archived_at=archived_at)
    session.add(course)
    session.flush()
    return course


def _user(session: Session, name: str, now: datetime, disabled_at: datetime | None = None) -> models.User:
    email = f"{name.lower().replace(' ', '-')}@example.org"
    user = models.User(email=email, name=name, zone="UTC", created_at=now, disabled_at=disabled_at)
    session.add(user)
    session.flush()
    return user


def _enrol(
    session: Session,
    course: models.Course,
    user: models.User,
    role: str,
    now: datetime,
    removed_at: datetime | None = None,
) -> None:
    part = {"course_id": course.id, "user_id": user.id, "role": role}
    session.add(models.Enrolment(**part, joined_at=now, removed_at=removed_at))
    session.flush()


def _newest(session: Session, table: type[models.Invitation]) -> int:
    return session.scalars(select(table.id).order_by(table.id.desc())).first() or 0
