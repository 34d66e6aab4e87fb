"""Taking an answer back: the log gets a reversal, memories are folded anew, counts are lowered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp.core.items import snapshot
from quizapp.core.items.model import ChoiceItem
from quizapp.core.memory.days import study_day
from quizapp.core.memory.fold import fold, lineage
from quizapp.core.memory.model import Settings
from quizapp.store import learning, models, totals
from quizapp.store.ledger import events_of, write_memories


def take_back(session: Session, learner: models.User, item: models.Item, *, settings: Settings, now: datetime) -> None:
    """Reverse every log row of a graded item; afterwards memories and counts are as if it had not been answered."""
    query = select(models.Review).where(models.Review.item_id == item.id, models.Review.kind == "answer")
    rows = session.scalars(query.order_by(models.Review.ordinal)).all()
    item.undone_at = now
    item.version += 1
    if not rows:
        return
    day = study_day(now, settings.zone, settings.day_turn)
    session.execute(
        insert(models.Review),
        [
            {
                "learner_id": learner.id,
                "fact_id": row.fact_id,
                "kind": "undo",
                "at": now,
                "study_day": day,
                "sitting_id": item.sitting_id,
                "item_id": item.id,
                "ordinal": row.ordinal,
            }
            for row in rows
        ],
    )
    session.flush()
    _fold_anew(session, learner.id, {row.fact_id for row in rows}, settings)
    _uncount(session, item, rows)


def _fold_anew(session: Session, learner_id: int, facts: set[int], settings: Settings) -> None:
    events = list(events_of(session, learner_id, facts))
    memories = fold(events, settings)
    write_memories(session, learner_id, {fact: memories.get(fact) for fact in lineage(facts, events)})


def _uncount(session: Session, item: models.Item, rows: Sequence[models.Review]) -> None:
    totals.count_answer(
        session,
        item.learner_id,
        rows[0].study_day,
        reviews=-len(rows),
        right=-sum(bool(row.right) for row in rows),
        new=-sum(bool(row.was_new) for row in rows),
        seconds=-sum(row.seconds or 0.0 for row in rows),
    )
    core = snapshot.load(item.snapshot)
    keys = (
        {option.fact for option in core.options if option.fact and not option.correct}
        if isinstance(core, ChoiceItem)
        else set()
    )
    ids = set(learning.ids_of(session, item.bank_id, keys).values())
    for row in rows:
        if row.first:
            totals.count_confusions(
                session, item.learner_id, row.fact_id, ids - {row.fact_id}, row.confused_with_id, sign=-1
            )
