"""A folder that is followed: all of it, or nothing; what somebody wrote in the browser is never lost by it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions.banks import publish_bank
from quizapp.actions.errors import BankProblems
from quizapp.actions.syncing import compare, follow
from quizapp.core.knowledge.limits import Text
from quizapp.store import library, models

REWORDED = ("What does TCO stand for?", "What is TCO short for?")
CORRECTED = ("back: Service level agreement", "back: Service level arrangement")
OTHER = (Text("other.yaml", "knowledge: 1\nid: other\nlanguage: en\ntitle: Other\ncards:\n  a: {front: F, back: B}\n"),)
BROKEN = (
    Text("broken.yaml", "knowledge: 1\nid: broken\nlanguage: en\ntitle: B\ncards:\n  a: {front: F}\n  b: {back: F}\n"),
)


def sync(
    session: Session, banks: Sequence[Iterable[Text]], now: datetime, *, force: bool = False
) -> list[tuple[str, str, int]]:
    followed = compare(session, [tuple(texts) for texts in banks], force=force, tell=lambda _done, _total: None)
    follow(session, followed, now=now)
    return [(each.key, each.status, each.version) for each in followed]


def problems(session: Session, banks: Sequence[Iterable[Text]], now: datetime) -> list[str]:
    with pytest.raises(BankProblems) as error:
        sync(session, banks, now)
    return [str(problem) for problem in error.value.problems]


def test_every_problem_of_every_bank_is_told_and_nothing_is_published(session: Session, now: datetime) -> None:
    split = sourcing(("tco: {front", "total: {was: [cards.sla], front"), swedish=False)
    sync(session, [sourcing()], now)
    told = problems(session, [OTHER, BROKEN, split], now)
    assert [line.split(": ")[0] for line in told] == ["broken.yaml:6:3", "broken.yaml:7:3", "sourcing-test.yaml:48:3"]
    assert library.bank_by_key(session, "other") is None


@pytest.mark.usefixtures("lesson")
def test_what_was_edited_in_the_browser_stops_the_folder(session: Session, cast: Cast, now: datetime) -> None:
    publish_bank(session, sourcing(REWORDED), origin="added", by=cast.teacher.id, now=now)
    for files in (sourcing(), sourcing(CORRECTED)):
        (told,) = problems(session, [files, OTHER], now)
        assert told == (
            "sourcing-test.yaml:1:1: sourcing-test was edited in the browser: version 2 of 2026-03-02 by Teacher"
            " is not what the folder had"
        )
    assert library.bank_by_key(session, "other") is None


def test_a_bank_that_was_made_in_the_browser_is_not_replaced(session: Session, cast: Cast, now: datetime) -> None:
    publish_bank(session, sourcing(), origin="added", by=cast.teacher.id, now=now, visibility="private")
    assert len(problems(session, [sourcing(REWORDED)], now)) == 1


@pytest.mark.usefixtures("lesson")
def test_force_lets_the_folder_win(session: Session, cast: Cast, now: datetime) -> None:
    publish_bank(session, sourcing(REWORDED), origin="added", by=cast.teacher.id, now=now)
    assert sync(session, [sourcing()], now, force=True) == [("sourcing-test", "changed", 3)]
    assert sync(session, [sourcing()], now) == [("sourcing-test", "unchanged", 3)]


@pytest.mark.usefixtures("lesson")
def test_an_edit_that_was_taken_into_the_folder_is_followed_again(session: Session, cast: Cast, now: datetime) -> None:
    publish_bank(session, sourcing(REWORDED), origin="added", by=cast.teacher.id, now=now)
    assert sync(session, [sourcing(REWORDED)], now) == [("sourcing-test", "unchanged", 2)]


@pytest.mark.usefixtures("lesson")
def test_a_synced_version_that_somebody_restored_gives_way_to_the_folder(
    session: Session, cast: Cast, now: datetime
) -> None:
    sync(session, [sourcing(REWORDED)], now)
    publish_bank(session, sourcing(), origin="added", by=cast.teacher.id, now=now)
    assert sync(session, [sourcing(CORRECTED)], now) == [("sourcing-test", "changed", 4)]


def test_a_folder_is_published_once(session: Session, now: datetime) -> None:
    first = [("sourcing-test", "new", 1), ("other", "new", 1)]
    assert sync(session, [sourcing(), OTHER], now) == first
    assert sync(session, [sourcing(), OTHER], now) == [(key, "unchanged", 1) for key, _, _ in first]
    later = now + timedelta(days=1)
    assert sync(session, [sourcing(REWORDED), OTHER], later) == [
        ("sourcing-test", "changed", 2),
        ("other", "unchanged", 1),
    ]


def test_new_banks_of_a_folder_are_the_whole_sites(session: Session, now: datetime) -> None:
    sync(session, [OTHER], now)
    bank = library.bank_by_key(session, "other")
    assert bank is not None
    assert (bank.visibility, bank.owner_id, bank.origin) == ("site", None, "added")


def test_a_shipped_bank_that_a_folder_changes_is_the_folders_from_then_on(session: Session, now: datetime) -> None:
    bank = publish_bank(session, sourcing(), origin="shipped", by=None, now=now).bank
    sync(session, [sourcing()], now)
    assert bank.origin == "shipped"
    sync(session, [sourcing(REWORDED)], now)
    assert bank.origin == "added"


def test_a_correction_is_published_and_says_who_relearns(
    session: Session, cast: Cast, lesson: Lesson, now: datetime
) -> None:
    lesson.answer(cast.astrid, "cards.sla", days=0)
    (followed,) = compare(session, [sourcing(CORRECTED)], force=False, tell=lambda _done, _total: None)
    assert not followed.keeps_every_memory
    assert "1 value changed: 1 learner relearns it" in followed.summary
    follow(session, [followed], now=now + timedelta(days=1))
    assert lesson.memory(cast.astrid, "cards.sla").due_at <= now + timedelta(days=1)


def test_it_is_written_down_as_the_programs_deed(session: Session, now: datetime) -> None:
    sync(session, [OTHER], now)
    (entry,) = session.scalars(select(models.AuditEntry))
    assert (entry.action, entry.by_id, entry.about) == ("bank.publish", None, "Other")
    assert entry.detail == {"bank": "other", "version": 1, "by": "sync", "summary": ["1 fact added"]}


def test_whoever_waits_hears_how_far_it_is(session: Session) -> None:
    heard: list[tuple[int, int]] = []
    compare(session, [sourcing(), OTHER], force=False, tell=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
