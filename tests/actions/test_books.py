"""Every deed that the books are for is entered by whoever did it, under its word, and a refused one is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.assigned import Classroom, open_classroom
from support.banks import sourcing
from support.cast import Cast
from support.grading import SWAPPED, Class
from support.lessons import Lesson

from quizapp.actions import (
    assignments,
    course_banks,
    courses,
    drafts,
    gradebook,
    people,
    regrading,
    roster,
    sharing,
    site,
    site_people,
    versions,
)
from quizapp.actions.banks import publish_bank, publish_shipped
from quizapp.actions.draft_plans import publish
from quizapp.actions.errors import Refused
from quizapp.store import models

REWORDED = ("What does TCO stand for?", "What is TCO short for?")
AGAIN = ("What does TCO stand for?", "TCO is short for what?")


@dataclass
class Books:
    """The course of the teacher, in which the deeds are done, and what was entered about them."""

    session: Session
    cast: Cast
    lesson: Lesson
    now: datetime

    @property
    def school(self) -> Classroom:
        """Open the course; a deed does so once."""
        return open_classroom(self.session, self.cast, self.lesson.bank, self.now)

    def entered(self, action: str) -> list[models.AuditEntry]:
        self.session.flush()
        return list(self.session.scalars(select(models.AuditEntry).where(models.AuditEntry.action == action)))


@pytest.fixture
def books(session: Session, cast: Cast, lesson: Lesson, now: datetime) -> Books:
    lesson.bank.owner_id = cast.teacher.id
    return Books(session, cast, lesson, now)


def change_role(books: Books) -> None:
    course, cast = books.school.course, books.cast
    people.set_role(books.session, cast.teacher, course.id, cast.jussi.id, role="assistant", now=books.now)


def open_course(books: Books) -> models.Course:
    return courses.open_course(books.session, books.cast.teacher, name="Week", zone="UTC", now=books.now)


def change_course(books: Books) -> None:
    course = books.school.course
    said = {"name": "Other", "note": "", "zone": "UTC", "open": True}
    courses.change_course(books.session, books.cast.teacher, course.id, version=1, now=books.now, **said)  # type: ignore[arg-type]  # by name


def archive_course(books: Books) -> None:
    courses.archive(books.session, books.cast.teacher, books.school.course.id, now=books.now)


def add_person(books: Books) -> None:
    course, cast = books.school.course, books.cast
    people.add_person(books.session, cast.teacher, course.id, email=cast.outsider.email, role="student", now=books.now)


def remove_person(books: Books) -> None:
    people.remove(books.session, books.cast.teacher, books.school.course.id, books.cast.jussi.id, now=books.now)


def import_roster(books: Books) -> None:
    roster.take_roster(books.session, books.cast.teacher, books.school.course.id, "new@example.org", now=books.now)


def accommodate(books: Books) -> None:
    course, cast = books.school.course, books.cast
    granted = {"extra_time": 50, "no_time_limit": False, "extra_attempts": 1}
    people.set_accommodations(books.session, cast.teacher, course.id, cast.astrid.id, now=books.now, **granted)  # type: ignore[arg-type]  # by name


def publish_draft(books: Books) -> None:
    session, teacher, bank = books.session, books.cast.teacher, books.lesson.bank
    draft = drafts.edit_bank(session, teacher, bank, now=books.now)
    text = str(sourcing(REWORDED)[0].content)
    drafts.save(session, teacher, draft, "sourcing-test.yaml", text, version=draft.version, now=books.now)
    publish(session, teacher, draft, draft.version, now=books.now, against=bank.version_id)


def archive_bank(books: Books) -> None:
    sharing.archive(books.session, books.cast.teacher, books.lesson.bank, now=books.now)


def share_bank(books: Books) -> None:
    sharing.share(books.session, books.cast.teacher, books.lesson.bank, visibility="private", courses={}, now=books.now)


def restore_bank(books: Books) -> None:
    publish_bank(books.session, sourcing(AGAIN), origin="added", by=None, now=books.now)
    versions.restore(books.session, books.cast.teacher, books.lesson.bank, 1, now=books.now)


def publish_assignment(books: Books) -> None:
    books.school.assign()


def change_assignment(books: Books) -> None:
    school = books.school
    made, values = school.assign(), replace(school.values(), title="Week 2")
    assignments.change(school.session, books.cast.teacher, school.place, made.id, values, version=1, now=books.now)


def archive_assignment(books: Books) -> None:
    school = books.school
    assignments.archive(school.session, books.cast.teacher, school.place, school.assign().id, now=books.now)


def regrade(books: Books) -> None:
    class_ = Class.begin(books.session, books.cast, books.lesson)
    class_.hand_in(books.cast.astrid)
    class_.publish(*SWAPPED)
    policy = regrading.Policy(never_lower=False)
    digest = regrading.plan_regrade(books.session, class_.quiz, policy).digest
    regrading.apply_regrade(
        books.session, books.cast.teacher, class_.quiz, policy, reason="A wrong key", digest=digest, now=class_.now
    )


def set_grade(books: Books) -> None:
    class_ = Class.begin(books.session, books.cast, books.lesson)
    attempt = class_.hand_in(books.cast.astrid)
    base = gradebook.current(books.session, [attempt.id])[attempt.id].id
    regrading.set_grade(
        books.session, books.cast.teacher, attempt, 1.0, base=base, reason="Seen on paper", now=class_.now
    )


def change_setting(books: Books) -> None:
    site.change_site(books.session, books.cast.admin, {"notice": "Closed on Friday"}, now=books.now)


def disable(books: Books) -> None:
    site_people.disable(books.session, books.cast.admin, books.cast.astrid.id, now=books.now)


def enable(books: Books) -> None:
    books.cast.astrid.disabled_at = books.now
    site_people.enable(books.session, books.cast.admin, books.cast.astrid.id, now=books.now)


def change_account(books: Books) -> None:
    site_people.change_role(books.session, books.cast.admin, books.cast.astrid.id, "instructor", now=books.now)


DEEDS: Mapping[str, Callable[[Books], object]] = {
    "role.change": change_role,
    "course.create": open_course,
    "course.change": change_course,
    "course.archive": archive_course,
    "enrolment.add": add_person,
    "enrolment.remove": remove_person,
    "roster.import": import_roster,
    "accommodation.change": accommodate,
    "bank.publish": publish_draft,
    "bank.archive": archive_bank,
    "bank.share": share_bank,
    "bank.restore": restore_bank,
    "assignment.publish": publish_assignment,
    "assignment.change": change_assignment,
    "assignment.archive": archive_assignment,
    "grade.regrade": regrade,
    "grade.set": set_grade,
    "setting.change": change_setting,
    "account.disable": disable,
    "account.enable": enable,
    "account.role": change_account,
}
OF_THE_SITE = ("setting.", "account.")
IN_A_COURSE = ("role.", "course.", "enrolment.", "roster.", "accommodation.", "assignment.", "grade.")


@pytest.mark.parametrize("action", DEEDS)
def test_each_deed_is_entered_once_by_who_did_it(books: Books, action: str) -> None:
    DEEDS[action](books)
    (entry,) = books.entered(action)
    doer = books.cast.admin if action.startswith(OF_THE_SITE) else books.cast.teacher
    assert (entry.by_id, entry.by_name) == (doer.id, doer.name)
    assert entry.about
    assert (entry.course_id is not None) == action.startswith(IN_A_COURSE)


def test_what_is_refused_is_not_entered(books: Books) -> None:
    course = books.school.course
    with pytest.raises(Refused):
        courses.leave(books.session, books.cast.teacher, course.id, now=books.now)
    with pytest.raises(Refused):
        course_banks.add_bank(books.session, books.cast.teacher, course.id, 10**9, share=True, now=books.now)
    assert [*books.entered("enrolment.remove"), *books.entered("course.change")] == []


def test_what_comes_with_the_program_is_entered_as_the_programs_deed(
    session: Session, tmp_path: Path, now: datetime
) -> None:
    for texts in (sourcing(), sourcing(), sourcing(REWORDED)):
        for text in texts:
            (tmp_path / text.path).write_text(str(text.content), encoding="utf-8")
        publish_shipped(session, tmp_path, now=now)
    entries = session.scalars(select(models.AuditEntry).order_by(models.AuditEntry.id)).all()
    assert [(each.action, each.by_id, each.detail["version"]) for each in entries] == [
        ("bank.publish", None, 1),
        ("bank.publish", None, 2),
    ]
