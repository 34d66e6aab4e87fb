"""Publishing banks, and what it does to memories."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session
from support.banks import SOURCING, sourcing
from support.cast import Cast
from support.lessons import Lesson

from quizapp.actions.banks import plan_bank, publish_bank
from quizapp.actions.data import verify
from quizapp.actions.errors import BankProblems
from quizapp.core.knowledge.limits import Text
from quizapp.core.knowledge.plan import Relearn
from quizapp.store import library, models
from quizapp.store.ledger import memories_of

REWORDED = ("What does TCO stand for?", "What is TCO short for?")
CORRECTED = ("back: Service level agreement", "back: Service level arrangement")
RENAMED = ("  tco: {front", "  owning: {was: [cards.tco], front")
REMOVED = ("  sla: {front: What does SLA stand for?, back: Service level agreement, tags: [contract]}\n", "")


def test_a_text_with_mistakes_is_not_published(session: Session, now: datetime) -> None:
    broken = Text("broken.yaml", SOURCING.replace("| control | Direct control |", "| control |"))
    with pytest.raises(BankProblems) as refused:
        publish_bank(session, (broken,), origin="added", by=None, now=now)
    assert refused.value.problems[0].path == "broken.yaml"
    assert refused.value.problems[0].line > 1
    assert session.scalar(select(func.count()).select_from(models.Bank)) == 0


def test_an_edit_that_cannot_be_is_refused_with_its_place(session: Session, lesson: Lesson, now: datetime) -> None:
    claimed = sourcing(("  sla: {front", "  sla: {was: [cards.tco], front"))
    with pytest.raises(BankProblems, match="is still there") as refused:
        publish_bank(session, claimed, origin="added", by=None, now=now)
    line = SOURCING.splitlines().index(
        "  sla: {front: What does SLA stand for?, back: Service level agreement, tags: [contract]}"
    )
    assert refused.value.problems[0].line == line + 1
    assert plan_bank(session, claimed).errors
    assert session.get_one(models.BankVersion, lesson.bank.version_id).number == 1


def test_a_first_version_holds_the_texts_as_written(session: Session, cast: Cast, now: datetime) -> None:
    done = publish_bank(session, sourcing(), origin="added", by=cast.teacher.id, now=now)
    assert done.changed
    assert (done.bank.key, done.bank.title, done.bank.owner_id) == ("sourcing-test", "Sourcing models", cast.teacher.id)
    assert (done.version.number, done.version.facts, done.version.published_by) == (1, 17, cast.teacher.id)
    assert done.summary == ("17 facts added",)
    assert library.texts_of(session, done.version.id) == sourcing()
    kept = session.scalars(select(models.BankText).order_by(models.BankText.overlay)).all()
    assert [(text.language, text.overlay, text.filename) for text in kept] == [
        ("en", False, "sourcing-test.yaml"),
        ("sv", True, "sourcing-test.sv.yaml"),
    ]


def test_the_same_texts_again_change_nothing(session: Session, lesson: Lesson, now: datetime) -> None:
    source, overlay = sourcing()
    as_bytes = (Text("elsewhere.yaml", str(source.content).encode()), overlay)
    done = publish_bank(session, as_bytes, origin="added", by=None, now=now)
    assert not done.changed
    assert done.version.id == lesson.bank.version_id
    assert session.scalar(select(func.count()).select_from(models.BankVersion)) == 1


def test_a_translation_alone_is_a_version_too(session: Session, lesson: Lesson, cast: Cast, now: datetime) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    before = memories_of(session, cast.astrid.id)
    done = publish_bank(session, sourcing(swedish=False), origin="added", by=None, now=now)
    assert (done.changed, done.version.number) == (True, 2)
    assert memories_of(session, cast.astrid.id) == before


def test_rewording_keeps_memories_and_logs_nothing(session: Session, lesson: Lesson, cast: Cast) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    before = memories_of(session, cast.astrid.id)
    publish(session, lesson, REWORDED)
    assert memories_of(session, cast.astrid.id) == before
    assert kinds(session) == ["answer"]


def test_a_changed_value_is_learnt_again_by_all_who_knew_it(session: Session, lesson: Lesson, cast: Cast) -> None:
    for learner in (cast.astrid, cast.jussi):
        lesson.answer(learner, "cards.sla", days=0)
    lesson.answer(cast.outsider, "cards.tco", days=0)
    assert isinstance(plan_bank(session, sourcing(CORRECTED)).outcomes["cards.sla"], Relearn)
    done = publish(session, lesson, CORRECTED, days=10)
    assert "1 value changed: 2 learners relearn it" in done
    assert lesson.memory(cast.astrid, "cards.sla").due_at == lesson.start + timedelta(days=10)
    assert lesson.memory(cast.outsider, "cards.tco").due_at > lesson.start
    rows = session.scalars(select(models.Review).where(models.Review.kind == "corrected")).all()
    assert {row.learner_id for row in rows} == {cast.astrid.id, cast.jussi.id}
    assert {row.note for row in rows} == {"corrected on 2026-03-12"}
    assert verify(session) == []


def test_a_minor_correction_is_seen_within_a_week(session: Session, lesson: Lesson, cast: Cast) -> None:
    for days in (0, 5, 25):
        lesson.answer(cast.astrid, "cards.sla", days=days)
    before = lesson.memory(cast.astrid, "cards.sla")
    minor = ("back: Service level agreement", "minor: true, back: Service level arrangement")
    publish(session, lesson, minor, days=26)
    after = lesson.memory(cast.astrid, "cards.sla")
    assert after.stability == before.stability
    assert after.due_at <= lesson.start + timedelta(days=34) < before.due_at
    assert verify(session) == []


def test_a_removed_fact_is_frozen_and_comes_back_with_its_memory(session: Session, lesson: Lesson, cast: Cast) -> None:
    lesson.answer(cast.astrid, "cards.sla", days=0)
    number, before = lesson.id("cards.sla"), lesson.memory(cast.astrid, "cards.sla")
    publish(session, lesson, REMOVED)
    assert "cards.sla" not in library.fact_ids(session, lesson.bank.id)
    assert memories_of(session, cast.astrid.id)[number] == before
    assert session.get_one(models.Fact, number).retired_at == lesson.start
    publish(session, lesson)
    assert (lesson.id("cards.sla"), lesson.memory(cast.astrid, "cards.sla")) == (number, before)


def test_a_renamed_fact_takes_memory_and_suspension_along(session: Session, lesson: Lesson, cast: Cast) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    old, before = lesson.id("cards.tco"), lesson.memory(cast.astrid, "cards.tco")
    session.add(models.Suspension(learner_id=cast.jussi.id, fact_id=old, at=lesson.start))
    publish(session, lesson, RENAMED)
    new = lesson.id("cards.owning")
    assert lesson.memory(cast.astrid, "cards.owning") == before
    assert session.get_one(models.Fact, old).retired_at is not None
    assert session.get(models.Suspension, (cast.jussi.id, new)) is not None
    moved = session.scalars(select(models.Review).where(models.Review.kind == "moved")).one()
    assert (moved.fact_id, moved.source_fact_id, moved.learner_id) == (new, old, cast.astrid.id)
    assert verify(session) == []


def test_a_fact_renamed_and_corrected_is_learnt_again_in_its_new_place(
    session: Session,
    lesson: Lesson,
    cast: Cast,
) -> None:
    lesson.answer(cast.astrid, "cards.sla", days=0)
    publish(session, lesson, ("  sla: {front", "  level: {was: [cards.sla], front"), CORRECTED, days=3)
    assert kinds(session) == ["answer", "moved", "corrected"]
    assert lesson.memory(cast.astrid, "cards.level").due_at == lesson.start + timedelta(days=3)
    assert verify(session) == []


def test_two_facts_may_swap_their_names(session: Session, lesson: Lesson, cast: Cast) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    lesson.answer(cast.astrid, "cards.sla", days=1, right=False)
    tco, sla = (lesson.memory(cast.astrid, key) for key in ("cards.tco", "cards.sla"))
    publish(
        session,
        lesson,
        ("  tco: {front", "  new: {was: [cards.tco], front"),
        ("  sla: {front", "  tco: {was: [cards.sla], front"),
        ("  new: {was", "  sla: {was"),
    )
    assert lesson.memory(cast.astrid, "cards.sla") == tco
    assert lesson.memory(cast.astrid, "cards.tco") == sla
    assert verify(session) == []
    publish(session, lesson)
    assert verify(session) == []


def test_a_rename_taken_back_finds_the_memory_again(session: Session, lesson: Lesson, cast: Cast) -> None:
    lesson.answer(cast.astrid, "cards.tco", days=0)
    publish(session, lesson, RENAMED)
    lesson.answer(cast.astrid, "cards.owning", days=5)
    later = lesson.memory(cast.astrid, "cards.owning")
    publish(session, lesson, ("  tco: {front", "  tco: {was: [cards.owning], front"))
    assert lesson.memory(cast.astrid, "cards.tco") == later
    assert verify(session) == []


def test_a_merged_fact_has_the_weaker_memory(session: Session, lesson: Lesson, cast: Cast) -> None:
    for days in (0, 5, 20):
        lesson.answer(cast.astrid, "cards.tco", days=days)
    lesson.answer(cast.astrid, "cards.sla", days=20, right=False)
    weaker = lesson.memory(cast.astrid, "cards.sla")
    publish(session, lesson, REMOVED, ("  tco: {front", "  tco: {was: [cards.sla], front"), days=21)
    assert lesson.memory(cast.astrid, "cards.tco") == weaker
    assert verify(session) == []


def test_nothing_is_left_of_a_publication_that_is_rolled_back(session: Session, now: datetime) -> None:
    first = publish_bank(session, sourcing(), origin="added", by=None, now=now)
    number = first.version.id
    assert library.edition(session, number, "en").facts["cards.tco"]
    assert library.fact_ids(session, first.bank.id)
    session.rollback()
    other = publish_bank(session, sourcing(RENAMED, swedish=False), origin="added", by=None, now=now)
    session.commit()
    assert "cards.owning" in library.edition(session, other.version.id, "en").facts
    assert "cards.owning" in library.fact_ids(session, other.bank.id)
    with pytest.raises(LookupError):
        library.editions(session, number + 99)


def test_editions_fall_back_to_the_source_and_are_compiled_once(session: Session, lesson: Lesson) -> None:
    session.commit()
    version = lesson.bank.version_id or 0
    assert list(library.editions(session, version)) == ["en", "sv"]
    assert library.edition(session, version, "sv").title == "Sourcingmodeller"
    assert library.edition(session, version, "fi").language == "en"
    assert library.edition(session, version, None).language == "en"
    assert library.edition(session, version, "en") is library.edition(session, version, None)
    assert library.tags_of(session, lesson.bank) == ("contract", "sourcing")
    assert library.fact_keys(session, [lesson.id("cards.tco")]) == {
        lesson.id("cards.tco"): (lesson.bank.id, "cards.tco")
    }


def test_an_archived_bank_is_not_live(session: Session, lesson: Lesson) -> None:
    assert library.live_banks(session, 0) == [lesson.bank]
    lesson.bank.archived_at = lesson.start
    session.flush()
    assert library.live_banks(session, 0) == []


def test_a_crowd_costs_no_more_statements_than_a_few(session: Session, now: datetime) -> None:
    cards = "\n".join(f"  c{n}: {{front: What is number {n}?, back: Answer {n}}}" for n in range(40))
    text = f"knowledge: 1\nid: large\nlanguage: en\ntitle: Large\ncards:\n{cards}\n"
    bank = publish_bank(session, (Text("large.yaml", text),), origin="added", by=None, now=now).bank
    counts = []
    for size, edited in ((2, text.replace("Answer", "Reply")), (50, text.replace("Answer", "Retort"))):
        crowd(session, bank.id, size, now)
        with counting(session) as statements:
            publish_bank(session, (Text("large.yaml", edited),), origin="added", by=None, now=now)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 1
    assert session.scalar(select(func.count()).select_from(models.Review)) == 40 * (2 + 52)
    assert set(session.scalars(select(models.Memory.stability))) == {0.212}


@contextmanager
def counting(session: Session) -> Iterator[list[str]]:
    """Note every statement that is sent, many rows of values being one."""
    seen: list[str] = []

    def note(*parts: Any) -> None:
        seen.append(parts[2])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


def crowd(session: Session, bank_id: int, size: int, now: datetime) -> None:
    """Give so many new learners a memory of every fact of a bank."""
    memory = {
        "stability": 4.0, "difficulty": 5.0, "reviewed_at": now, "due_at": now + timedelta(days=4), "reviews": 3,
        "lapses": 0, "produced": True, "sitting_id": 1, "recall_then": 0.9, "failed_last": False, "form": "typed",
    }  # fmt: skip
    for number in range(size):
        user = models.User(email=f"{size}-{number}@example.org", name="U", zone="Europe/Stockholm", created_at=now)
        session.add(user)
        session.flush()
        facts = library.fact_ids(session, bank_id).values()
        session.execute(insert(models.Memory), [memory | {"learner_id": user.id, "fact_id": fact} for fact in facts])


def publish(session: Session, lesson: Lesson, *changes: tuple[str, str], days: float = 0) -> tuple[str, ...]:
    now = lesson.start + timedelta(days=days)
    return publish_bank(session, sourcing(*changes, swedish=False), origin="added", by=None, now=now).summary


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(models.Review.kind).order_by(models.Review.id)))
