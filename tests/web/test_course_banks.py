"""Banks are added to a course, made editable and removed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from support.caller import Caller
from support.site import Site

from quizapp.actions import courses
from quizapp.store import models
from quizapp.store.engine import begin_writing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def course(site: Site) -> models.Course:
    begin_writing(site.session)
    made = courses.open_course(site.session, site.cast.teacher, name="Sourcing 1", zone="UTC", now=NOW)
    site.session.commit()
    return made


@pytest.fixture
def teacher(site: Site) -> Caller:
    return site.logged_in("teacher")


def test_a_private_bank_is_shared_only_by_choice(site: Site, teacher: Caller, course: models.Course) -> None:
    begin_writing(site.session)
    bank = site.session.scalars(select(models.Bank)).one()
    bank.visibility, bank.owner_id = "private", site.cast.teacher.id
    site.session.commit()
    path = f"/courses/{course.id}/banks"
    answer = teacher.post(path, {"bank": str(bank.id)})
    assert (answer.status_code, "This bank is private" in answer.text) == (422, True)
    assert teacher.post(path, {"bank": str(bank.id), "share": "y"}).headers["Location"] == path
    assert bank.title in teacher.get(path).text
    assert teacher.post(f"{path}/{bank.id}", {"editable": "1"}).status_code == 303
    assert "this course, too" in teacher.get(path).text
    assert teacher.post(f"{path}/{bank.id}/remove").status_code == 303
    assert teacher.post(f"{path}/{bank.id}/remove").status_code == 404
    site.session.rollback()
    site.session.expire_all()
    assert (bank.visibility, site.session.scalars(select(models.CourseBank)).all()) == ("course", [])


def test_a_bank_that_is_not_offered_is_refused(teacher: Caller, course: models.Course) -> None:
    for bank in ("99999", "x", ""):
        assert teacher.post(f"/courses/{course.id}/banks", {"bank": bank}).status_code == 422
