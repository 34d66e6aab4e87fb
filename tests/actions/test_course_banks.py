"""A course learns from banks that its instructors may hand on, and nobody's private bank gets out by accident."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.cast import Cast

from quizapp.actions import course_banks, courses
from quizapp.actions.errors import NotFound, Refused
from quizapp.store import courses as shelf
from quizapp.store import library, models, rights


@pytest.fixture
def course(session: Session, cast: Cast, now: datetime) -> models.Course:
    return courses.open_course(session, cast.teacher, name="Sourcing 1", zone="Europe/Stockholm", now=now)


def bank(session: Session, now: datetime, key: str, visibility: str, owner: models.User | None) -> models.Bank:
    made = models.Bank(key=key, title=key, origin="added", created_at=now, visibility=visibility)
    made.owner_id = owner.id if owner else None
    session.add(made)
    session.flush()
    version = models.BankVersion(bank_id=made.id, number=1, digest=key, facts=3, published_at=now)
    session.add(version)
    session.flush()
    made.version_id = version.id
    session.flush()
    return made


def test_students_of_the_course_see_a_bank_of_it(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    made = bank(session, now, "own", "private", cast.teacher)
    courses.join(session, cast.astrid, course.code, now=now)
    assert made not in library.live_banks(session, cast.astrid.id)
    with pytest.raises(Refused) as refused:
        course_banks.add_bank(session, cast.teacher, course.id, made.id, share=False, now=now)
    assert (refused.value.field, made.visibility) == ("share", "private")
    course_banks.add_bank(session, cast.teacher, course.id, made.id, share=True, now=now)
    assert made.visibility == "course"
    assert made in library.live_banks(session, cast.astrid.id)
    assert made not in library.live_banks(session, cast.outsider.id)
    assert [
        (held.key, held.facts, bool(held.visible)) for held in shelf.banks_of(session, course.id, cast.astrid.id)
    ] == [("own", 3, True)]


def test_a_bank_seen_elsewhere_is_not_theirs_to_hand_on(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    theirs = bank(session, now, "theirs", "course", cast.admin)
    other = courses.open_course(session, cast.admin, name="Other", zone="UTC", now=now)
    course_banks.add_bank(session, cast.admin, other.id, theirs.id, share=False, now=now)
    courses.join(session, cast.teacher, other.code, now=now)
    assert theirs in library.live_banks(session, cast.teacher.id)
    with pytest.raises(Refused):
        course_banks.add_bank(session, cast.teacher, course.id, theirs.id, share=True, now=now)
    assert course_banks.addable(session, cast.teacher, course.id) == []


def test_only_its_owner_lets_others_edit_a_bank(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    shipped = bank(session, now, "shipped", "site", None)
    course_banks.add_bank(session, cast.teacher, course.id, shipped.id, share=False, now=now)
    with pytest.raises(Refused, match="owner"):
        course_banks.set_editable(session, cast.teacher, course.id, shipped.id, editable=True, now=now)
    assert not rights.may_edit(session, cast.teacher, shipped)
    course_banks.set_editable(session, cast.admin, course.id, shipped.id, editable=True, now=now)
    assert rights.may_edit(session, cast.teacher, shipped)
    assert _last_deed(session) == "bank.share"


def test_a_bank_that_an_assignment_asks_from_stays(
    session: Session, cast: Cast, course: models.Course, now: datetime
) -> None:
    made = bank(session, now, "own", "course", cast.teacher)
    course_banks.add_bank(session, cast.teacher, course.id, made.id, share=False, now=now)
    asked = models.Assignment(
        course_id=course.id,
        kind="quiz",
        title="Quiz 1",
        scope={"banks": [made.id]},
        blueprint=[],
        due_at=now,
        seed=1,
        created_at=now,
        published_at=now,
    )
    session.add(asked)
    session.flush()
    with pytest.raises(Refused, match="Quiz 1"):
        course_banks.remove_bank(session, cast.teacher, course.id, made.id, now=now)
    asked.archived_at = now
    session.flush()
    course_banks.remove_bank(session, cast.teacher, course.id, made.id, now=now)
    assert shelf.banks_of(session, course.id, cast.teacher.id) == []
    with pytest.raises(NotFound):
        course_banks.remove_bank(session, cast.teacher, course.id, made.id, now=now)


def _last_deed(session: Session) -> str | None:
    return session.scalar(select(models.AuditEntry.action).order_by(models.AuditEntry.id.desc()).limit(1))
