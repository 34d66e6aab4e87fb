"""The banks that come with the program, at the first start and after an update."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions.banks import publish_bank, publish_shipped
from quizapp.actions.errors import BankProblems
from quizapp.store import library, models
from quizapp.store.summaries import read_summary

REWORDED = ("What does TCO stand for?", "What is TCO short for?")
CORRECTED = ("back: Service level agreement", "back: Service level arrangement")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return ship(tmp_path)


def test_shipped_banks_fill_an_empty_database_once(session: Session, shipped: Path, now: datetime) -> None:
    assert statuses(session, shipped, now) == ["new"]
    assert statuses(session, shipped, now) == ["unchanged"]
    (bank,) = library.live_banks(session, 0)
    assert (bank.origin, bank.owner_id) == ("shipped", None)
    assert list(library.editions(session, bank.version_id or 0)) == ["en", "sv"]


def test_a_shipped_version_that_keeps_every_memory_is_published(session: Session, shipped: Path, now: datetime) -> None:
    publish_shipped(session, shipped, now=now)
    ship(shipped, REWORDED)
    assert statuses(session, shipped, now) == ["published"]
    assert statuses(session, shipped, now) == ["unchanged"]


def test_a_shipped_version_that_costs_memories_is_offered(session: Session, shipped: Path, now: datetime) -> None:
    publish_shipped(session, shipped, now=now)
    ship(shipped, CORRECTED)
    assert statuses(session, shipped, now) == ["offered"]
    assert statuses(session, shipped, now) == ["unchanged"]
    offer = session.scalars(select(models.Offer)).one()
    assert any("1 value changed" in line for line in read_summary(offer.summary))
    publish_bank(session, sourcing(CORRECTED), origin="shipped", by=None, now=now)
    assert session.scalars(select(models.Offer)).all() == []


def test_what_somebody_edited_here_is_never_overwritten(
    session: Session,
    shipped: Path,
    cast: Cast,
    now: datetime,
) -> None:
    publish_shipped(session, shipped, now=now)
    publish_bank(
        session, sourcing(("title: Sourcing models", "title: Ours")), origin="added", by=cast.teacher.id, now=now
    )
    assert statuses(session, shipped, now) == ["unchanged"]
    ship(shipped, REWORDED)
    assert statuses(session, shipped, now) == ["offered"]
    assert [bank.title for bank in library.live_banks(session, 0)] == ["Ours"]


def test_a_bank_of_the_same_id_that_was_not_shipped_is_left_alone(
    session: Session,
    shipped: Path,
    lesson: Lesson,
    now: datetime,
) -> None:
    ship(shipped, REWORDED)
    assert statuses(session, shipped, now) == ["unchanged"]
    assert session.get_one(models.BankVersion, lesson.bank.version_id).number == 1


def test_an_overlay_without_its_source_is_told(session: Session, shipped: Path, now: datetime) -> None:
    (shipped / "sourcing-test.yaml").unlink()
    with pytest.raises(BankProblems, match="no source file"):
        publish_shipped(session, shipped, now=now)


def ship(folder: Path, *changes: tuple[str, str]) -> Path:
    for text in sourcing(*changes):
        (folder / text.path).write_text(str(text.content), encoding="utf-8")
    return folder


def statuses(session: Session, folder: Path, now: datetime) -> list[str]:
    return [outcome.status for outcome in publish_shipped(session, folder, now=now)]
