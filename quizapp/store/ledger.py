"""The review log as events and the memories as values: rows in, what the core folds out, and back."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from quizapp.core.items.model import Form
from quizapp.core.memory.model import Answered, Corrected, Event, Memory, Moved, Reset, Settings, Undone
from quizapp.store import models
from quizapp.store.upsert import upsert

AT_ONCE = 500
"""Facts asked for by number in one statement; more are picked from the whole log."""

BATCH = 5000

_review = cast("Table", models.Review.__table__)
_memory = cast("Table", models.Memory.__table__)
_r, _m = _review.c, _memory.c

_STATE = (
    "learner_id", "fact_id", "stability", "difficulty", "reviewed_at", "due_at", "reviews", "lapses", "produced",
    "sitting_id", "recall_then", "failed_last", "form", "surface",
)  # fmt: skip
"""The key of a memory row, then the fields of the core's `Memory` in their order."""

_LOG = (
    select(
        _r.id, _r.fact_id, _r.kind, _r.at, _r.sitting_id, _r.item_id, _r.form, _r.surface, _r.right, _r.guess_rate,
        _r.unsure, _r.grade, _r.prior, _r.source_fact_id,
    )
    .where(_r.learner_id == bindparam("learner"))
    .order_by(_r.id)
    .execution_options(yield_per=BATCH)
)  # fmt: skip
_LOG_OF_FACTS = _LOG.where(_r.fact_id.in_(bindparam("facts", expanding=True)))
_MOVES = select(_r.fact_id, _r.source_fact_id).where(
    _r.learner_id == bindparam("learner"),
    _r.kind == "moved",
    or_(
        _r.fact_id.in_(bindparam("facts", expanding=True)),
        _r.source_fact_id.in_(bindparam("facts", expanding=True)),
    ),
)
_STATES = select(*(_m[name] for name in _STATE))
_MEMORIES = _STATES.where(_m.learner_id == bindparam("learner"))
_MEMORIES_OF_FACTS = _STATES.where(_m.fact_id.in_(bindparam("facts", expanding=True))).with_for_update()
_FORGET = delete(_memory).where(_m.learner_id == bindparam("learner"), _m.fact_id == bindparam("fact"))
_WRITE = upsert(
    _memory,
    lambda there, new: {
        column.name: there.version + 1 if column.name == "version" else new[column.name]
        for column in _memory.columns
        if not column.primary_key
    },
)
_FORMS = {form.value: form for form in Form}


def events_of(session: Session, learner_id: int, fact_ids: Collection[int] | None = None) -> Iterator[Event]:
    """Read a learner's log in its order, whole or of some facts and of those that renames tie to them.

    An undo row gives `Undone` for the answers of its item that were read and not yet taken back.
    """
    given: dict[int, list[int]] = {}
    for row in _rows(session, learner_id, fact_ids):
        match row.kind:
            case "answer":
                if row.item_id is not None:
                    given.setdefault(row.item_id, []).append(row.id)
                yield _answered(row)
            case "undo":
                if keys := given.pop(row.item_id, None):
                    yield Undone(frozenset(keys), row.at)
            case "reset":
                yield Reset(row.fact_id, row.at)
            case "corrected" | "corrected-minor":
                yield Corrected(row.fact_id, row.at, row.kind == "corrected-minor")
            case _:
                yield Moved(row.fact_id, row.source_fact_id, row.at)


def memory_of(row: models.Memory | Row[Any]) -> Memory:
    """Give a memory row as a value."""
    return Memory(
        row.stability,
        row.difficulty,
        row.reviewed_at,
        row.due_at,
        row.reviews,
        row.lapses,
        row.produced,
        row.sitting_id,
        row.recall_then,
        row.failed_last,
        _FORMS[row.form],
        row.surface,
    )


def memory_values(learner_id: int, fact_id: int, memory: Memory) -> dict[str, Any]:
    """Give a memory as the values of its row; the version counts the writes."""
    return {
        "learner_id": learner_id,
        "fact_id": fact_id,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "reviewed_at": memory.reviewed_at,
        "due_at": memory.due_at,
        "reviews": memory.reviews,
        "lapses": memory.lapses,
        "produced": memory.produced,
        "sitting_id": memory.sitting,
        "recall_then": memory.recall_then,
        "failed_last": memory.failed_last,
        "form": memory.form.value,
        "surface": memory.surface,
        "version": 1,
    }


