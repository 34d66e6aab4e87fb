"""Recording a graded item: log rows, memories, day totals and confusions in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from quizapp.core.items import results
from quizapp.core.items.model import ChoiceItem, Form, Graded, Mark, form_of
from quizapp.core.items.model import Item as CoreItem
from quizapp.core.memory.days import study_day
from quizapp.core.memory.evidence import weigh
from quizapp.core.memory.fold import apply
from quizapp.core.memory.model import Answered, Memory, NewFact, Settings
from quizapp.core.memory.scheduling import recall_at
from quizapp.store import besides, learning, models, totals
from quizapp.store.ledger import write_memories

LONGEST_THOUGHT = 90.0
"""Seconds counted for one item at most: who leaves the page open is not studying."""

_INSERT = insert(cast("Table", models.Review.__table__))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows of one item share; `seconds` is each row's part of the time."""

    item: models.Item
    core: CoreItem
    ids: Mapping[str, int]
    settings: Settings
    seconds: float
    now: datetime
    second: str | None


def record_graded(
    session: Session,
    item: models.Item,
    core: CoreItem,
    graded: Graded,
    *,
    settings: Settings,
    prior: float,
    now: datetime,
    began: datetime | None = None,
) -> None:
    """Write what a graded item proves: one log row and one memory for each fact touched.

    `began` is when the learner turned to it, if that was not when it was served.
    """
    if item.graded_at is None:
        item.result = results.dump(graded)
        item.graded_at = now
    ids = learning.ids_of(session, item.bank_id, _keys(core, graded))
    marks = [mark for mark in graded.marks if mark.fact in ids]
    memories = learning.memories_of(session, item.learner_id, [ids[mark.fact] for mark in marks])
    settings = replace(settings, prior=prior)
    if not marks:
        return
    seconds = _seconds(began or item.served_at, item.answered_at or now)
    second = _second_shown(session, item, core)
    frame = _Frame(item, core, ids, settings, seconds / len(marks), now, second)
    rows = [_row(frame, mark, ordinal, memories.get(ids[mark.fact])) for ordinal, mark in enumerate(marks)]
    session.flush()
    session.connection().execute(_INSERT, rows)
    changed: dict[int, Memory | None] = {}
    for row in rows:
        changed |= apply(memories, _event(row), settings)
    write_memories(session, item.learner_id, changed)
    _count(session, item, core, rows, ids)


def _count(
    session: Session, item: models.Item, core: CoreItem, rows: list[dict[str, Any]], ids: Mapping[str, int]
) -> None:
    totals.count_answer(
        session,
        item.learner_id,
        rows[0]["study_day"],
        reviews=len(rows),
        right=sum(row["right"] for row in rows),
        new=sum(row["was_new"] for row in rows),
        seconds=sum(row["seconds"] for row in rows),
    )
    for row in rows:
        if row["first"]:
            shown = _shown(core, ids) - {row["fact_id"]}
            totals.count_confusions(session, item.learner_id, row["fact_id"], shown, row["confused_with_id"])


def _shown(core: CoreItem, ids: Mapping[str, int]) -> set[int]:
    """Give the facts whose values stood beside the right one as options."""
    options = core.options if isinstance(core, ChoiceItem) else ()
    return {ids[option.fact] for option in options if option.fact and option.fact in ids and not option.correct}


def _keys(core: CoreItem, graded: Graded) -> set[str]:
    asked = {key for mark in graded.marks for key in (mark.fact, mark.confused_with) if key}
    options = core.options if isinstance(core, ChoiceItem) else ()
    return asked | {option.fact for option in options if option.fact}


def _second_shown(session: Session, item: models.Item, core: CoreItem) -> str | None:
    """Name the language that stood beside the question; none for a learner with one, or where it would have told."""
    wanted = session.get_one(models.User, item.learner_id).second_language
    found = besides.beside(session, item.version_id, core, wanted) if wanted else None
    return found.language if found else None


def _seconds(began: datetime, answered: datetime) -> float:
    return min(max((answered - began).total_seconds(), 0.0), LONGEST_THOUGHT)


def _row(frame: _Frame, mark: Mark, ordinal: int, memory: Memory | None) -> dict[str, Any]:
    item, settings, now = frame.item, frame.settings, frame.now
    recall = recall_at(memory or NewFact(), now, settings)
    evidence = weigh(mark, recall)
    return {
        "learner_id": item.learner_id,
        "fact_id": frame.ids[mark.fact],
        "kind": "answer",
        "at": now,
        "study_day": study_day(now, settings.zone, settings.day_turn),
        "sitting_id": item.sitting_id,
        "item_id": item.id,
        "ordinal": ordinal,
        "form": form_of(frame.core).value,
        "surface": frame.core.head.surface,
        "language": frame.core.head.language,
        "second_language": frame.second,
        "right": mark.right,
        "unsure": mark.unsure,
        "grade": mark.grade,
        "guess_rate": mark.guess_rate,
        "prior": settings.prior,
        "was_new": memory is None,
        "recall": recall,
        "weight": evidence.weight if evidence else 0.0,
        "first": memory is None or memory.sitting != item.sitting_id,
        "seconds": frame.seconds,
        "confused_with_id": frame.ids.get(mark.confused_with or ""),
        "shown": " ".join(map(str, sorted(_shown(frame.core, frame.ids) - {frame.ids[mark.fact]}))) or None,
    }


def _event(row: Mapping[str, Any]) -> Answered:
    """Make the same event of a log row as reading it back does, but for its number, which only a reversal asks for."""
    return Answered(
        key=0,
        fact=row["fact_id"],
        at=row["at"],
        sitting=row["sitting_id"],
        form=Form(row["form"]),
        surface=row["surface"],
        right=row["right"],
        guess_rate=row["guess_rate"],
        unsure=row["unsure"],
        grade=row["grade"],
        prior=row["prior"],
    )
