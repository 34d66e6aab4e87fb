"""Old versions come back as drafts; banks are put away and shared, by those who may, and all of it is written down."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions import drafts, quiz, sharing, versions
from quizapp.actions.banks import publish_bank, publish_shipped
from quizapp.actions.errors import NotFound, Refused
from quizapp.actions.scope import Scope
from quizapp.store import insight, library, models
from quizapp.store import versions as shelf

REWORDED = ("What does TCO stand for?", "What is TCO short for?")
WHOLE_BANK = quiz.QuizSettings(Scope(), 3, "end")
CORRECTED = ("back: Service level agreement", "back: Service level arrangement")


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(days=1)


@pytest.fixture
def bank(session: Session, cast: Cast, lesson: Lesson, later: datetime) -> models.Bank:
    """The test bank, owned by the teacher, in its second version."""
    lesson.bank.owner_id = cast.teacher.id
    publish_bank(session, sourcing(REWORDED), origin="added", by=cast.teacher.id, now=later)
    return lesson.bank


def entries(session: Session, action: str) -> list[dict[str, object]]:
    session.flush()
    query = select(models.AuditEntry.detail).where(models.AuditEntry.action == action).order_by(models.AuditEntry.id)
    return list(session.scalars(query))


def course(session: Session, cast: Cast, now: datetime, *students: models.User, name: str = "Sourcing") -> int:
    made = models.Course(name=name, code=name, created_at=now, created_by=cast.teacher.id)
    session.add(made)
    session.flush()
    roles = [(cast.teacher, "instructor"), *((student, "student") for student in students)]
    session.add_all(models.Enrolment(course_id=made.id, user_id=u.id, role=role, joined_at=now) for u, role in roles)
    session.flush()
    return made.id


def sees(session: Session, user: models.User) -> bool:
    return bool(library.live_banks(session, user.id))


@pytest.mark.parametrize("name", ["astrid", "outsider"])
def test_who_may_not_edit_a_bank_finds_no_versions(session: Session, cast: Cast, bank: models.Bank, name: str) -> None:
    with pytest.raises(NotFound):
        versions.bank_to_edit(session, getattr(cast, name), bank.key)


def test_an_unknown_bank_or_version_is_not_found(session: Session, cast: Cast, bank: models.Bank) -> None:
    with pytest.raises(NotFound):
        versions.bank_to_edit(session, cast.admin, "nothing")
    with pytest.raises(NotFound):
        versions.version_of(session, bank, 3)


def test_the_version_that_is_asked_is_not_restored(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    with pytest.raises(Refused, match="asked now"):
        versions.restore(session, cast.teacher, bank, 2, now=later)


def test_a_bank_whose_draft_is_open_is_not_restored_over_it(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    drafts.edit_bank(session, cast.teacher, bank, now=later)
    with pytest.raises(Refused, match="being edited"):
        versions.restore(session, cast.teacher, bank, 1, now=later)


def test_restoring_makes_a_draft_and_publishing_it_a_new_version(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    before = bank.version_id
    draft = versions.restore(session, cast.teacher, bank, 1, now=later)
    assert bank.version_id == before
    drafts.publish(session, cast.teacher, draft, draft.version, now=later, against=before)
    rows = shelf.versions_of(session, bank)
    assert [(row.number, row.by, row.current) for row in rows] == [
        (3, "Teacher", True),
        (2, "Teacher", False),
        (1, "", False),
    ]
    first, third = (shelf.version_of(session, bank, number) for number in (1, 3))
    assert first is not None
    assert third is not None
    assert first.digest == third.digest
    assert entries(session, "bank.restore") == [{"bank": "sourcing-test", "version": 1}]


def test_files_leave_under_names_made_from_ids(session: Session, bank: models.Bank) -> None:
    version = shelf.version_of(session, bank, 1)
    assert version is not None
    files = shelf.files_of(session, bank, version)
    assert [(file.name, file.overlay) for file in files] == [
        ("sourcing-test.yaml", False),
        ("sourcing-test.sv.yaml", True),
    ]
    assert files[0].content == sourcing()[0].content


def test_only_an_admin_takes_what_is_shipped(
    session: Session, cast: Cast, bank: models.Bank, tmp_path: Path, later: datetime
) -> None:
    session.add(models.Offer(bank_id=bank.id, digest="d", summary="s", offered_at=later))
    session.flush()
    with pytest.raises(NotFound):
        versions.take_offer(session, cast.teacher, bank, tmp_path, now=later)
    with pytest.raises(Refused, match="no longer comes"):
        versions.take_offer(session, cast.admin, bank, tmp_path, now=later)


def test_nothing_offered_is_nothing_to_take(
    session: Session, cast: Cast, bank: models.Bank, tmp_path: Path, later: datetime
) -> None:
    with pytest.raises(NotFound):
        versions.take_offer(session, cast.admin, bank, tmp_path, now=later)


def test_an_offer_that_is_taken_is_done_with(session: Session, cast: Cast, tmp_path: Path, now: datetime) -> None:
    for changes in ((), (CORRECTED,)):
        (tmp_path / "bank.yaml").write_text(str(sourcing(*changes, swedish=False)[0].content), encoding="utf-8")
        publish_shipped(session, tmp_path, now=now)
    bank = library.bank_by_key(session, "sourcing-test")
    assert bank is not None
    assert shelf.offer_for(session, bank) is not None
    draft = versions.take_offer(session, cast.admin, bank, tmp_path, now=now)
    drafts.publish(session, cast.admin, draft, draft.version, now=now, against=bank.version_id)
    session.expire_all()
    assert shelf.offer_for(session, bank) is None
    assert [outcome.status for outcome in publish_shipped(session, tmp_path, now=now)] == ["unchanged"]


def test_only_owner_and_admin_decide_over_a_bank(session: Session, cast: Cast, bank: models.Bank) -> None:
    for stranger in (cast.astrid, cast.outsider):
        with pytest.raises(NotFound):
            sharing.bank_to_share(session, stranger, bank.key)
    assert sharing.bank_to_share(session, cast.teacher, bank.key) is bank
    assert sharing.bank_to_share(session, cast.admin, bank.key) is bank
    bank.owner_id = None
    with pytest.raises(NotFound):
        sharing.bank_to_share(session, cast.teacher, bank.key)


def test_an_archived_bank_vanishes_and_comes_back_with_every_memory(
    session: Session, cast: Cast, lesson: Lesson, bank: models.Bank, later: datetime
) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=2)
    sharing.archive(session, cast.teacher, bank, now=later)
    assert not sees(session, cast.astrid)
    assert list(insight.kept(session, cast.astrid.id)) == []
    with pytest.raises(Refused):
        quiz.start_attempt(session, cast.astrid, WHOLE_BANK, now=later, seed=1)
    sharing.unarchive(session, cast.teacher, bank, now=later)
    assert sees(session, cast.astrid)
    assert [kept.key for kept in insight.kept(session, cast.astrid.id)] == ["cards.tco"]
    assert [entry["archived"] for entry in entries(session, "bank.archive")] == [True, False]


def test_a_quiz_that_is_open_goes_on_as_it_began(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    attempt = quiz.start_attempt(session, cast.astrid, WHOLE_BANK, now=later, seed=1)
    before = [quiz.serve_slot(session, cast.astrid, attempt, slot).snapshot for slot in (1, 2, 3)]
    publish_bank(session, sourcing(CORRECTED), origin="added", by=cast.teacher.id, now=later)
    sharing.archive(session, cast.teacher, bank, now=later)
    session.flush()
    session.expire_all()
    assert [quiz.serve_slot(session, cast.astrid, attempt, slot).snapshot for slot in (1, 2, 3)] == before
    done = quiz.finish_attempt(session, cast.astrid, attempt.id, now=later)
    assert done.points_possible == 3


def test_archiving_twice_is_written_down_once(session: Session, cast: Cast, bank: models.Bank, later: datetime) -> None:
    for _ in range(2):
        sharing.archive(session, cast.teacher, bank, now=later)
    assert len(entries(session, "bank.archive")) == 1


def test_a_visibility_that_is_none_is_refused(session: Session, cast: Cast, bank: models.Bank, later: datetime) -> None:
    with pytest.raises(Refused, match="Choose who sees"):
        sharing.share(session, cast.teacher, bank, visibility="world", courses={}, now=later)


def test_a_course_of_somebody_else_cannot_be_given_the_bank(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    theirs = models.Course(name="Theirs", code="T", created_at=later)
    session.add(theirs)
    session.flush()
    with pytest.raises(Refused, match="courses of yours"):
        sharing.share(session, cast.teacher, bank, visibility="course", courses={theirs.id: False}, now=later)
    assert sharing.share(session, cast.admin, bank, visibility="course", courses={theirs.id: False}, now=later)


def test_a_bank_is_not_taken_from_students_who_are_asked_it(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    place = course(session, cast, later, cast.astrid)
    asked = models.Assignment(
        course_id=place,
        kind="quiz",
        title="First",
        scope={"banks": [bank.id]},
        blueprint=[],
        due_at=later,
        seed=1,
        created_at=later,
        published_at=later,
    )
    session.add(asked)
    session.flush()
    with pytest.raises(Refused, match="“First” of Sourcing"):
        sharing.share(session, cast.teacher, bank, visibility="private", courses={}, now=later)
    assert sharing.share(session, cast.teacher, bank, visibility="course", courses={place: False}, now=later)
    with pytest.raises(Refused, match="“First” of Sourcing"):
        sharing.share(session, cast.teacher, bank, visibility="course", courses={}, now=later)
    asked.archived_at = later
    assert sharing.share(session, cast.teacher, bank, visibility="private", courses={}, now=later)


def test_a_bank_is_seen_by_whom_it_is_shared_with(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    place = course(session, cast, later, cast.astrid)
    everybody = (cast.teacher, cast.astrid, cast.jussi)

    def shared(visibility: str, courses: dict[int, bool]) -> list[bool]:
        sharing.share(session, cast.teacher, bank, visibility=visibility, courses=courses, now=later)
        return [sees(session, user) for user in everybody]

    assert shared("private", {}) == [True, False, False]
    assert shared("course", {place: False}) == [True, True, False]
    assert shared("course", {}) == [True, False, False]
    assert shared("site", {}) == [True, True, True]


def test_instructors_of_a_course_edit_what_they_were_given_to_edit(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    place = course(session, cast, later)
    cast.outsider.role = "instructor"
    session.add(models.Enrolment(course_id=place, user_id=cast.outsider.id, role="instructor", joined_at=later))
    session.flush()
    for editable in (False, True):
        sharing.share(session, cast.teacher, bank, visibility="course", courses={place: editable}, now=later)
        if editable:
            assert versions.bank_to_edit(session, cast.outsider, bank.key) is bank
        else:
            with pytest.raises(NotFound):
                versions.bank_to_edit(session, cast.outsider, bank.key)
    with pytest.raises(NotFound):
        sharing.bank_to_share(session, cast.outsider, bank.key)


def test_sharing_as_it_is_changes_and_writes_nothing(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    assert not sharing.share(session, cast.teacher, bank, visibility="site", courses={}, now=later)
    assert entries(session, "bank.share") == []


def test_sharing_is_written_down_with_what_was(
    session: Session, cast: Cast, bank: models.Bank, later: datetime
) -> None:
    place = course(session, cast, later)
    sharing.share(session, cast.teacher, bank, visibility="course", courses={place: True}, now=later)
    assert entries(session, "bank.share") == [
        {
            "bank": "sourcing-test",
            "was": {"visibility": "site", "courses": {}},
            "is": {"visibility": "course", "courses": {str(place): "edits"}},
        }
    ]


def test_a_new_bank_is_as_visible_as_said_and_a_known_one_stays(session: Session, cast: Cast, now: datetime) -> None:
    made = publish_bank(session, sourcing(), origin="added", by=cast.teacher.id, now=now, visibility="private").bank
    assert made.visibility == "private"
    assert publish_bank(session, sourcing(REWORDED), origin="added", by=cast.teacher.id, now=now).changed
    assert made.visibility == "private"