def memories_of(session: Session, learner_id: int) -> dict[int, Memory]:
    """Read every memory of a learner, by fact."""
    rows = session.connection().execute(_MEMORIES, {"learner": learner_id})
    return {fact: memory for _, fact, memory in map(_remembered, rows)}


def memories_by_learner(session: Session, facts: Collection[int]) -> dict[int, dict[int, Memory]]:
    """Read everybody's memories of some facts, by learner and fact, and hold them until the transaction ends."""
    found: dict[int, dict[int, Memory]] = {}
    ordered = sorted(facts)
    for start in range(0, len(ordered), AT_ONCE):
        rows = session.connection().execute(_MEMORIES_OF_FACTS, {"facts": ordered[start : start + AT_ONCE]})
        for learner, fact, memory in map(_remembered, rows):
            found.setdefault(learner, {})[fact] = memory
    return found


def write_memories(session: Session, learner_id: int, memories: Mapping[int, Memory | None]) -> None:
    """Write a learner's memories by fact; None takes one away."""
    write_all_memories(session, {(learner_id, fact): memory for fact, memory in memories.items()})


def write_all_memories(session: Session, memories: Mapping[tuple[int, int], Memory | None]) -> None:
    """Write memories by (learner, fact); None takes one away."""
    gone = [{"learner": learner, "fact": fact} for (learner, fact), memory in memories.items() if memory is None]
    if gone:
        session.connection().execute(_FORGET, gone)
    _WRITE(session, [memory_values(*key, memory) for key, memory in memories.items() if memory is not None])


def settings_of(user: models.User) -> Settings:
    """Give what steers the scheduler for a learner."""
    return Settings(
        retention=user.retention,
        recognition_cap=user.recognition_cap,
        quiet_weekdays=frozenset(int(day) for day in user.quiet_weekdays),
        zone=user.zone,
    )


def _remembered(row: Any) -> tuple[int, int, Memory]:  # noqa: ANN401 -- the columns of `_STATE`
    (
        learner,
        fact,
        stability,
        difficulty,
        reviewed,
        due,
        reviews,
        lapses,
        produced,
        sitting,
        then,
        failed,
        form,
        surface,
    ) = row
    return (
        learner,
        fact,
        Memory(
            stability,
            difficulty,
            reviewed,
            due,
            reviews,
            lapses,
            produced,
            sitting,
            then,
            failed,
            _FORMS[form],
            surface,
        ),
    )


def _rows(session: Session, learner_id: int, fact_ids: Collection[int] | None) -> Iterator[Any]:
    session.flush()
    connection = session.connection()
    if fact_ids is None:
        yield from connection.execute(_LOG, {"learner": learner_id})
        return
    facts = _tied(session, learner_id, fact_ids)
    if len(facts) <= AT_ONCE:
        yield from connection.execute(_LOG_OF_FACTS, {"learner": learner_id, "facts": sorted(facts)})
        return
    for row in connection.execute(_LOG, {"learner": learner_id}):
        if row.fact_id in facts:
            yield row


def _tied(session: Session, learner_id: int, fact_ids: Collection[int]) -> set[int]:
    """Add the facts that gave or took over memories, as far as renames reach."""
    tied, fresh = set(fact_ids), sorted(fact_ids)
    while fresh:
        found: set[int] = set()
        for start in range(0, len(fresh), AT_ONCE):
            some = fresh[start : start + AT_ONCE]
            for pair in session.connection().execute(_MOVES, {"learner": learner_id, "facts": some}):
                found.update(pair)
        fresh = sorted(found - tied)
        tied |= found
    return tied


def _answered(row: Row[Any]) -> Answered:
    return Answered(
        row.id,
        row.fact_id,
        row.at,
        row.sitting_id,
        _FORMS[row.form],
        row.surface,
        row.right,
        row.guess_rate,
        row.unsure,
        row.grade,
        row.prior,
    )
