"""The log as events, and memories in and out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from support.banks import sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions.banks import publish_bank
from quizapp.core.items.model import Form
from quizapp.core.memory.model import Answered, Corrected, Memory, Moved, Reset, Undone
from quizapp.store import models
from quizapp.store.ledger import events_of, memories_of, settings_of, write_memories

RENAMED = ("  tco: {front", "  owning: {was: [cards.tco], front")


def test_nobodys_log_is_empty(session: Session, cast: Cast) -> None:
    assert list(events_of(session, cast.outsider.id)) == []
    assert list(events_of(session, cast.outsider.id, [])) == []


def test_an_answer_is_read_back_as_it_was_given(session: Session, lesson: Lesson, cast: Cast, now: datetime) -> None:
    lesson.answer(cast.jussi, "cards.sla", days=0)
    lesson.choose(cast.astrid, "ownership.captive.definition", "ownership.captive.definition", days=1)
    (event,) = events_of(session, cast.astrid.id)
    (row,) = session.scalars(select(models.Review).where(models.Review.learner_id == cast.astrid.id))
    assert event == Answered(
        key=row.id,
        fact=lesson.id("ownership.captive.definition"),
        at=now + timedelta(days=1),
        sitting=row.sitting_id or 0,
        form=Form.CHOICE,
        surface="s",
        right=True,
        guess_rate=1 / 3,
        unsure=False,
        grade=None,
        prior=0.3,
    )


def test_every_kind_of_row_is_an_event_in_order(session: Session, lesson: Lesson, cast: Cast, now: datetime) -> None:
    tco, sla = lesson.id("cards.tco"), lesson.id("cards.sla")
    slip = lesson.answer(cast.astrid, "cards.tco", days=0, right=False)
    lesson.take_back(cast.astrid, slip, days=0)
    for kind in ("reset", "corrected", "corrected-minor"):
        session.add(row(cast.astrid, sla, kind, now))
    session.add(row(cast.astrid, sla, "moved", now, source_fact_id=tco))
    answer, *others = events_of(session, cast.astrid.id)
    assert isinstance(answer, Answered)
    assert others == [
        Undone(frozenset({answer.key}), now),
        Reset(sla, now),
        Corrected(sla, now, minor=False),
        Corrected(sla, now, minor=True),
        Moved(sla, tco, now),
    ]


def test_the_log_of_a_fact_holds_that_of_the_facts_it_was(session: Session, lesson: Lesson, cast: Cast) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    lesson.answer(cast.astrid, "cards.sla", days=0)
    old = lesson.id("cards.tco")
    edited = sourcing(RENAMED, swedish=False)
    publish_bank(session, edited, origin="added", by=None, now=lesson.start)
    new = lesson.id("cards.owning")
    for facts in ([new], [old]):
        answer, move = events_of(session, cast.astrid.id, facts)
        assert isinstance(answer, Answered)
        assert (answer.fact, move) == (old, Moved(new, old, lesson.start))


@pytest.mark.parametrize("many", [3, 17])
def test_memories_are_written_changed_and_taken_away(
    many: int,
    session: Session,
    lesson: Lesson,
    cast: Cast,
    now: datetime,
) -> None:
    facts = [fact.id for fact in session.scalars(select(models.Fact).where(models.Fact.bank_id == lesson.bank.id))][
        :many
    ]
    precise = now + timedelta(days=3.3, microseconds=7)
    kept = {
        fact: Memory(
            1 / 3 + fact,
            5.1,
            now,
            precise,
            2,
            1,
            produced=True,
            sitting=9,
            recall_then=0.87,
            failed_last=False,
            form=Form.CLOZE,
            surface="ask",
        )
        for fact in facts
    }
    write_memories(session, cast.astrid.id, kept)
    write_memories(session, cast.jussi.id, kept)
    assert memories_of(session, cast.astrid.id) == kept
    changed = {fact: replace(memory, stability=memory.stability * 1.7) for fact, memory in kept.items()}
    write_memories(session, cast.astrid.id, changed | {facts[0]: None})
    del changed[facts[0]]
    assert memories_of(session, cast.astrid.id) == changed
    assert memories_of(session, cast.jussi.id) == kept
    versions = session.scalars(select(models.Memory.version).where(models.Memory.learner_id == cast.astrid.id))
    assert set(versions) == {2}


def test_thousands_of_memories_are_written_in_one_go(session: Session, cast: Cast, now: datetime) -> None:
    session.add(models.Bank(id=1, key="b", title="B", origin="added", created_at=now))
    session.flush()
    session.add_all(models.Fact(id=number, bank_id=1, key=f"cards.{number}") for number in range(1, 3001))
    session.flush()
    memory = Memory(
        2.5,
        5.0,
        now,
        now + timedelta(days=2.5),
        1,
        0,
        produced=False,
        sitting=1,
        recall_then=0.3,
        failed_last=False,
        form=Form.CHOICE,
    )
    written = {number: replace(memory, stability=number / 7) for number in range(1, 3001)}
    write_memories(session, cast.astrid.id, written)
    assert memories_of(session, cast.astrid.id) == written


def test_the_learner_steers_the_scheduler(session: Session, cast: Cast) -> None:
    cast.astrid.quiet_weekdays, cast.astrid.retention, cast.astrid.recognition_cap = "56", 0.85, 30.0
    session.flush()
    settings = settings_of(cast.astrid)
    assert (settings.zone, settings.retention, settings.quiet_weekdays) == ("Europe/Stockholm", 0.85, frozenset({5, 6}))
    assert settings.recognition_cap == 30.0


def row(learner: models.User, fact: int, kind: str, at: datetime, **more: int) -> models.Review:
    return models.Review(learner_id=learner.id, fact_id=fact, kind=kind, at=at, study_day=at.date(), ordinal=0, **more)
